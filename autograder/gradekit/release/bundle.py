"""Make the hand-out: all files in memory first, every check on them, and only then, at once, onto the disk."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath, PureWindowsPath
from tempfile import TemporaryDirectory

import gradekit
from gradekit.checkkit.handout import SETTINGS_FILE, Handout, PartChecks
from gradekit.course import Course
from gradekit.errors import ReleaseError
from gradekit.filetree import read_tree, write_tree, zipped
from gradekit.release import leaks, publish
from gradekit.release.handout import readme
from gradekit.release.materials import FIRST_LANGUAGE, QUESTIONS, Materials, load, source_notebook
from gradekit.release.notebook import notebook_bytes, strip_notebook
from gradekit.release.sources import Source, read_text
from gradekit.release.strip import strip_solutions
from gradekit.rubric import GradingConfig

GradeStub = Callable[[Path], Mapping[str, float]]
"""Grade an unsolved hand-out, in a folder that the function may change; return the points that each check paid, by the check's name."""

CHECKKIT = Path(gradekit.__file__).parent / "checkkit"
REQUIREMENTS = "numpy>=2.0\nmatplotlib>=3.8\npytest>=8.2\n"
PYTEST_INI = "[pytest]\ntestpaths = checks\n"
CONFTEST = '''"""Activate the checks' own pytest plugin, which lies in checks/checkkit."""

import sys
from pathlib import Path, PurePosixPath, PureWindowsPath

sys.path.insert(0, str(Path(__file__).parent / "checks"))

pytest_plugins = ["checkkit.plugin"]
'''

_HEADER = re.compile(r"\A# ---\n(?:#.*\n)*?# ---\n+")
_CELL_MARKER = re.compile(r"^# %%.*\n", re.MULTILINE)
_PATHS = (PurePosixPath, PureWindowsPath)


@dataclass(frozen=True)
class ReleaseResult:
    """What a release has written: the folder, its files' names, the archive, and how many places students fill."""

    assignment: Path
    files: tuple[str, ...]
    archive: Path
    stubs: int


def release(
    course: Course, out: Path | None = None, archive: Path | None = None, grade_stub: GradeStub | None = None
) -> ReleaseResult:
    """Write the hand-out folder (``assignment/``) and the archive for students (``dist/<lab>-handout.zip``).

    ``grade_stub`` grades the finished folder; a stub that earns a point stops the release. Whatever stops it, what
    stood there before stays as it was. Raises ReleaseError.
    """
    out = out or course.assignment
    archive = archive or course.root / "dist" / f"{course.config.lab}-handout.zip"
    publish.refuse_foreign(out, course.root)
    materials = load(course)
    files = _files(course, materials)
    packed = zipped(files, course.config.lab)
    leaks.check_file(archive.name, packed, _secrets(course))
    if grade_stub is not None:
        _refuse_paid_stub(files, grade_stub)
    publish.replace_folder(out, files)
    publish.replace_file(archive, packed)
    return ReleaseResult(out, tuple(files), archive, len(materials.stubs))


def build(course: Course) -> dict[str, bytes]:
    """Return every file of the hand-out, path -> bytes, sorted by path, having passed the checks for leaks.

    The same course gives the same bytes. Raises ReleaseError.
    """
    return _files(course, load(course))


def differences(course: Course) -> list[str]:
    """Return one line for each file in which ``assignment/`` differs from what ``solution/`` generates."""
    wanted = build(course)
    folder = course.assignment
    present = dict(read_tree(folder))
    lines = [f"{name} is missing" for name in wanted if name not in present]
    lines += [f"{name} is not generated from anything" for name in present if name not in wanted]
    changed = [name for name in wanted if present.get(name, wanted[name]) != wanted[name]]
    lines += [f"{name} {_difference(wanted[name], present[name])}" for name in changed]
    return sorted(f"{folder.name}/{line}" for line in lines)


def student_form(source: Source) -> str:
    """Return a source as a plain Python file for students: no solutions, no cell markers, no notebook header."""
    text = strip_solutions(source.text, f"solution/{source.name}")
    text = _CELL_MARKER.sub("", _HEADER.sub("", text))
    return re.sub(r"\n{4,}", "\n\n\n", text).strip("\n") + "\n"


def _files(course: Course, materials: Materials) -> dict[str, bytes]:
    config = course.config
    files = {source.name: student_form(source).encode() for source in materials.sources}
    for language, sections in materials.handouts.items():
        name = "README.md" if language == FIRST_LANGUAGE else f"README.{language}.md"
        files[name] = readme(sections).encode()
    files[config.notebook] = notebook_bytes(strip_notebook(source_notebook(materials), config.notebook))
    files["requirements.txt"] = REQUIREMENTS.encode()
    files["pytest.ini"] = PYTEST_INI.encode()
    files["conftest.py"] = CONFTEST.encode()
    files.update({f"checks/{name}": data for name, data in read_tree(course.public_checks)})
    files.update({f"checks/checkkit/{name}": data for name, data in read_tree(CHECKKIT)})
    files[f"checks/{SETTINGS_FILE}"] = _settings(config).to_json().encode()
    files.update({f"datasets/{name}": data for name, data in read_tree(course.datasets)})
    secrets = _secrets(course)
    for name, data in files.items():
        leaks.check_file(name, data, secrets)
    return dict(sorted(files.items()))


def _settings(config: GradingConfig) -> Handout:
    public = {
        part.name: PartChecks(part.title, tuple(check.name for check in part.checks if check.visibility == "public"))
        for part in config.parts
        if not part.manual
    }
    # A folder of the lecturer's machine means nothing on a student's, and is nobody's business.
    settings = {name: "" if _is_absolute(value) else value for name, value in config.settings.items()}
    return Handout(settings, {**config.files, **config.given}, public)


def _is_absolute(value: object) -> bool:
    return isinstance(value, str) and (value.startswith("~") or any(kind(value).is_absolute() for kind in _PATHS))


def _secrets(course: Course) -> tuple[leaks.Secret, ...]:
    paths = [*sorted(course.solution.glob("*.py")), course.solution / QUESTIONS]
    texts = [(f"solution/{path.name}", read_text(path, course.root)) for path in paths if path.exists()]
    return leaks.secrets(texts) + leaks.hidden_checks(course.hidden_checks, course.root)


def _difference(wanted: bytes, present: bytes) -> str:
    one, other = wanted.split(b"\n"), present.split(b"\n")
    same = [number for number, (left, right) in enumerate(zip(one, other, strict=False), start=1) if left != right]
    return f"differs from line {min([*same, min(len(one), len(other))])} on"


def _refuse_paid_stub(files: Mapping[str, bytes], grade_stub: GradeStub) -> None:
    with TemporaryDirectory(prefix="gradekit-stub-") as folder:
        write_tree(Path(folder), files)
        paid = {check: points for check, points in grade_stub(Path(folder)).items() if points > 0}
    if paid:
        shown = ", ".join(f"{check} ({points:g})" for check, points in sorted(paid.items()))
        raise ReleaseError(f"the unsolved hand-out earns points: {shown}: let these checks compare values")
