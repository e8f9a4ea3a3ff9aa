"""Everything in the README and on the lecturers' page is run: commands, links, pictures; and the site is built."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = ("README.md", "docs/lecturers.md")


def blocks(page: str) -> list[tuple[str, str]]:
    text = (ROOT / page).read_text(encoding="utf-8")
    return re.findall(r"<!-- run: (\w+) -->\n```sh\n(.*?)```", text, flags=re.DOTALL)


COMMANDS = [(where, line) for page in PAGES for where, block in blocks(page) for line in block.splitlines()]


@pytest.mark.parametrize("page", PAGES)
def test_every_block_of_commands_says_where_it_is_run(page: str) -> None:
    assert len(blocks(page)) == (ROOT / page).read_text(encoding="utf-8").count("```sh")
    assert {where for where, _ in blocks(page)} <= {"make", "handout", "course"}


@pytest.mark.parametrize(
    ("where", "command"), dict.fromkeys(pair for pair in COMMANDS if pair[0] != "make"), ids=lambda value: value
)
def test_the_commands_of_the_pages_work(
    where: str, command: str, request: pytest.FixtureRequest, run_command: Callable[[str, Path], str]
) -> None:
    run_command(command, request.getfixturevalue(where))


@pytest.mark.parametrize("command", [line for where, line in COMMANDS if where == "make"])
def test_the_two_commands_are_targets_of_the_makefile(command: str) -> None:
    done = subprocess.run([*command.split(), "--dry-run"], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0
    assert "gradekit" in done.stdout or "pytest" in done.stdout


@pytest.mark.parametrize("page", ["README.md", *(str(page.relative_to(ROOT)) for page in ROOT.glob("docs/**/*.md"))])
def test_links_and_pictures_lead_to_files_that_exist(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    for target in re.findall(r"\]\((?!https?:)([^)#]+)", text):
        assert ((ROOT / page).parent / target).is_file(), target


def test_the_site_is_built_and_every_link_in_it_leads_somewhere(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "docs", tmp_path / "docs")
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    command = [sys.executable, "-m", "zensical", "build", "--strict"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
    settings = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    pages = re.findall(r": (\S+)\.md$", settings, flags=re.MULTILINE)
    assert {page.relative_to(ROOT / "docs").with_suffix("").as_posix() for page in ROOT.glob("docs/**/*.md")} == set(
        pages
    )
    for page in pages:
        assert (tmp_path / "site" / page.removesuffix("index") / "index.html").is_file(), page
