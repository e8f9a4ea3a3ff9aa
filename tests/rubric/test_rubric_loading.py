"""`grading_config.py` is loaded as typed data, or refused with the line to mend."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest

from gradekit.errors import CourseError
from gradekit.rubric import load_config, validate_checks, validate_files

GOOD = '''\
"""A rubric."""

from gradekit.rubric import Check, GradingConfig, IntakeLimits, LatePolicy, Limits, Part, Quality, Rung

SIGMOID = (
    Check("test_sigmoid_values", 2, visibility="public"),
    Check("test_sigmoid_tails", 1, requires=("test_sigmoid_values",)),
)

config = GradingConfig(
    lab="toy",
    title="A toy lab",
    files={"activations.py": ("sigmoid",), "layers.py": ("Linear",)},
    given={"network.py": ("Network",)},
    notebook="toy.ipynb",
    parts=(
        Part("sigmoid", "Sigmoid", 3, SIGMOID, file="activations.py"),
        Part(
            name="mnist",
            title="Digits",
            points=0.3,
            checks=(
                Check(
                    "test_accuracy",
                    0.3,
                    measure="accuracy",
                    limits="long",
                    ladder={"MNIST": (Rung(0.9, 0.1), Rung(0.95, 0.2))},
                ),
            ),
        ),
        Part("essay", "Discussion", 5, (), manual=True),
        Part("relu", "ReLU", 2, (Check("test_relu", 2),), bonus=True),
    ),
    limits={
        "unit": Limits(call_seconds=1, check_seconds=5),
        "long": Limits(call_seconds=10, check_seconds=60),
    },
    submission_seconds=120,
    settings={"rtol": 1e-9, "runs": 3, "data": "MNIST"},
    late=LatePolicy(grace_minutes=15, penalty_per_day=0.1, max_days=3),
    quality=Quality(
        pairs_named=0.9,
        repeats=50,
        slow=("long",),
    ),
)
'''

COLLECTED = {
    "test_sigmoid_values": "public",
    "test_sigmoid_tails": "hidden",
    "test_accuracy": "hidden",
    "test_relu": "hidden",
}


@pytest.fixture
def write(tmp_path):
    def write(source: str) -> Path:
        path = tmp_path / "grading_config.py"
        path.write_text(source, encoding="utf-8")
        return path

    return write


def refusal(path: Path) -> str:
    with pytest.raises(CourseError) as caught:
        load_config(path)
    return str(caught.value)


def line_of(source: str, fragment: str) -> int:
    assert source.count(fragment) == 1, f"the test must name one place: {fragment!r}"
    return source[: source.index(fragment)].count("\n") + 1


def test_a_good_rubric_is_loaded_with_its_maximum(write):
    config = load_config(write(GOOD))
    assert config.maximum == 8.3
    assert list(config.checks) == list(COLLECTED)
    assert config.part_of["test_accuracy"].name == "mnist"
    assert config.limits["long"].check_seconds == 60


def test_a_loaded_rubric_cannot_be_changed(write):
    config = load_config(write(GOOD))
    with pytest.raises(TypeError):
        config.settings["rtol"] = 1.0
    with pytest.raises(TypeError):
        config.checks["test_accuracy"].ladder["MNIST"] = ()
    with pytest.raises(AttributeError):
        config.lab = "other"


def test_loading_leaves_no_module_and_no_bytecode_behind(write, tmp_path):
    import sys

    before = set(sys.modules)
    load_config(write(GOOD))
    assert set(sys.modules) == before
    assert [path.name for path in tmp_path.iterdir()] == ["grading_config.py"]


# what is replaced, by what, a fragment of the line that must be named, and words that the message must hold
MISTAKES = {
    "part and checks differ": (
        'Sigmoid", 3,',
        'Sigmoid", 4,',
        'Sigmoid", 4,',
        "'sigmoid' has 4 points, but its checks sum to 3",
    ),
    "rungs and check differ": ("Rung(0.95, 0.2)", "Rung(0.95, 0.3)", "ladder=", "rungs for 'MNIST' sum to 0.4"),
    "rungs do not increase": ("Rung(0.95, 0.2)", "Rung(0.9, 0.2)", "ladder=", "do not increase"),
    "rung above one": ("Rung(0.95, 0.2)", "Rung(95, 0.2)", "ladder=", "fraction between 0 and 1"),
    "ladder without measure": ('measure="accuracy",', "", "ladder=", "no measure"),
    "duplicate part": ('Part("relu"', 'Part("sigmoid"', 'Part("sigmoid", "ReLU"', "two parts named 'sigmoid'"),
    "duplicate check": (
        'Check("test_relu", 2)',
        'Check("test_sigmoid_tails", 2)',
        'Check("test_sigmoid_tails", 2)',
        "stands twice",
    ),
    "unknown requirement": (
        'requires=("test_sigmoid_values",)',
        'requires=("test_typo",)',
        "requires=",
        "requires 'test_typo'",
    ),
    "requires itself": (
        'requires=("test_sigmoid_values",)',
        'requires=("test_sigmoid_tails",)',
        "requires=",
        "break the cycle",
    ),
    "unknown limits": ('limits="long"', 'limits="longer"', 'limits="longer"', "'unit', 'long'"),
    "unknown file": ('file="activations.py"', 'file="typo.py"', 'file="typo.py"', "not in `files`"),
    "negative limit": ("call_seconds=10, check", "call_seconds=-10, check", '"long": Limits', "`call_seconds` is -10"),
    "zero submission time": (
        "submission_seconds=120",
        "submission_seconds=0",
        "submission_seconds=0",
        "must be above 0",
    ),
    "negative points": (
        'Check("test_relu", 2)',
        'Check("test_relu", -2)',
        'Check("test_relu", -2)',
        "must not be negative",
    ),
    "part without checks": ('(Check("test_relu", 2),)', "()", 'Part("relu"', "has no checks"),
    "manual part with checks": (
        "(), manual=True",
        '(Check("test_x", 5),), manual=True',
        'Part("essay"',
        "is manual and has checks",
    ),
    "tuple without comma": (
        '(Check("test_relu", 2),)',
        '(Check("test_relu", 2))',
        '(Check("test_relu", 2))',
        "needs a comma",
    ),
    "names as a text": ('("Linear",)', '("Linear")', '"layers.py"', "must be a tuple"),
    "points as a text": (
        'Check("test_relu", 2)',
        'Check("test_relu", "2")',
        'Check("test_relu", "2")',
        "must be a number, not '2'",
    ),
    "points as a truth value": (
        'Check("test_relu", 2)',
        'Check("test_relu", True)',
        'Check("test_relu", True)',
        "not True",
    ),
    "points not finite": ('"ReLU", 2', '"ReLU", float("nan")', '"ReLU", float("nan")', "must be a number, not nan"),
    "setting of wrong type": ('"runs": 3', '"runs": [3]', "settings=", "`runs` must be"),
    "visibility": ('visibility="public"', 'visibility="secret"', 'visibility="secret"', "'public' or 'hidden'"),
    "same public name twice": (
        '("Network",)',
        '("Linear",)',
        "given=",
        "the public name 'Linear' stands in 'layers.py' and in",
    ),
    "file with folder": ('"layers.py"', '"src/layers.py"', '"src/layers.py"', "without folders"),
    "file given and handed in": ('"network.py"', '"layers.py"', "given=", "keep it in one of them"),
    "part name": ('Part("essay"', 'Part("Es say"', 'Part("Es say"', "lower-case letters"),
    "check name": ('Check("test_relu"', 'Check("relu"', 'Check("relu"', "test_..."),
    "empty title": ('title="A toy lab"', 'title=" "', 'title=" "', "`title` is empty"),
    "notebook name": ('"toy.ipynb"', '"toy.py"', "notebook=", "ends in .ipynb"),
    "private name": ('("sigmoid",)', '("_sigmoid",)', "files=", "no public Python name"),
    "same name twice in a file": ('("sigmoid",)', '("sigmoid", "sigmoid")', "files=", "twice in 'activations.py'"),
    "part title": ('"Discussion"', '""', 'Part("essay"', "empty title"),
    "part without points": ('"Discussion", 5,', '"Discussion", 0,', 'Part("essay"', "points must be above 0"),
    "negative rung": ("Rung(0.9, 0.1), Rung(0.95, 0.2)", "Rung(0.9, -0.1), Rung(0.95, 0.4)", "ladder=", "-0.1 points"),
    "negative grace": ("grace_minutes=15", "grace_minutes=-15", "grace_minutes", "must not be negative"),
    "negative last day": ("max_days=3", "max_days=-3", "max_days", "must not be negative"),
    "intake limit": ("    late=", "    intake=IntakeLimits(file_bytes=0),\n    late=", "intake=", "`file_bytes` is 0"),
    "part that is none": ('Part("essay", "Discussion", 5, (), manual=True)', '"essay"', '"essay"', "must be Part(...)"),
    "given that is no mapping": ('given={"network.py": ("Network",)}', "given=[]", "given=[]", "must be a mapping"),
    "key that is no text": ('{"rtol": 1e-9,', "{1: 1e-9,", "settings=", "keys are texts"),
    "late penalty": ("penalty_per_day=0.1", "penalty_per_day=10", "penalty_per_day=10", "0 to 1"),
    "share above all": ("pairs_named=0.9", "pairs_named=90", "pairs_named=90", "`pairs_named` is 90"),
    "negative repeats": ("repeats=50", "repeats=-1", "repeats=-1", "must not be negative"),
    "composed part that is none": (
        "    pairs_named=0.9,",
        '    composed=("optics",),',
        'composed=("optics",)',
        "`composed` names 'optics', which is no part",
    ),
    "preloaded module that cannot be": (
        "check_seconds=60)",
        'check_seconds=60, preload=("torch", "no-name"))',
        '"no-name"',
        "`preload` names 'no-name', which is no name of a module",
    ),
    "slow limits that are none": ('slow=("long",)', 'slow=("longer",)', 'slow=("longer",)', "`slow` names 'longer'"),
    "missing argument": (
        'Part("essay", "Discussion", 5, (), manual=True)',
        'Part("essay")',
        'Part("essay")',
        "TypeError",
    ),
    "syntax": ('"ReLU", 2, (', '"ReLU" 2, (', 'Part("relu"', "syntax error"),
    "unknown field": ("max_days=3", "max_day=3", "max_day=3", "max_day"),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_refused_with_the_line_to_mend(mistake, write):
    old, new, fragment, words = MISTAKES[mistake]
    assert GOOD.count(old) == 1
    source = GOOD.replace(old, new)
    message = refusal(write(source))
    assert message.startswith(f"grading_config.py:{line_of(source, fragment)}: ")
    assert words in message
    assert "\n" not in message


def test_a_cycle_through_two_checks_is_refused(write):
    source = GOOD.replace('"test_sigmoid_values", 2,', '"test_sigmoid_values", 2, requires=("test_sigmoid_tails",),')
    line = line_of(source, 'requires=("test_sigmoid_tails"')
    assert refusal(write(source)).startswith(f"grading_config.py:{line}: ")


def test_checks_made_by_a_loop_are_found_by_their_name(write):
    source = textwrap.dedent("""\
        from gradekit.rubric import Check, GradingConfig, Limits, Part

        NAMES = (
            "test_a",
            "test_b",
        )
        config = GradingConfig(
            "toy", "A toy lab", {"a.py": ("f",)}, {}, "", (
                Part("a", "A", 2, tuple(Check(name, 1, limits="far" if name == "test_b" else "unit") for name in NAMES)),
            ),
            {"unit": Limits(1, 1)}, 10, {})
        """)
    assert refusal(write(source)).startswith("grading_config.py:5: ")


def test_tuples_put_together_are_followed_to_the_line(write):
    source = GOOD.replace("3, SIGMOID, file", "4, SIGMOID + EXTRA, file").replace(
        "config = ", 'EXTRA = (\n    *(\n        Check("test_extra", 1, limits="nowhere"),\n    ),\n)\nconfig = '
    )
    assert refusal(write(source)).startswith(f"grading_config.py:{line_of(source, 'test_extra')}: ")


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b"x = 1\n", 1),
        (b"config = 3\n", 1),
        (b"\n1 / 0\n", 2),
        (b"import sys\nsys.exit(0)\n", 2),
        (b"a\0b", 1),
        (b"\xff", 1),
    ],
)
def test_a_file_without_a_config_is_refused(content, line, tmp_path):
    path = tmp_path / "grading_config.py"
    path.write_bytes(content)
    assert refusal(path).startswith(f"grading_config.py:{line}: ")


def test_a_missing_file_is_named(tmp_path):
    assert "grading_config.py: cannot be read" in refusal(tmp_path / "grading_config.py")


def test_agreeing_checks_and_files_are_accepted(write, tmp_path):
    config = load_config(write(GOOD))
    for name in (*config.files, *config.given):
        (tmp_path / name).touch()
    assert validate_checks(config, COLLECTED) is None
    assert validate_files(config, tmp_path) is None


@pytest.mark.parametrize(
    ("collected", "fragment", "words"),
    [
        ({name: kind for name, kind in COLLECTED.items() if name != "test_relu"}, "test_relu", "no such function"),
        ({**COLLECTED, "test_extra": "hidden"}, "parts=(", "'test_extra' of checks/hidden/ belongs to no part"),
        ({**COLLECTED, "test_sigmoid_values": "hidden"}, "visibility=", "is public here but lies in checks/hidden/"),
    ],
)
def test_disagreeing_checks_are_refused_with_the_line(collected, fragment, words, write):
    config = load_config(write(GOOD))
    with pytest.raises(CourseError) as caught:
        validate_checks(config, collected)
    assert str(caught.value).startswith(f"grading_config.py:{line_of(GOOD, fragment)}: ")
    assert words in str(caught.value)


def test_a_check_that_is_left_out_belongs_to_no_part(write):
    source = GOOD.replace("submission_seconds=120", 'submission_seconds=120,\n    left_out=("test_extra",)')
    assert validate_checks(load_config(write(source)), {**COLLECTED, "test_extra": "hidden"}) is None


@pytest.mark.parametrize(
    ("name", "words"), [("test_typo", "but there is no such check"), ("test_relu", "but a part names it")]
)
def test_what_is_left_out_in_vain_is_refused_with_the_line(name, words, write):
    source = GOOD.replace("submission_seconds=120", f'submission_seconds=120,\n    left_out=("{name}",)')
    config = load_config(write(source))
    with pytest.raises(CourseError) as caught:
        validate_checks(config, COLLECTED)
    assert str(caught.value).startswith(f"grading_config.py:{line_of(source, 'left_out')}: `left_out` names '{name}'")
    assert words in str(caught.value)


def test_a_missing_file_of_the_solution_is_refused_with_the_line(write, tmp_path):
    config = load_config(write(GOOD))
    (tmp_path / "activations.py").touch()
    with pytest.raises(CourseError) as caught:
        validate_files(config, tmp_path)
    assert str(caught.value).startswith(f"grading_config.py:{line_of(GOOD, 'files=')}: `files` names 'layers.py'")
