"""The words that several reports share."""

from __future__ import annotations

from collections.abc import Mapping

from gradekit.records import Status

PRACTICE = "Practice run, not confined: these points are not for marks."

STATUS_TEXT: Mapping[Status, str] = {
    "passed": "passed",
    "failed": "the result is wrong",
    "raised": "the code raised an exception",
    "not-implemented": "not implemented yet",
    "missing": "a name that the check asks for is not in the hand-in",
    "import-error": "the file could not be loaded",
    "syntax-error": "the file has a syntax error",
    "time-out": "it took too long and was stopped",
    "memory": "it asked for more memory than is allowed",
    "crashed": "the process that ran the code ended before it answered",
    "protocol": "what came back could not be read as a value",
    "internal-error": "the grader itself failed here; please tell the course staff",
    "not-run": "the check was not run",
}

CATEGORY_TEXT: Mapping[str, str] = {
    "type": "the type of the result is wrong",
    "shape": "the shape is wrong",
    "dtype": "the dtype is wrong",
    "not-finite": "the result has numbers that are not finite",
    "value": "the values are wrong",
    "argument-changed": "an argument was changed by the call",
    "state": "the result depends on other calls or objects",
    "warning": "a warning was emitted",
    "gradient": "backward is not the derivative of forward",
    "trajectory": "training takes other steps than it should",
    "accuracy": "the accuracy is too low",
}


def category_text(category: str) -> str:
    """The words for a category of failure; a category of another course is shown as it is."""
    return CATEGORY_TEXT.get(category) or category.replace("-", " ") or STATUS_TEXT["failed"]


def points(value: float) -> str:
    """Points with as many of two decimals as they need: 8, 7.5, 0.25."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def days(count: int) -> str:
    """`1 day`, `2 days`."""
    return f"{count} day" if count == 1 else f"{count} days"
