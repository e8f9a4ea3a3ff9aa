"""The notebook: its order, its metadata, its bytes, and that stripping it is what the real nbgrader does."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbconvert.exporters.exporter import ResourcesDict
from nbgrader.nbgraderformat import MetadataValidator
from nbgrader.preprocessors import ClearSolutions
from nbgrader.preprocessors.checkcellmetadata import CheckCellMetadata
from small_course import edit
from traitlets.config import Config

from gradekit.course import Course
from gradekit.errors import ReleaseError
from gradekit.release.materials import load, source_notebook
from gradekit.release.notebook import notebook_bytes, strip_notebook
from gradekit.release.strip import STUB

COURSES = ("small course", "this course")


@pytest.fixture(params=COURSES)
def any_course(request: pytest.FixtureRequest, course: Course, lab_course: Course) -> Course:
    """Return the small course, then the repository's own."""
    return course if request.param == COURSES[0] else lab_course


def test_files_tests_and_questions_stand_in_their_fixed_order(course: Course):
    assert [cell.id for cell in source_notebook(load(course)).cells] == [
        "introduction-1",
        "setup",
        "line-text",
        "line-imports",
        "line-Line",
        "check-line-forward",
        "check-line-backward",
        "loss-text",
        "loss-squared",
        "fitting-text",
        "fitting-fit",
        "check-fit",
        "checks-1",
        "check-together",
        "questions-1",
        "question-why",
        "answer-why",
        "question-more",
        "answer-more",
    ]


def test_each_kind_of_cell_has_the_metadata_that_nbgrader_expects(course: Course):
    marks = {cell.id: cell.metadata.get("nbgrader") for cell in source_notebook(load(course)).cells}
    kinds = {
        name: (mark["grade"], mark["solution"], mark["locked"], mark.get("points"))
        for name, mark in marks.items()
        if mark
    }
    assert kinds["line-Line"] == (False, True, False, None)
    assert kinds["check-line-forward"] == (True, False, True, 4)
    assert kinds["loss-squared"] == (False, False, True, None)
    assert kinds["setup"] == (False, False, True, None)
    assert kinds["answer-why"] == (True, True, False, 3)
    assert kinds["answer-more"] == (True, True, False, 0)
    assert kinds["question-why"] == (False, False, True, None)
    assert all(mark["grade_id"] == name and mark["schema_version"] == 3 for name, mark in marks.items() if mark)
    assert marks["line-imports"] is None and marks["line-text"] is None


def test_cells_for_files_only_are_left_out(course: Course):
    code = "\n".join(cell.source for cell in source_notebook(load(course)).cells)
    assert "from line import" not in code and "__main__" not in code
    assert "def fit(x, y):" in code


def test_the_notebook_is_valid_for_jupyter_and_for_nbgrader(any_course: Course):
    for notebook in (source_notebook(load(any_course)), strip_notebook(source_notebook(load(any_course)), "lab.ipynb")):
        nbformat.validate(notebook, relax_add_props=False)
        MetadataValidator().validate_nb(notebook)
        CheckCellMetadata().preprocess(notebook, ResourcesDict())
        assert len([cell for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("grade")]) >= 4


def test_the_same_sources_give_the_same_bytes(course: Course):
    assert notebook_bytes(source_notebook(load(course))) == notebook_bytes(source_notebook(load(course)))


def test_stripping_equals_what_nbgrader_clears(any_course: Course):
    source = source_notebook(load(any_course))
    ours = strip_notebook(source, "lab.ipynb")
    clear = ClearSolutions(config=Config({"ClearSolutions": {"code_stub": {"python": STUB}}}))
    theirs, _ = clear.preprocess(source, ResourcesDict())
    assert ours == theirs
    assert sum(STUB in cell.source for cell in ours.cells) >= 2


def test_stripping_equals_what_the_nbgrader_command_releases(course: Course, tmp_path: Path):
    source = source_notebook(load(course))
    nbgrader = tmp_path / "nbgrader"
    (nbgrader / "source" / "lab").mkdir(parents=True)
    (nbgrader / "source" / "lab" / "lab.ipynb").write_bytes(notebook_bytes(source))
    (nbgrader / "nbgrader_config.py").write_text(
        f"c = get_config()\nc.ClearSolutions.code_stub = {{'python': {STUB!r}}}\n"
    )
    # nbgrader and Jupyter keep files of their own in the home directory.
    environment = {**os.environ, "HOME": str(tmp_path), "JUPYTER_PLATFORM_DIRS": "1", "PYTHONWARNINGS": "ignore"}
    # nbgrader calls alembic, which lies beside the interpreter.
    environment["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    command = [sys.executable, "-m", "nbgrader", "generate_assignment", "lab"]
    run = subprocess.run(command, cwd=nbgrader, env=environment, capture_output=True, text=True, timeout=110)
    assert run.returncode == 0, run.stderr
    theirs = nbformat.read(nbgrader / "release" / "lab" / "lab.ipynb", as_version=4)
    ours = strip_notebook(source, "lab.ipynb")
    assert [(cell.id, cell.cell_type, cell.source) for cell in theirs.cells] == [
        (cell.id, cell.cell_type, cell.source) for cell in ours.cells
    ]


def test_a_name_that_two_embedded_files_define_is_refused(course: Course):
    edit(course, "solution/loss.py", "def squared", "def fit(a):\n    return a\n\n\ndef squared")
    with pytest.raises(ReleaseError, match=r"solution/fitting.py:10: fit is defined in solution/loss.py too"):
        source_notebook(load(course))


def test_a_given_file_that_nobody_imports_is_not_embedded(course: Course):
    assert not any("plot" in cell.source for cell in source_notebook(load(course)).cells)
    edit(course, "solution/loss.py", "# %%\ndef squared", "import plots\n\n\n# %%\ndef squared")
    assert any("def plot(line)" in cell.source for cell in source_notebook(load(course)).cells)


def test_two_stubs_that_say_the_same_are_refused(course: Course):
    edit(course, "solution/fitting.py", "TODO 3: fit", "TODO 1: Line.forward")
    with pytest.raises(ReleaseError, match=r"solution/fitting.py:21: 'TODO 1: Line.forward' stands in line.py:32 too"):
        source_notebook(load(course))


def test_a_damaged_notebook_header_is_refused(course: Course):
    edit(course, "solution/line.py", "#   kernelspec:", "#   kernelspec: [")
    with pytest.raises(ReleaseError, match=r"solution/line.py: not in jupytext's percent format"):
        source_notebook(load(course))
