"""A course of two parts in a folder of its own: small enough to read, with everything that a release takes in."""

from __future__ import annotations

from gradekit.course import Course

CONFIG = """
from gradekit.rubric import Check, GradingConfig, Limits, Part

config = GradingConfig(
    lab="line",
    title="A straight line",
    files={"line.py": ("Line",), "fitting.py": ("fit",)},
    given={"loss.py": ("squared",), "plots.py": ("plot",)},
    notebook="line.ipynb",
    parts=(
        Part("line-forward", "Line, forward", 4, (
            Check("test_line_forward_value", 2, "public"),
            Check("test_line_forward_other_slopes", 2),
        ), file="line.py"),
        Part("line-backward", "Line, backward", 4, (Check("test_line_backward_value", 4, "public"),), file="line.py"),
        Part("fit", "Fitting", 2, (Check("test_fit", 2, "public"),), file="fitting.py"),
        Part("together", "All together", 1, (Check("test_together", 1, "public"),)),
        Part("why", "Why it works", 3, (), manual=True),
    ),
    limits={"unit": Limits(call_seconds=1, check_seconds=5)},
    submission_seconds=30,
    settings={"rtol": 1e-06},
)
"""

LINE = '''# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# ## The line
#
# $$ y = m x + c $$

# %%
import numpy as np


# %%
class Line:
    """A straight line."""

    def forward(self, x):
        """Slope times x plus offset.

        Check
            python -m pytest -k line_forward
        """
        ### BEGIN SOLUTION
        self.seen = np.asarray(x)  # kept for the way back
        return self.slope * self.seen + self.offset
        ### END SOLUTION
        raise NotImplementedError("TODO 1: Line.forward")

    def backward(self, grad_output):
        """The gradient of the slope.

        Check
            python -m pytest -k line_backward
        """
        ### BEGIN SOLUTION
        if grad_output is None:
            return None
        return float(np.dot(self.seen, grad_output))
        ### END SOLUTION
        raise NotImplementedError("TODO 2: Line.backward")
'''

FITTING = '''# %% [markdown]
# ## Fitting

# %% tags=["file-only"]
from line import Line
from loss import squared


# %%
def fit(x, y):
    """The line nearest to the points.

    Check
        python -m pytest -k fit
    """
    ### BEGIN SOLUTION
    best = Line()
    best.slope = squared(x - x.mean())
    return best
    ### END SOLUTION
    raise NotImplementedError("TODO 3: fit")


# %% tags=["file-only"]
if __name__ == "__main__":
    print("run")
'''

LOSS = '''# %% [markdown]
# ## The loss (given)


# %%
def squared(difference):
    """The mean square."""
    return (difference**2).mean()
'''

PLOTS = '''"""Pictures."""


def plot(line):
    """Nothing to see."""
    return line
'''

CHECKS = '''def test_line_forward_value(lab):
    """The value on the line is right."""
    assert lab.Line().forward([1.0]) is not None


def test_line_backward_value(lab):
    """The gradient is right."""
    assert lab.Line().backward([1.0]) is not None


def test_fit(lab):
    """The nearest line is found."""
    assert lab.fit([0.0, 1.0], [0.0, 1.0]) is not None


def test_together(lab):
    """All pieces work together."""
    assert lab.fit([0.0, 1.0], [0.0, 1.0]) is not None
'''

HIDDEN = '''def test_line_forward_other_slopes(lab):
    """Other slopes are right too."""
    assert lab.Line().forward([2.0]) is not None
'''

HANDOUT = """<!-- section: welcome; in: readme notebook-start -->
# {{ config.title }}

{% for row in rows %}
| {{ row.part.name }} | {{ row.todos | join(", ") }} | {{ row.command }} | {{ row.part.points | number }} |
{% endfor %}

<!-- section: tolerances -->
## Tolerances

Relative {{ settings.rtol | number }}.

<!-- section: rest; in: notebook-checks -->
## All together

<!-- section: talk; in: notebook-questions -->
## Discussion
"""

QUESTIONS = """<!-- question: why -->
### Why does it work?

Say why.

### BEGIN SOLUTION
Because the squares are smallest there.
### END SOLUTION

<!-- question: more -->
### And what else?

### BEGIN SOLUTION
Nothing else comes to mind.
### END SOLUTION
"""

FILES = {
    "grading_config.py": CONFIG,
    "solution/line.py": LINE,
    "solution/fitting.py": FITTING,
    "solution/loss.py": LOSS,
    "solution/plots.py": PLOTS,
    "solution/handout.en.md": HANDOUT,
    "solution/questions.md": QUESTIONS,
    "autograder/checks/public/test_line.py": CHECKS,
    "autograder/checks/hidden/test_line_hidden.py": HIDDEN,
    "datasets/__init__.py": '"""Points."""\n',
    "datasets/points.bin": "\x00\x01\x02",
}


def edit(course: Course, name: str, old: str, new: str) -> None:
    """Replace a text that occurs once in a file of the course."""
    path = course.root / name
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")
