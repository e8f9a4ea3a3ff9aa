"""A small course and a class with everything that a report has to show."""

from __future__ import annotations

from gradekit.records import Outcome, Record
from gradekit.rubric import Check, GradingConfig, LatePolicy, Limits, Part, Rung

CONFIG = GradingConfig(
    lab="backprop",
    title="Back-propagation",
    files={"activations.py": ("sigmoid",), "layers.py": ("Linear",)},
    given={},
    notebook="backprop.ipynb",
    parts=(
        Part(
            "sigmoid",
            "The function `sigmoid`",
            8,
            (
                Check("test_sigmoid_values", 5, visibility="public"),
                Check("test_sigmoid_no_warning", 1, visibility="public", requires=("test_sigmoid_values",)),
                Check("test_sigmoid_tails", 2),
            ),
            file="activations.py",
        ),
        Part(
            "linear-backward",
            "Backward of the linear layer",
            20,
            (
                Check("test_linear_backward_shapes", 5, visibility="public"),
                Check("test_linear_backward_values", 7.5, visibility="public"),
                Check("test_linear_backward_twice", 5),
                Check("test_linear_backward_batch", 2.5),
            ),
            file="layers.py",
        ),
        Part(
            "mnist",
            "Handwritten digits",
            10,
            (
                Check(
                    "test_mnist_accuracy",
                    10,
                    measure="accuracy",
                    ladder={
                        "MNIST": (Rung(0.9, 2), Rung(0.93, 2), Rung(0.95, 2), Rung(0.96, 2), Rung(0.97, 2)),
                        "digits": (Rung(0.8, 5), Rung(0.9, 5)),
                    },
                ),
            ),
        ),
        Part("discussion", "Discussion", 5, (), manual=True),
        Part("relu", "ReLU", 5, (Check("test_relu", 5),), bonus=True),
    ),
    limits={"unit": Limits(1, 5)},
    submission_seconds=60,
    settings={},
    late=LatePolicy(grace_minutes=15, penalty_per_day=0.1, max_days=3),
)

TITLES = {
    "test_sigmoid_values": "sigmoid gives 1 / (1 + exp(-z)) for every element.",
    "test_sigmoid_no_warning": "sigmoid warns of no overflow for large |z|.",
    "test_sigmoid_tails": "HIDDEN-TITLE tails",
    "test_linear_backward_shapes": "backward gives shapes (N, in), (in, out) and (out,).",
    "test_linear_backward_values": "backward gives the analytic gradients.",
    "test_linear_backward_twice": "HIDDEN-TITLE twice",
    "test_linear_backward_batch": "HIDDEN-TITLE batch",
    "test_mnist_accuracy": "HIDDEN-TITLE accuracy",
    "test_relu": "HIDDEN-TITLE relu",
}

HINTS = {
    "bias-not-summed": (
        "The bias gradient is not summed over the batch",
        "Every row of the batch uses the same bias. Look at how many rows `grad_bias` has, and at how many the bias has.",
    )
}


def passed(name: str, **more: object) -> Outcome:
    return Outcome(name, CONFIG.part_of[name].name, "passed", **more)


def failed(name: str, category: str, **more: object) -> Outcome:
    return Outcome(name, CONFIG.part_of[name].name, "failed", category, **more)


def record(student: str, *outcomes: Outcome, **more: object) -> Record:
    named = {outcome.check for outcome in outcomes}
    others = (passed(name) for name in CONFIG.checks if name not in named and name != "test_mnist_accuracy")
    return Record("backprop", student, "k", "graded", outcomes=(*outcomes, *others), confined=True, **more)


ACCURATE = passed("test_mnist_accuracy", measures={"accuracy": 0.9712}, data="MNIST")

PERFECT = record("student-001", ACCURATE, kind="folder")

PARTIAL = record(
    "student-002",
    passed("test_mnist_accuracy", measures={"accuracy": 0.9449}, data="MNIST"),
    failed(
        "test_linear_backward_shapes",
        "shape",
        called="layer.backward(grad_output)\ngrad_output = array of shape (7, 2)",
        got="grad_bias of shape (7, 2)",
        expected="grad_bias of shape (2,)",
        advice="Compare the shape of `grad_bias` with that of `bias`.",
        misconceptions=("bias-not-summed",),
        output="shape is (7, 2)\n```\n<b>bold</b>\n",
    ),
    failed(
        "test_linear_backward_values",
        "value",
        called="layer.backward(grad_output)",
        got="grad_bias[0] = [0.5, 0.25]",
        expected="grad_bias = [3.5, 1.75]",
    ),
    failed(
        "test_linear_backward_twice",
        "value",
        called="SECRET-INPUT",
        got="SECRET-GOT",
        expected="SECRET-EXPECTED",
        advice="Look at what a second call of backward adds up.",
        output="SECRET-OUTPUT",
        misconceptions=("bias-not-summed",),
        flags=("backward used 600 times the CPU time of forward",),
    ),
    Outcome(
        "test_linear_backward_batch",
        "linear-backward",
        "raised",
        "SECRET-CLASS-OF-EXCEPTION",
        got="SECRET-EXCEPTION",
        advice="SECRET-ADVICE",
    ),
    Outcome("test_relu", "relu", "not-implemented", "not-implemented"),
    remarks=("`solution.txt` was not used: it is no file of this lab.",),
    kind="zip",
)

BROKEN_FILE = record(
    "student-003",
    *(
        Outcome(
            name,
            "sigmoid",
            "syntax-error",
            "syntax-error",
            called="import activations",
            got='activations.py, line 3: expected ":"',
        )
        for name in ("test_sigmoid_values", "test_sigmoid_no_warning", "test_sigmoid_tails")
    ),
    ACCURATE,
)

UNGRADABLE = Record(
    "backprop", "student-004", "k", "ungradable", reason="no file of this lab was found in the archive", confined=True
)

HOSTILE_NAME = record('=HYPERLINK("http://x")\x1b[31m\u202e<script>alert(1)</script>' + "李" * 300, ACCURATE)
LATE = record("student-005", ACCURATE)
CLASS = (PERFECT, PARTIAL, BROKEN_FILE, UNGRADABLE, LATE, HOSTILE_NAME)
MINUTES_LATE = {"student-005": 2 * 24 * 60, "student-001": 14}
MARKS = {"student-001": {"discussion": 4.5}}
