"""Gradescope's "Export Submissions": submission_metadata.yml and one folder for each submission."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timezone
from functools import partial
from typing import Any

import yaml

from gradekit.errors import IntakeError
from gradekit.intake.download import Entry
from gradekit.intake.text import UnusableFileError
from gradekit.platforms.collect.handin import HandedFile, HandIn

METADATA = "submission_metadata.yml"
_MOST_BYTES = 200 << 20

_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_Base):  # type: ignore[misc]
    """Plain data only; of Ruby's own objects, which the platform may write, nothing is kept."""


_Loader.add_multi_constructor("!", lambda _loader, _suffix, _node: None)


def read_gradescope(entries: Sequence[Entry]) -> list[HandIn]:
    """The active submission of every submitter; a group's submission is one of each of its members."""
    folders = {entry.name: entry for entry in entries}
    if METADATA not in folders or not folders[METADATA].is_file:
        return []
    metadata = _metadata(folders[METADATA])
    found = []
    for name, about in metadata.items():
        entry = folders.get(str(name))
        if entry is None or not isinstance(about, Mapping):
            continue
        found += _hand_ins(entry, about)
    return found


def _metadata(entry: Entry) -> Mapping[Any, Any]:
    try:
        data = yaml.load(entry.read(entry.items[0], _MOST_BYTES), Loader=_Loader)  # noqa: S506 - a safe loader
    except UnusableFileError as trouble:
        raise IntakeError(f"{METADATA} {trouble}") from None
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        reason = " ".join(str(error).split())[:120]
        raise IntakeError(f"{METADATA} cannot be read ({reason}); export the submissions again") from None
    if not isinstance(data, Mapping):
        raise IntakeError(f"{METADATA} names no submissions; export them again")
    return data


def _hand_ins(entry: Entry, about: Mapping[Any, Any]) -> list[HandIn]:
    files = tuple(HandedFile(item.path, partial(entry.read, item)) for item in entry.items)
    submitters = _get(about, "submitters")
    history = _get(about, "history")
    return [
        HandIn(
            entry.name,
            files,
            number=_text(submitter, "sid"),
            name=_text(submitter, "name"),
            email=_text(submitter, "email"),
            submitted=_time(_get(about, "created_at")),
            attempts=1 + (len(history) if isinstance(history, list) else 0),
            trouble=entry.trouble,
        )
        for submitter in (submitters if isinstance(submitters, list) else [])
        if isinstance(submitter, Mapping)
    ]


def _get(mapping: Mapping[Any, Any], key: str) -> Any:
    """The value of a Ruby symbol, which YAML shows as ":key"."""
    return mapping.get(f":{key}", mapping.get(key))


def _text(mapping: Mapping[Any, Any], key: str) -> str:
    value = _get(mapping, key)
    return "" if value is None else str(value).strip()


def _time(value: Any) -> datetime | None:
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value.replace("Z", "+00:00"))
        except ValueError:
            return None
    if not isinstance(value, datetime):
        return None
    return value if value.tzinfo else value.replace(tzinfo=timezone.utc)
