"""Draw docs/graded-class.svg: `gradekit grade` on the sample class, as a terminal shows it. Run: python docs/terminal_picture.py"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.text import Text

ROOT = Path(__file__).resolve().parent.parent
SAMPLE_CLASS = "autograder/corpus/sample-class"
COLUMNS = "142"


def main() -> None:
    """Grade the class, then record the printed table."""
    with tempfile.TemporaryDirectory() as out:
        base = [sys.executable, "-m", "gradekit.cli.app"]
        subprocess.run(
            [*base, "grade", SAMPLE_CLASS, "--out", out, "--seed", "1", "--format", "none"], cwd=ROOT, check=True
        )
        environment = {**os.environ, "COLUMNS": COLUMNS, "FORCE_COLOR": "1", "TERM": "xterm-256color"}
        report = [*base, "report", out, "--format", "table"]
        printed = subprocess.run(report, cwd=ROOT, env=environment, capture_output=True, text=True, check=True).stdout
        shown = printed.partition("\nWritten:")[0].replace(out, "grades")
    console = Console(record=True, width=int(COLUMNS), file=open(os.devnull, "w"))  # noqa: PTH123, SIM115
    console.print(f"$ gradekit grade {SAMPLE_CLASS}", style="bold")
    console.print(Text.from_ansi(shown))
    console.save_svg(str(ROOT / "docs" / "graded-class.svg"), title="gradekit")


if __name__ == "__main__":
    main()
