"""Write scores and comments of a class into nbgrader's gradebook, and the notebooks that formgrader and feedback show.

A person's marks and comments are never changed: nbgrader prefers them, and asks for another look where the hand-in or
its automatic score is new.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from nbformat import NotebookNode
from nbgrader.api import MissingEntry
from nbgrader.utils import determine_grade

from gradekit.intake import Submission
from gradekit.platforms.nbgrader import feedback
from gradekit.platforms.nbgrader.gradebook import given_points, notebook_id
from gradekit.platforms.nbgrader.layout import SECRET, TIMESTAMP, CourseFolder, read_secret
from gradekit.platforms.nbgrader.notebook import Shown, assemble
from gradekit.platforms.nbgrader.source import cell_name
from gradekit.platforms.nbgrader.submissions import Collected, cell_id
from gradekit.release.notebook import notebook_bytes
from gradekit.release.publish import replace_folder
from gradekit.report.classreport import ClassReport, Result
from gradekit.report.findings import sections
from gradekit.rubric import GradingConfig
from gradekit.scoring import Marks

NO_RESPONSE = "No response."


@dataclass(frozen=True)
class GradebookWriter:
    """Writes hand-ins of one lab; ``released`` is the notebook that students were given."""

    gradebook: Any
    folder: CourseFolder
    config: GradingConfig
    released: NotebookNode

    def minutes_late(self, collected: Sequence[Collected]) -> Mapping[str, float]:
        """Return record id -> minutes after the due date in the gradebook, a student's extension included."""
        return {handin.entry.student: self._late(handin) for handin in collected}

    def marks(self, collected: Sequence[Collected]) -> Marks:
        """Return record id -> manual part -> what a person has given, of which a late penalty takes its share too."""
        return {handin.entry.student: self._marked(handin) for handin in collected}

    def write(self, report: ClassReport, collected: Sequence[Collected]) -> None:
        """Write every hand-in that the report knows: its notebook first, so that a broken-off run is simply repeated."""
        handins = {handin.entry.student: handin for handin in collected}
        for result in report.results:
            if result.record.student in handins:
                handin = handins[result.record.student]
                notebook = self._write_notebook(handin, report, result)
                self._write_scores(handin, notebook, report, result)

    def _find(self, handin: Collected) -> Any:
        try:
            return self.gradebook.find_submission(self.folder.lab, handin.student)
        except MissingEntry:
            return None

    def _late(self, handin: Collected) -> float:
        earlier = self._find(handin)
        dated = earlier or self.gradebook.find_assignment(self.folder.lab)
        due: datetime | None = dated.duedate
        if due is None or handin.timestamp is None:
            return 0.0
        return max(0.0, (handin.timestamp - due).total_seconds() / 60)

    def _marked(self, handin: Collected) -> Mapping[str, float]:
        earlier = self._find(handin)
        return given_points(earlier, self.config) if earlier else {}

    def _write_notebook(self, handin: Collected, report: ClassReport, result: Result) -> NotebookNode:
        """Write `autograded/STUDENT/LAB/`, all or nothing, with what nbgrader's next commands look for beside a notebook."""
        files = handin.entry.files if isinstance(handin.entry, Submission) else {}
        shown = Shown(feedback.summary(result), feedback.outputs(report, result))
        notebook = assemble(self.released, handin.cells, files, shown)
        target = self.folder.autograded(handin.student)
        stamp = f"{handin.timestamp:%Y-%m-%d %H:%M:%S.%f} UTC" if handin.timestamp else ""
        secret = read_secret(handin.folder, target)
        content = {TIMESTAMP: stamp.encode(), SECRET: secret.encode(), self.config.notebook: notebook_bytes(notebook)}
        replace_folder(target, content)
        return notebook

    def _write_scores(self, handin: Collected, notebook: NotebookNode, report: ClassReport, result: Result) -> None:
        gradebook, lab, student = self.gradebook, self.folder.lab, handin.student
        earlier = self._find(handin)
        renewed = earlier is None or earlier.timestamp != handin.timestamp
        gradebook.update_or_create_student(student)
        gradebook.update_or_create_submission(lab, student, timestamp=handin.timestamp)
        submitted = gradebook.find_submission_notebook(notebook_id(self.config), lab, student)
        cells = {name: cell for cell in notebook.cells if (name := cell_id(cell))}
        automatic = {cell_name(name): part for name, part in result.score.parts.items() if not part.part.manual}
        for grade in submitted.grades:
            if grade.name in automatic:
                doubtful = result.record.status == "ungradable"
                _set_score(grade, automatic[grade.name].points, renewed, needs_a_person=doubtful)
            elif grade.name in cells:
                points, _ = determine_grade(cells[grade.name])
                _set_score(grade, points, renewed, needs_a_person=points is None)
        comments = self._comments(report, result)
        for comment in submitted.comments:
            unanswered = comment.name in cells and _is_unanswered(cells[comment.name])
            comment.auto_comment = comments.get(comment.name, NO_RESPONSE if unanswered else None)
        submitted.late_submission_penalty = round(result.score.earned - result.score.total, 2) or None
        submitted.flagged = bool(submitted.flagged or result.flags)
        gradebook.db.commit()

    def _comments(self, report: ClassReport, result: Result) -> dict[str, str]:
        """Return solution cell -> what the parts say whose checks stand behind it, of parts that have a file."""
        if result.record.status != "graded":
            return {}
        told = {section.part.part.name: section for section in sections(result, report)}
        parts = {cell_name(name): part for name, part in result.score.parts.items() if part.part.file}
        texts: dict[str, list[str]] = {}
        solution = ""
        for cell in self.released.cells:
            name, mark = cell_id(cell), cell.metadata.get("nbgrader", {})
            if mark.get("solution") and not mark.get("grade"):
                solution = name
            elif name in parts and solution:
                texts.setdefault(solution, []).append(feedback.comment(parts[name], told.get(parts[name].part.name)))
        return {name: "\n\n".join(found) for name, found in texts.items()}


def _set_score(grade: Any, points: float | None, renewed: bool, needs_a_person: bool) -> None:
    changed = grade.auto_score != points
    grade.auto_score = points
    if grade.manual_score is None:
        grade.needs_manual_grade = needs_a_person
    elif renewed or changed:
        grade.needs_manual_grade = True


def _is_unanswered(cell: NotebookNode) -> bool:
    mark = cell.metadata["nbgrader"]
    return bool(mark["grade"] and mark["solution"] and determine_grade(cell)[0] == 0)
