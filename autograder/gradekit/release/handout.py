"""Render the hand-out text, a jinja2 template in Markdown, with the numbers of `grading_config.py`.

A section begins with a line ``<!-- section: name -->``, or ``<!-- section: name; in: PLACE ... -->`` with one or more
of the places of `PLACES`; without places it is for the README only. All languages have the same sections in the same
order.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import jinja2

from gradekit.errors import ReleaseError
from gradekit.release.sources import Stub
from gradekit.rubric import GradingConfig, Part

README = "readme"
PLACES = (README, "notebook-start", "notebook-checks", "notebook-questions")

_SECTION = re.compile(r"^<!-- section: (?P<name>[a-z0-9-]+)(?:; in: (?P<places>[a-z -]+?))? -->\n", re.MULTILINE)
_ENVIRONMENT = jinja2.Environment(
    undefined=jinja2.StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
    # Markdown is written for people and quotes code: nothing in it may become an HTML entity.
    autoescape=jinja2.select_autoescape(default_for_string=False),
)


@dataclass(frozen=True)
class Section:
    """A part of the hand-out text: Markdown, and the places that show it."""

    name: str
    text: str
    places: tuple[str, ...]


@dataclass(frozen=True)
class Row:
    """A line of the table "which check for which TODO": `todos` and `writes` are what a student sees in the stubs."""

    part: Part
    file: str
    todos: tuple[str, ...]
    writes: tuple[str, ...]
    command: str


def rows(config: GradingConfig, stubs: Sequence[Stub]) -> tuple[Row, ...]:
    """Return one row for each part that is checked, in the rubric's order."""
    return tuple(_row(part, [stub for stub in stubs if stub.part is part]) for part in config.parts if not part.manual)


def render(template: str, name: str, config: GradingConfig, stubs: Sequence[Stub]) -> tuple[Section, ...]:
    """Return the rendered sections of a hand-out text; ``name`` is what an error calls it.

    The template sees ``config``, ``settings``, ``parts``, ``rows``, and the filter ``number`` (12.0 -> 12). Raises
    ReleaseError for a name that the template does not know, a syntax error, and text outside all sections.
    """
    environment = _ENVIRONMENT.overlay()
    environment.filters["number"] = number
    context: Mapping[str, object] = {
        "config": config,
        "settings": config.settings,
        "parts": {part.name: part for part in config.parts},
        "rows": rows(config, stubs),
    }
    try:
        text = environment.from_string(template).render(context)
    except jinja2.TemplateSyntaxError as error:
        raise ReleaseError(f"{name}:{error.lineno}: {error.message}") from error
    except jinja2.UndefinedError as error:
        raise ReleaseError(
            f"{name}: {error.message}: the hand-out text asks for what grading_config.py does not hold"
        ) from error
    return _split(text, name)


def readme(sections: Sequence[Section]) -> str:
    """Return the README: every section that is for it, each behind an anchor of its name."""
    shown = [section for section in sections if README in section.places]
    return "\n\n".join(f'<a id="{section.name}"></a>\n\n{section.text}' for section in shown) + "\n"


def shown_in(place: str, sections: Sequence[Section]) -> tuple[str, ...]:
    """Return the texts of the sections that one place of `PLACES` shows."""
    return tuple(section.text for section in sections if place in section.places)


def number(value: float) -> str:
    """Return a number as a reader writes it: 12.0 -> "12", 0.0001 -> "1e-4"."""
    if value == 0 or 1e-3 <= abs(value) < 1e6:
        return f"{value:g}"
    mantissa, exponent = f"{value:.5e}".split("e")
    return f"{mantissa.rstrip('0').rstrip('.')}e{int(exponent)}"


def _row(part: Part, stubs: Sequence[Stub]) -> Row:
    files = dict.fromkeys(stub.file for stub in stubs)
    keyword = stubs[0].keyword if stubs else part.name.replace("-", "_")
    public = any(check.visibility == "public" for check in part.checks)
    return Row(
        part=part,
        file=", ".join(files) or part.file,
        todos=tuple(dict.fromkeys(stub.label for stub in stubs)),
        writes=tuple(stub.title for stub in stubs),
        command=f"python -m pytest -k {keyword}" if public else "",
    )


def _split(text: str, name: str) -> tuple[Section, ...]:
    matches = list(_SECTION.finditer(text))
    if not matches or text[: matches[0].start()].strip():
        raise ReleaseError(f"{name}: it must begin with a line '<!-- section: name -->'")
    ends = [match.start() for match in matches[1:]] + [len(text)]
    found: dict[str, Section] = {}
    for match, end in zip(matches, ends, strict=True):
        places = tuple((match["places"] or README).split())
        unknown = [place for place in places if place not in PLACES]
        if unknown:
            raise ReleaseError(
                f"{name}: section {match['name']}: unknown place {unknown[0]!r}: one of {', '.join(PLACES)}"
            )
        if match["name"] in found:
            raise ReleaseError(f"{name}: section {match['name']} stands twice")
        found[match["name"]] = Section(match["name"], text[match.end() : end].strip("\n"), places)
    return tuple(found.values())
