"""Run the public checks of a hand-out folder in this process, as a student does, and say in plain data what came out."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import pytest

from gradekit.checkkit.handout import Handout, read_handout

_SLOW = ("mnist", "xor", "linear_data")


@dataclass(frozen=True)
class CheckResult:
    """One public check: its part, its title, "passed", "failed" or "to do", and the text that explains a failure."""

    part: str
    title: str
    status: str
    text: str

    @property
    def passed(self) -> bool:
        """Whether the check passed."""
        return self.status == "passed"


class _Collector:
    """Keeps what pytest says of each check."""

    def __init__(self, handout: Handout) -> None:
        self.results: list[CheckResult] = []
        self._handout = handout

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Run the checks in the order of the rubric."""
        order = {name: index for index, name in enumerate(self._handout.checks)}
        items.sort(key=lambda item: order.get(item.name, len(order)))

    # outermost, so that it sees what the hand-out's own plugin made of the report
    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_makereport(self, item: pytest.Item, call: pytest.CallInfo[None]):  # type: ignore[no-untyped-def]
        """Turn the report of a check's call, or of a failed set-up, into a result."""
        report = yield
        if call.when == "call" or report.failed:
            status, text = ("passed", "") if report.passed else ("failed", _short(str(report.longrepr)))
            if call.excinfo is not None and isinstance(call.excinfo.value, NotImplementedError):
                status, text = "to do", f"{call.excinfo.value} is still to be written."
            title = ((getattr(item, "function", None).__doc__ or item.name).strip().splitlines() or [item.name])[0]
            self.results.append(CheckResult(self._handout.part_of(item.name), title, status, text))
        return report


def run_public_checks(folder: Path, keyword: str = "", training: bool = True) -> list[CheckResult]:
    """Run the checks in ``folder``/checks that match ``keyword`` (as in pytest -k), and return their results in order."""
    expression = keyword
    if not training:
        slow = " and ".join(f"not {name}" for name in _SLOW)
        expression = f"({keyword}) and {slow}" if keyword else slow
    collector = _Collector(read_handout(folder / "checks"))
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    quiet = [argument for name in ("cacheprovider", "terminal") for argument in ("-p", f"no:{name}")]
    pytest.main([*quiet, "--rootdir", str(folder), "-k", expression, str(folder)], plugins=[collector])
    return collector.results


def _short(text: str) -> str:
    """Leave out the first line (the title, shown already) and the empty lines around."""
    first, _, rest = text.partition("\n")
    return (rest if rest.startswith("\n") else text).strip("\n") or first
