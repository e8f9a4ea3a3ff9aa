"""A course of the tiny lab, nbgrader's own commands on it, and the hand-ins of its students."""

from __future__ import annotations

import copy
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gradekit.course import Course

SECOND_LAB = Path(__file__).resolve().parents[2] / "second_lab"
LAB = "regression"
MANUAL = """        Part("why", title="Why it works", points=5, manual=True, checks=()),
    ),
    limits="""
QUESTIONS = """<!-- question: why -->
### Why does it work?

### BEGIN SOLUTION
Because the squares are smallest there.
### END SOLUTION
"""
PREDICT = "def predict(x, weight):\n    return x @ weight\n"
GRADIENT = "def gradient(x, y, weight):\n    return 2 * x.T @ (x @ weight - y) / len(y)\n"
WRONG = GRADIENT.replace("2 * ", "")
FILLED = {"regression-predict": PREDICT, "regression-gradient": GRADIENT}
SUBMITTED = "2027-01-31 12:00:00.000000 UTC"

Cell = dict[str, Any]
Notebook = dict[str, Any]


def make_lab(root: Path) -> Course:
    """Return a copy of the tiny lab with a question that a person marks."""
    shutil.copytree(SECOND_LAB, root, ignore=shutil.ignore_patterns("__pycache__"))
    config = root / "grading_config.py"
    text = config.read_text(encoding="utf-8")
    assert text.count("    ),\n    limits=") == 1
    config.write_text(text.replace("    ),\n    limits=", MANUAL), encoding="utf-8")
    (root / "solution" / "questions.md").write_text(QUESTIONS, encoding="utf-8")
    return Course(root)


@dataclass(frozen=True)
class NbgraderCourse:
    """An nbgrader course folder, an exchange, and a home of its own for everything that Jupyter keeps."""

    folder: Path
    lab: Course
    home: Path
    db: str = ""

    @classmethod
    def make(cls, folder: Path, lab: Course, db: str = "") -> NbgraderCourse:
        """Make an empty course whose exchange lies beside it; ``db`` is the URL of its gradebook."""
        home = folder.parent / "home"
        (folder.parent / "exchange").mkdir(parents=True)
        home.mkdir()
        exchange = {"root": str(folder.parent / "exchange"), "cache": str(home / "cache")}
        settings = [f"c.Exchange.{name} = {value!r}" for name, value in exchange.items()]
        settings += ["c.CourseDirectory.course_id = 'course'"] + ([f"c.CourseDirectory.db_url = {db!r}"] if db else [])
        (home / ".jupyter").mkdir()
        (home / ".jupyter" / "nbgrader_config.py").write_text("\n".join(["c = get_config()", *settings, ""]))
        return cls(folder, lab, home, db)

    @property
    def environment(self) -> dict[str, str]:
        """The environment of every command."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("JUPYTER", "IPYTHON"))}
        # nbgrader calls alembic, which lies beside the interpreter
        path = os.pathsep.join([str(Path(sys.executable).parent), kept.get("PATH", "")])
        return {**kept, "HOME": str(self.home), "PATH": path, "OPENBLAS_NUM_THREADS": "1"}

    def nbgrader(self, *arguments: str, cwd: Path | None = None, timeout: int = 300) -> str:
        """Run a command of nbgrader's, which must succeed, and return what it said."""
        # warnings of nbgrader's own are not ours to mend
        command = [sys.executable, "-W", "ignore", "-m", "nbgrader", *arguments]
        return self._run(command, cwd or self.folder, timeout)

    def gradekit(self, *arguments: str | Path, timeout: int = 300) -> str:
        """Run a command of the kit's in the lab, which must succeed, and return what it said."""
        command = [sys.executable, "-m", "gradekit.cli.app", *map(str, arguments)]
        return self._run(command, self.lab.root, timeout)

    def _run(self, command: list[str], cwd: Path, timeout: int) -> str:
        done = subprocess.run(command, cwd=cwd, env=self.environment, capture_output=True, text=True, timeout=timeout)
        assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
        return done.stdout + done.stderr

    def released(self) -> Notebook:
        """The notebook that `generate_assignment` made."""
        path = self.folder / "release" / self.lab.config.lab / self.lab.config.notebook
        content: Notebook = json.loads(path.read_text(encoding="utf-8"))
        return content

    def collected(self, student: str, notebook: Notebook, name: str = "") -> None:
        """Put a notebook where `nbgrader collect` puts what was submitted."""
        folder = self.folder / "submitted" / student / self.lab.config.lab
        folder.mkdir(parents=True)
        (folder / "timestamp.txt").write_text(SUBMITTED)
        (folder / (name or self.lab.config.notebook)).write_text(json.dumps(notebook), encoding="utf-8")

    def gradebook_url(self) -> str:
        """The URL of the gradebook."""
        return self.db or f"sqlite:///{self.folder / 'gradebook.db'}"


def filled(released: Notebook, sources: Mapping[str, str], answer: str = "") -> Notebook:
    """Return a copy of a notebook with other sources in some cells, by their names."""
    notebook = copy.deepcopy(released)
    wanted = {**sources, **({"answer-why": answer} if answer else {})}
    for cell in notebook["cells"]:
        if cell["id"] in wanted:
            cell["source"] = wanted.pop(cell["id"])
    assert not wanted
    return notebook


def cell(notebook: Notebook, name: str) -> Cell:
    """Return the one cell of this name."""
    found: list[Cell] = [entry for entry in notebook["cells"] if entry["id"] == name]
    assert len(found) == 1
    return found[0]


def doubled_and_shuffled(released: Notebook) -> Notebook:
    """A right hand-in whose cells are doubled, deleted, reordered, without nbgrader's marks, and never executed."""
    notebook = filled(released, FILLED)
    old = copy.deepcopy(cell(notebook, "regression-predict")) | {"id": "copy", "source": PREDICT.replace("@", "*")}
    cell(notebook, "regression-gradient")["metadata"] = {}
    kept = [entry for entry in notebook["cells"] if not entry["id"].startswith("check-")]
    notebook["cells"] = [old, *reversed(kept)]
    return notebook


def retyped(released: Notebook) -> Notebook:
    """A right hand-in in which one cell of code was turned into text."""
    notebook = filled(released, FILLED, "Convexity.")
    code = cell(notebook, "regression-gradient")
    code["cell_type"] = "markdown"
    del code["outputs"], code["execution_count"]
    return notebook


def for_julia(released: Notebook) -> Notebook:
    """A right hand-in that says that it is written for another language."""
    notebook = filled(released, FILLED)
    notebook["metadata"] = {"kernelspec": {"name": "julia-1.10", "language": "julia", "display_name": "Julia"}}
    return notebook


def hostile(released: Notebook) -> Notebook:
    """A right hand-in whose texts and outputs try to run in the browser of whoever marks it."""
    script = "<script>document.title = 'taken over'</script><img src=x onerror=\"document.title='taken over'\">"
    notebook = filled(released, FILLED, f"Convexity. {script}")
    html = {"output_type": "display_data", "metadata": {}, "data": {"text/html": script, "text/plain": "a plot"}}
    code = cell(notebook, "regression-predict")
    code["outputs"] = [html]
    code["metadata"]["tags"] = ["<script>"]
    return notebook


HAND_INS: dict[str, Callable[[Notebook], Notebook]] = {
    "student-002": lambda released: filled(
        released, {**FILLED, "regression-gradient": WRONG}, "They are smallest there."
    ),
    "student-003, “Ü” 測試": lambda released: copy.deepcopy(released),
    "student-004": doubled_and_shuffled,
    "student-005": lambda released: filled(released, FILLED, "Convexity."),  # under another name
    "student-006": for_julia,
    "student-007": retyped,
    "student-008": hostile,
}
RENAMED = {"student-005": "My own work.ipynb"}
POINTS = {
    "student-001": 10.0,
    "student-002": 4.0,
    "student-003, “Ü” 測試": 0.0,
    "student-004": 10.0,
    "student-005": 10.0,
    "student-006": 0.0,
    "student-007": 4.0,
    "student-008": 10.0,
}
