"""Moodle's "Download all submissions": a folder, or flat files, called NAME_NUMBER_assignsubmission_KIND."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from functools import partial

from gradekit.intake.download import Entry
from gradekit.platforms.collect.handin import HandedFile, HandIn

# Moodle writes every underscore of a name as a space. Newer versions end a folder without an underscore. The first
# match counts: what a student calls a file comes later.
_NAME = re.compile(r"(?P<name>[^_]*)_(?P<number>[0-9]+)_assignsubmission_(?P<kind>[a-z]+)(?:_(?P<file>.*))?", re.DOTALL)


def read_moodle(entries: Sequence[Entry]) -> list[HandIn]:
    """The hand-ins of a Moodle assignment; `number` is the participant's."""
    names: dict[str, str] = {}
    sources: dict[str, str] = {}
    files: dict[str, list[HandedFile]] = defaultdict(list)
    troubles: dict[str, str] = {}
    for entry in entries:
        match = _NAME.fullmatch(entry.name)
        if match is None:
            continue
        number = match["number"]
        names.setdefault(number, match["name"])
        sources.setdefault(number, entry.name)
        if entry.trouble:
            troubles[number] = entry.trouble
        for item in entry.items:
            path = (match["file"] or entry.name,) if entry.is_file else item.path
            files[number].append(HandedFile(path, partial(entry.read, item)))
    return [
        HandIn(sources[number], tuple(files[number]), number, name, trouble=troubles.get(number, ""))
        for number, name in names.items()
    ]
