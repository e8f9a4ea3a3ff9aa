"""The pages on which an assistant marks, in a real browser."""

from __future__ import annotations

import contextlib
import re
import secrets
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from nbgrader.api import Gradebook
from nbgrader_runs import LAB, POINTS, NbgraderCourse
from system_tools import needed

EXTENSION = "nbgrader.server_extensions.formgrader"
FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update", "--window-size=1200,1100"),
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    "--virtual-time-budget=15000",
)

Visit = Callable[[str], BeautifulSoup]


@pytest.fixture(scope="module")
def address(graded: NbgraderCourse) -> Iterator[Callable[[str], str]]:
    """A Jupyter server with nbgrader's formgrader on the loopback address: page -> URL."""
    needed("chromium", "chromium")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    token = secrets.token_hex(16)
    command = [
        *(sys.executable, "-m", "jupyter_server", "--no-browser", "--allow-root", "--ip=127.0.0.1", f"--port={port}"),
        *(f"--IdentityProvider.token={token}", f"--ServerApp.jpserver_extensions={{'{EXTENSION}': True}}"),
    ]
    log = graded.home / "jupyter.log"
    with log.open("wb") as output:
        server = subprocess.Popen(
            command, cwd=graded.folder, env=graded.environment, stdout=output, stderr=subprocess.STDOUT
        )
        try:
            _await(f"http://127.0.0.1:{port}/api/status?token={token}", server, log)
            # a cookie that is set by a page of formgrader's own would not be sent with what that page asks for
            yield lambda page: f"http://127.0.0.1:{port}/login?token={token}&next=%2Fformgrader%2F{page}"
        finally:
            server.terminate()
            server.wait(30)


def _await(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and server.poll() is None:
        with contextlib.suppress(urllib.error.URLError, ConnectionError), urllib.request.urlopen(url, timeout=5):  # noqa: S310
            return
        time.sleep(0.2)
    raise AssertionError(log.read_text())


@pytest.fixture(scope="module")
def visit(address: Callable[[str], str], tmp_path_factory: pytest.TempPathFactory) -> Visit:
    """Open a page of formgrader in the browser and return what its scripts have made of it; keep a picture."""
    browser = needed("chromium", "chromium")

    def open_page(page: str) -> BeautifulSoup:
        folder = tmp_path_factory.mktemp("chromium")
        picture = folder / "page.png"
        options = [*FLAGS, f"--user-data-dir={folder / 'profile'}", f"--screenshot={picture}", "--dump-dom"]
        done = subprocess.run([browser, *options, address(page)], capture_output=True, text=True, timeout=110)
        assert done.returncode == 0, done.stderr
        assert picture.stat().st_size > 0
        return BeautifulSoup(done.stdout, "html.parser")

    return open_page


def test_the_class_is_shown_as_autograded_with_its_scores(visit: Visit):
    page = visit(f"manage_submissions/{LAB}")
    rows = [[cell.get_text(" ", strip=True) for cell in row.find_all("td")] for row in page.select("tbody tr")]
    shown = {row[1]: (row[3], row[4]) for row in rows}
    assert shown.keys() == POINTS.keys()
    finished = {"student-003, “Ü” 測試", "student-004"}  # who wrote nothing that a person could mark
    for student, points in POINTS.items():
        status, score = shown[student]
        assert status == ("graded" if student in finished else "needs manual grading")
        assert float(score.split("/")[0]) == points
        assert float(score.split("/")[1]) == 15


def submission_page(course: NbgraderCourse, student: str) -> str:
    with Gradebook(course.gradebook_url(), "course") as gradebook:
        return f"submissions/{gradebook.find_submission_notebook('regression', LAB, student).id}/"


def test_an_assistant_sees_scores_findings_and_the_answer_to_mark(graded: NbgraderCourse, visit: Visit):
    page = visit(submission_page(graded, "student-002"))
    text = page.get_text(" ", strip=True)
    assert "0 of 6 points" in text and "the values are wrong" in text
    assert "They are smallest there." in text
    boxes = page.select("input.score")
    assert len(boxes) == 3
    comments = [box.get("placeholder") or box.get_text() for box in page.select("textarea.comment")]
    assert any("Gradient: 0 of 6 points" in comment for comment in comments)


def test_what_a_student_wrote_runs_no_script_in_the_assistants_browser(graded: NbgraderCourse, visit: Visit):
    page = visit(submission_page(graded, "student-008"))
    assert "Convexity." in page.get_text()
    assert page.title is not None and "taken over" not in page.title.get_text()
    assert not [tag for tag in page.find_all("img") if tag.get("onerror")]
    assert not [tag for tag in page.find_all("script") if re.search("taken over", tag.get_text())]
