"""The printed and the written result of `gradekit verify`, and the draw of what a verification grades."""

from __future__ import annotations

import itertools
import json
import os
import subprocess
import sys
from dataclasses import replace

import pytest
from verify_runs import CATALOGUE, LAB, tiny_course

from gradekit.course import Course
from gradekit.diagnosis import load_catalogue, overlap
from gradekit.errors import GradekitError
from gradekit.quality.chaffs import pair_chaffs, single_chaffs
from gradekit.quality.finding import amount, share
from gradekit.quality.grading import REFERENCE, fast_checks, lost_points, read_corpus, slow_checks
from gradekit.quality.page import BEGIN, END, bound_text, count_text, figure_text, result_text, write_result
from gradekit.quality.plan import Plan
from gradekit.quality.verify import Stage, Verification
from gradekit.records import Outcome, Status
from gradekit.rubric import Check, GradingConfig, Limits, Part, Quality
from gradekit.scoring import CheckScore

PLAN = Plan.everything(Quality(pairs=3), seed=5)


def command(course: Course, *arguments: str) -> subprocess.CompletedProcess[str]:
    """`gradekit verify` as a user runs it, in a window wide enough for every line."""
    line = [sys.executable, "-m", "gradekit.cli.app", "verify", *arguments]
    environment = {**os.environ, "COLUMNS": "200"}
    return subprocess.run(line, cwd=course.root, capture_output=True, text=True, timeout=300, env=environment)


def test_the_command_ends_non_zero_names_the_miss_and_writes_the_page(tmp_path):
    paid = (CATALOGUE, "return -x @ weight", "return x @ weight")
    course = tiny_course(tmp_path, paid, quality="quality=Quality(pairs=0, repeats=5, slow_repeats=0)")
    page = tmp_path / "page.md"
    page.write_text(f"before\n{BEGIN}\nold\n{END}\nafter\n")
    done = command(course, "--full", "--report", str(page))
    assert done.returncode == 1
    assert "single mistakes refused: predict-negated: loses nothing in predict" in done.stderr
    [row] = [line.split() for line in done.stdout.splitlines() if line.startswith("single mistakes refused")]
    assert row == ["single", "mistakes", "refused", "75", "%", "3", "of", "4", "at", "least", "100", "%", "missed"]
    assert "(the full form)" in done.stdout
    text = page.read_text()
    assert text.startswith(f"before\n{BEGIN}\n\n")
    assert text.endswith(f"\n\n{END}\nafter\n")
    assert "old" not in text
    assert "`gradekit verify --full`" in text
    assert "| single mistakes refused | 75 % | 3 of 4 | at least 100 %, **missed** |" in text
    assert "- predict-negated: loses nothing in predict" in text
    assert str(tmp_path) not in text


def test_machines_get_every_finding_with_its_bound(tmp_path):
    course = tiny_course(tmp_path, quality="quality=Quality(pairs=10, repeats=4, slow_repeats=0, wrong_part=1.5)")
    done = command(course, "--json", "--seed", "3")
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout)
    assert (result["passed"], result["form"], result["seed"]) == (True, "quick", 3)
    assert done.stderr.splitlines() == [f"{stage['title']}: {stage['gradings']} gradings" for stage in result["stages"]]
    found = {finding["name"]: finding for finding in result["findings"]}
    assert found["wrong_part"] == {
        "name": "wrong_part",
        "what": "points charged to a wrong part",
        "figure": 0,
        "bound": 1.5,
        "bound_is": "most",
        "right": 2,
        "total": 2,
        "passed": True,
        "misses": [],
    }
    assert {finding["bound_is"] for finding in result["findings"]} == {"least", "most"}
    assert sum(stage["gradings"] for stage in result["stages"]) == found["internal_errors"]["total"]


def test_figures_are_never_rounded_up_to_their_bound():
    almost = share("chaffs", "x", 1.0, ["one"], 2001)
    assert not almost.passed
    assert (figure_text(almost), bound_text(almost), count_text(almost)) == ("99.9 %", "at least 100 %", "2000 of 2001")
    nothing = share("chaffs", "x", 1.0, [], 0)
    assert nothing.passed
    assert (figure_text(nothing), count_text(nothing)) == ("-", "nothing to measure")
    points = amount("wrong_part", "x", 2, 2.5, ["one"], 10)
    assert not points.passed
    assert (figure_text(points), bound_text(points)) == ("2.5", "at most 2")
    assert share("chaffs", "x", 0.57, ["?"] * 43, 100).passed
    assert figure_text(share("chaffs", "x", 0.57, ["?"] * 43, 100)) == "57 %"


def test_a_page_without_markers_is_left_alone(tmp_path):
    text = result_text(Verification(PLAN, (), (Stage("x", 1, 30.0),)), "gradekit verify", "2026-01-31")
    assert text.startswith("2026-01-31, `gradekit verify`: 1 gradings")
    page = tmp_path / "page.md"
    page.write_text(f"{END}{BEGIN}")
    with pytest.raises(GradekitError, match="between the lines"):
        write_result(page, text)
    assert page.read_text() == f"{END}{BEGIN}"
    with pytest.raises(GradekitError, match="cannot be read"):
        write_result(tmp_path / "none.md", text)


def test_pairs_are_drawn_among_those_that_go_together_the_same_for_the_same_seed():
    course = Course(LAB)
    catalogue = load_catalogue(course.misconceptions)
    [reference] = read_corpus(course, {REFERENCE: course.solution})
    possible = [pair for pair in itertools.combinations(catalogue, 2) if pair[0].part != pair[1].part]
    drawn = [pair_chaffs(catalogue, reference, Plan.everything(Quality(pairs=3), seed)) for seed in (5, 5, 6, 7, 8)]
    names = [[chaff.handin.student for chaff in chaffs] for chaffs in drawn]
    assert names[0] == names[1]
    assert len({tuple(entry) for entry in names}) > 1
    for chaffs in drawn:
        assert len({chaff.names for chaff in chaffs}) == 3
        assert all(chaff.mistakes in possible and not overlap(*chaff.mistakes) for chaff in chaffs)
    everything = pair_chaffs(catalogue, reference, Plan.everything(Quality(pairs=1000), seed=5))
    assert len(everything) == len(possible)
    assert {len(chaff.parts) for chaff in everything} == {2}
    texts = {chaff.handin.files["regression.py"] for chaff in [*everything, *single_chaffs(catalogue, reference)]}
    assert len(texts) == len(everything) + len(catalogue)


def test_a_sample_holds_a_tenth_and_at_least_one():
    plan = Plan.sample(Quality(), seed=5)
    items = list(range(225))
    chosen = plan.chosen(items, "mistakes")
    assert len(chosen) == 22
    assert chosen == sorted(set(chosen))
    assert chosen == plan.chosen(items, "mistakes") != plan.chosen(items, "mutants")
    assert len(plan.chosen([1], "mistakes")) == 1
    assert plan.chosen([], "mistakes") == []
    seeds = list(itertools.islice(plan.seeds("repeats"), 2000))
    assert len(set(seeds)) == 2000


def test_checks_that_need_a_slow_one_are_slow_and_slow_ones_bring_what_they_need():
    checks = (
        Check("test_a", 1),
        Check("test_b", 1, requires=("test_a",)),
        Check("test_c", 1, requires=("test_b",), limits="long"),
        Check("test_d", 1, requires=("test_c",)),
        Check("test_e", 1),
    )
    limits = {"unit": Limits(1, 1), "long": Limits(9, 9)}
    part = Part("part", "Part", 5, checks, file="a.py")
    config = GradingConfig("x", "X", {"a.py": ("f",)}, {}, "", (part,), limits, 60, {}, quality=Quality(slow=("long",)))
    assert fast_checks(config) == ("test_a", "test_b", "test_e")
    assert slow_checks(config) == ("test_a", "test_b", "test_c", "test_d")


def test_what_did_not_run_is_lost_with_the_check_that_it_needs():
    config = Course(LAB).config
    gate, prize = Check("test_gate", 0), Check("test_prize", 10, requires=("test_gate",), limits="long")
    part = Part("part", "Part", 10, (gate, prize), file="regression.py")
    config = replace(config, parts=(part,))

    def marks(status: Status) -> dict[str, CheckScore]:
        return {"test_gate": CheckScore(gate, Outcome(check="test_gate", part="part", status=status), 0.0)}

    assert lost_points(marks("failed"), marks("passed"), config) == {"part": 10.0}
    assert lost_points(marks("passed"), marks("passed"), config) == {}
    assert lost_points(marks("failed"), marks("failed"), config) == {}
