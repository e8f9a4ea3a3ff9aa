"""Lay a lab down in an nbgrader course: `source/LAB/` for nbgrader's own commands, and what only the grader's side may see.

Everything in `source/LAB/` reaches students, apart from solutions and hidden regions of the notebook. Hidden checks and
the reference therefore lie in `gradekit/LAB/`, and the notebook's test cells call them by the name of their part.
"""

from __future__ import annotations

import copy
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

from gradekit.checks_index import index_checks
from gradekit.course import CONFIG_NAME, Course
from gradekit.errors import ReleaseError
from gradekit.filetree import read_tree
from gradekit.platforms.nbgrader import incell
from gradekit.release import cells, publish
from gradekit.release.bundle import CHECKKIT, build
from gradekit.release.materials import load, source_notebook
from gradekit.release.notebook import notebook_bytes
from gradekit.release.strip import ANSWER_STUB, STUB
from gradekit.report.wording import CATEGORY_TEXT
from gradekit.rubric import Check

PRIVATE = "gradekit"
PACKAGE = "course_checks"
CONFIG = "nbgrader_config.py"
CELL_SECONDS = 300

# Verbatim copies of the engine's files, apart from where they find each other.
_IMPORTS = (("from gradekit.checkkit", "from checkkit"), ("from gradekit.modules", "from .modules"))


@dataclass(frozen=True)
class LaidDown:
    """What `lay_down` wrote: the two folders, and the configuration, or None where there was one already."""

    source: Path
    private: Path
    config: Path | None


def lay_down(course: Course, folder: Path) -> LaidDown:
    """Write the lab into the nbgrader course ``folder``; an earlier release of the lab is replaced.

    A configuration that exists is left alone. Raises ReleaseError, with nothing changed, where something else is in the
    way.
    """
    lab = course.config.lab
    source, private, config = folder / "source" / lab, folder / PRIVATE / lab, folder / CONFIG
    if (folder / CONFIG_NAME).exists():
        raise ReleaseError(f"{folder} holds {CONFIG_NAME}: name the folder of the nbgrader course, not this one")
    _refuse_foreign(source, course.config.notebook)
    _refuse_foreign(private, incell.RUBRIC)
    published, hidden = released_files(course), private_files(course)
    publish.replace_folder(private, hidden)
    publish.replace_folder(source, published)
    written = not config.exists()
    if written:
        publish.replace_file(config, config_text(folder.resolve().name).encode())
    return LaidDown(source, private, config if written else None)


def released_files(course: Course) -> dict[str, bytes]:
    """Return path -> bytes of `source/LAB/`: the notebook with its solutions, and what students get beside it."""
    config = course.config
    handout = build(course)
    kept = {name: data for name, data in handout.items() if name.startswith(("checks/", "datasets/"))}
    kept |= {name: handout[name] for name in (*config.given, "requirements.txt")}
    return {**kept, config.notebook: notebook_bytes(nbgrader_notebook(course))}


def nbgrader_notebook(course: Course) -> NotebookNode:
    """Return the source notebook whose test cells hold a hidden region, with one test cell for every part of checks."""
    notebook = copy.deepcopy(source_notebook(load(course)))
    region = hidden_region(course.config.lab)
    tests = {cell.id: cell for cell in notebook.cells if cell.id.startswith("check-") and cell.cell_type == "code"}
    unseen = []
    for part in course.config.parts:
        if part.manual:
            continue
        name = cell_name(part.name)
        if name in tests:
            tests[name].source = f"{region}\n{tests[name].source}"
        else:
            call = region.replace("\n### END", f'\n\ncheck("{part.name}")\n### END')
            unseen.append(cells.test(f"# {part.title}: hidden checks only\n{call}", name, part.points))
    last = max((place for place, cell in enumerate(notebook.cells, 1) if cell.cell_type == "code"), default=0)
    notebook.cells[last:last] = unseen
    return notebook


def cell_name(part: str) -> str:
    """Return the name of the test cell of a part."""
    return f"check-{part}"


def hidden_region(lab: str) -> str:
    """Return the lines that make `check` run the hidden checks too; `nbgrader generate_assignment` takes them out."""
    return "\n".join(
        (
            "### BEGIN HIDDEN TESTS",
            "import pathlib",
            "import sys",
            "",
            f'sys.path[:0] = [str(folder / "{PRIVATE}" / "{lab}") for folder in pathlib.Path.cwd().parents]',
            f"from {PACKAGE} import check",
            "### END HIDDEN TESTS",
        )
    )


def private_files(course: Course) -> dict[str, bytes]:
    """Return path -> bytes of `gradekit/LAB/`: checks, reference, data, rubric, and the package that runs them."""
    files = {f"solution/{name}": text.encode() for name, text in course.reference_sources().items()}
    for prefix, folder in (
        ("public/", course.public_checks),
        ("hidden/", course.hidden_checks),
        ("datasets/", course.datasets),
        ("checkkit/", CHECKKIT),
    ):
        files.update(read_tree(folder, prefix))
    package = Path(incell.__file__).parent
    sources = {path.name: path.read_text(encoding="utf-8") for path in package.glob("*.py")}
    sources["modules.py"] = (CHECKKIT.parent / "modules.py").read_text(encoding="utf-8")
    for name, text in sources.items():
        for engine, here in _IMPORTS:
            text = text.replace(engine, here)
        files[f"{PACKAGE}/{name}"] = text.encode()
    files[incell.RUBRIC] = (json.dumps(_rubric(course), indent=1) + "\n").encode()
    return files


def config_text(course_id: str) -> str:
    """Return an `nbgrader_config.py` with which nbgrader's own commands treat the lab as gradekit does."""
    return f"""c = get_config()

c.CourseDirectory.course_id = {course_id!r}

# what students find where a solution was
c.ClearSolutions.code_stub = {{"python": {STUB!r}}}
c.ClearSolutions.text_stub = {ANSWER_STUB!r}

# seconds per cell of `nbgrader autograde`: one of them trains on MNIST
c.Execute.timeout = {CELL_SECONDS}

# what the code of students displays is shown in the browser of whoever marks it
c.HTMLExporter.sanitize_html = True
"""


def _rubric(course: Course) -> dict[str, Any]:
    config = course.config
    index = index_checks(course.public_checks, course.hidden_checks)

    def of_check(check: Check) -> dict[str, Any]:
        info = index[check.name]
        return {
            "file": f"{info.visibility}/{info.file.name}",
            "title": info.title,
            "visibility": info.visibility,
            "points": check.points,
            "ladder": {data: [[rung.at, rung.points] for rung in rungs] for data, rungs in check.ladder.items()},
            "measure": check.measure,
            "requires": list(check.requires),
        }

    return {
        "settings": dict(config.settings),
        "files": {file: list(names) for file, names in config.files.items()},
        "given": {file: list(names) for file, names in config.given.items()},
        "parts": {part.name: {"checks": [check.name for check in part.checks]} for part in config.parts},
        "checks": {check.name: of_check(check) for part in config.parts for check in part.checks},
        "categories": dict(CATEGORY_TEXT),
    }


def _refuse_foreign(folder: Path, own: str) -> None:
    if folder.exists() and not folder.is_dir():
        raise ReleaseError(f"{folder} is a file where the lab's folder belongs: move it away")
    if folder.is_dir() and any(folder.iterdir()) and not (folder / own).exists():
        raise ReleaseError(f"{folder} holds other things than an earlier release, and all would be replaced: move them")
