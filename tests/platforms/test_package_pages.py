"""The commands of the pages on Gradescope, GitHub and GitLab, run one after the other in the tiny lab's course."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from workflow_runs import LAB, RIGHT, WRONG_GRADIENT

PAGES = Path(__file__).parents[2] / "docs" / "platforms"
WRITTEN = {
    "gradescope": ["dist/gradescope.zip", "grades/gradescope/student-002.json"],
    "github": ["dist/github/grading/fetch.sh", "result/github/summary.md", "dist/classroom50/autograder.py"],
    "gitlab": ["dist/gitlab/student/.gitlab-ci.yml", "grades/records/student-001.json"],
}


@pytest.mark.parametrize("name", WRITTEN)
def test_the_commands_of_the_page_work(name: str, tmp_path: Path, run_command: Callable[[str, Path], str]) -> None:
    page = (PAGES / f"{name}.md").read_text(encoding="utf-8")
    blocks = re.findall(r"<!-- run: course -->\n```sh\n(.*?)```", page, flags=re.DOTALL)
    assert len(blocks) == page.count("```sh")
    course = Path(shutil.copytree(LAB, tmp_path / "course"))
    for student, text in (("student-001", RIGHT), ("student-002", WRONG_GRADIENT)):
        (course / "class" / student).mkdir(parents=True)
        (course / "class" / student / "regression.py").write_text(text)
    for command in "".join(blocks).splitlines():
        run_command(command, course)
    for written in WRITTEN[name]:
        assert (course / written).exists(), written
