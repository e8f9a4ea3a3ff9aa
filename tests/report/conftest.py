"""The sample class, scored."""

from __future__ import annotations

import pytest
from report_samples import CLASS, CONFIG, HINTS, MARKS, MINUTES_LATE, TITLES

from gradekit.report import assemble


@pytest.fixture
def report():
    return assemble(CLASS, CONFIG, TITLES, HINTS, minutes_late=MINUTES_LATE, marks=MARKS)
