"""Notebooks: code cells become plain Python, everything else is never looked at."""

from __future__ import annotations

import json
import time
import tracemalloc

import pytest
from intake_samples import notebook_bytes, rules

from gradekit.errors import IntakeError
from gradekit.intake import read_submission
from gradekit.intake.magics import neutralise
from gradekit.intake.notebook import code_cells
from gradekit.rubric import IntakeLimits


@pytest.fixture
def read(tmp_path):
    def read_bytes(data: bytes, **limits: int):
        path = tmp_path / "backprop.ipynb"
        path.write_bytes(data)
        return read_submission(path, "student-001", rules(**limits))

    return read_bytes


@pytest.fixture
def refusal(read):
    def refuse(data: bytes, **limits: int) -> str:
        with pytest.raises(IntakeError) as caught:
            read(data, **limits)
        message = str(caught.value)
        assert "\n" not in message and ";" in message, "one line, with the way out"
        return message

    return refuse


def test_code_cells_come_in_order_and_nothing_else_does(read):
    submission = read(notebook_bytes("x = 1", ["y = 2\n", "z = 3"], "  \n"))
    assert (submission.kind, submission.files) == ("notebook", {})
    assert submission.cells == ("x = 1", "y = 2\nz = 3")
    assert "script" not in repr(submission)


def test_byte_order_mark_and_windows_line_ends_are_fine(read):
    assert read(b"\xef\xbb\xbf" + notebook_bytes("x = 1\r\ny = 2")).cells == ("x = 1\ny = 2",)


def test_format_3_is_read(read):
    sheet = {"cells": [{"cell_type": "code", "language": "python", "input": ["x = 1"], "outputs": []}]}
    assert read(json.dumps({"nbformat": 3, "metadata": {}, "worksheets": [sheet]}).encode()).cells == ("x = 1",)


def test_hostile_metadata_and_outputs_have_no_effect(read):
    data = json.loads(notebook_bytes("x = 1"))
    data["metadata"] = {"widgets": {"a": "<img onerror=1>"}, "kernelspec": {"name": "\u001b[2J", "language": "python"}}
    data["cells"][1]["metadata"] = {"tags": ["skip"], "nbgrader": {"points": 100}}
    data["cells"][1]["outputs"] = [{"data": {"text/html": "<script>", "big": "x" * 1_000_000}}]
    data["cells"][0]["attachments"] = {"a.png": {"image/png": "x"}}
    assert read(json.dumps(data).encode()).cells == ("x = 1",)


@pytest.mark.parametrize("metadata", [{"language_info": {"name": "R"}}, {"kernelspec": {"language": "julia"}}])
def test_other_languages_are_refused(refusal, metadata):
    assert "not for Python" in refusal(notebook_bytes("x <- 1", metadata=metadata))


@pytest.mark.parametrize("kernel", ["python3", "conda-env-course-py", "my venv"])
def test_python_kernels_of_any_name_are_fine(read, kernel):
    metadata = {"kernelspec": {"name": kernel, "language": "python"}, "language_info": {"name": "python"}}
    assert read(notebook_bytes("x = 1", metadata=metadata)).cells == ("x = 1",)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "is no notebook"),
        (b"PK\x03\x04\xff", "UTF-8"),
        (b"[]", "is no notebook"),
        (b"{}", "format 3 or 4"),
        (b'{"nbformat": 5, "cells": []}', "format 3 or 4"),
        (b'{"nbformat": 4}', "no list of cells"),
        (b'{"nbformat": 4, "cells": [1]}', "cell 1 of backprop.ipynb is damaged"),
        (b'{"nbformat": 4, "cells": [{"cell_type": "code", "source": [1]}]}', "no source text"),
        (b'{"nbformat": 4, "cells": [{"cell_type": "code"}]}', "no source text"),
        (b'{"nbformat": 3, "worksheets": 3}', "no worksheets"),
        (b'{"nbformat": 4, "cells": []}', "no code cells"),
        (b'{"nbformat": 4, "nbformat": 4, "cells": []}', "same key twice"),
        (b'{"nbformat": 4, "cells": [], "x": ' + b"9" * 5000 + b"}", "too long"),
        (b"[" * 100_000, "nested too deeply"),
        (b'{"a":' * 100_000, "nested too deeply"),
    ],
)
def test_what_is_no_notebook_is_refused(refusal, data, said):
    assert said in refusal(data)


def test_size_is_capped_before_parsing(refusal):
    assert "more than 1,000; leave" in refusal(notebook_bytes("x" * 2_000), notebook_bytes=1_000)
    with pytest.raises(IntakeError, match=r"more than 1,000; choose"):
        code_cells(b"[" * 1_001, "a.ipynb", IntakeLimits(notebook_bytes=1_000))


def test_number_of_cells_is_capped(refusal):
    assert "1,102 cells" in refusal(notebook_bytes(*["x = 1"] * 1_101))


def test_total_code_is_capped(refusal):
    assert "characters of code" in refusal(notebook_bytes("x" * 200_000, "y" * 100_000))


def test_json_that_would_blow_up_in_memory_is_refused_before_parsing(refusal):
    data = b'{"nbformat": 4, "cells": [' + b"[]," * 3_000_000 + b"[]]}"
    tracemalloc.start()
    try:
        assert "values" in refusal(data)
        assert tracemalloc.get_traced_memory()[1] < 3 * len(data)
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("text", ["x = 1 # \u202e", "y = '\x1b[2J'", "z = '\ud800'"])
def test_cell_that_deceives_a_reader_is_left_out_with_a_remark(read, text):
    submission = read(notebook_bytes("a = 1", text, "b = 2"))
    assert submission.cells == ("a = 1", "b = 2")
    assert len(submission.remarks) == 1
    assert submission.remarks[0].startswith("cell 3 of backprop.ipynb was left out: it contains ")


@pytest.mark.parametrize(
    ("cell", "plain"),
    [
        ("%matplotlib inline\nx = 1", "pass\nx = 1"),
        ("!pip install torch", "pass"),
        ("!!ls", "pass"),
        ("?np.dot", "pass"),
        ("np.dot?", "pass"),
        ("np.dot??  ", "pass"),
        ("if x:\n    %time f()\nelse:\n\t!ls", "if x:\n    pass\nelse:\n\tpass"),
        ("files = !ls", "files = None"),
        ("a, b = %magic", "a, b = None"),
        ("!ls \\\n  -l \\\n  -a\nx = 1", "pass\n\n\nx = 1"),
        ("%%time\nx = 1", "pass\nx = 1"),
        ("\n%%timeit -n 3\nx = 1\n%time y", "\npass\nx = 1\npass"),
        ("%%capture out\nx = 1", "pass\nx = 1"),
        ("%%bash\nrm -rf /", ""),
        ("%%html\n<script>", ""),
        ("%%writefile layers.py\nx = 1", ""),
        ("  \n ", ""),
        ("    x = 1\n    y = 2", "x = 1\ny = 2"),
    ],
)
def test_notebook_language_does_nothing(cell, plain):
    assert neutralise(cell) == plain


@pytest.mark.parametrize(
    "cell",
    [
        "x = (100\n% 7)",
        "s = 'a %d' \\\n% 3",
        "s = '''\n%matplotlib inline\n!ls\nhelp?\n'''",
        's = """it\'s\n%time\n"""\nx = 1',
        "d = {\n'a': 1  # ) not a bracket\n% 3}",
        "x = [ '[', \"]\",\n!3]",
        "x %= 3",
        "x = a != b",
        "print('really?')",
        "# really?",
        "x = 1  # why?",
        "x == 3",
        "text = f'{x!r}'",
        "s = 'one \\\n%two'",
        "r = r'\\'\ny = 'a'",
        "x = 'unfinished\ny = 2",
        "s = 'quote \\' inside'\nx = 1",
    ],
)
def test_python_that_resembles_notebook_language_stays(cell):
    assert neutralise(cell) == cell


def test_statement_after_strings_and_brackets_is_seen_again():
    assert neutralise("x = (1,\n2)\n%time\ns = '''a\n'''\n!ls\n# it's\n%who") == (
        "x = (1,\n2)\npass\ns = '''a\n'''\npass\n# it's\npass"
    )


def test_line_numbers_stay():
    cell = "%%time\n!a \\\nb\nx = 1\n?y\n"
    assert neutralise(cell).count("\n") == cell.count("\n")


@pytest.mark.parametrize(
    "piece", ["'a' ", "((", "a", "a,", "\\", '"', "% ", "x=", "?", "'''", "#", "\n%a \\", " ", "x\\\n"]
)
def test_scanning_takes_linear_time(piece):
    started = time.process_time()
    neutralise(piece * (250_000 // len(piece)))
    assert time.process_time() - started < 2
