"""One lab of an nbgrader course from collected hand-ins to the gradebook: what `gradekit grade --nbgrader` does."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from nbformat import NotebookNode

from gradekit.intake import IntakeRules, Refused, Submission
from gradekit.platforms.nbgrader.gradebook import open_gradebook, released_notebook
from gradekit.platforms.nbgrader.layout import CourseFolder, open_course
from gradekit.platforms.nbgrader.submissions import Collected, read_collected
from gradekit.platforms.nbgrader.writing import GradebookWriter
from gradekit.records import Record
from gradekit.release.notebook import notebook_bytes
from gradekit.report.classreport import assemble
from gradekit.rubric import GradingConfig


@dataclass(frozen=True)
class Classroom:
    """The hand-ins of one lab that nbgrader has collected, and the way back into its gradebook."""

    folder: CourseFolder
    config: GradingConfig
    released: NotebookNode
    handins: tuple[Collected, ...]

    @property
    def entries(self) -> list[Submission | Refused]:
        """The hand-ins for grading, one per student."""
        return [handin.entry for handin in self.handins]

    @property
    def problems(self) -> list[str]:
        """What a person should mend in the course folder, one line each."""
        return [handin.problem for handin in self.handins if handin.problem]

    def write(
        self, records: Iterable[Record], titles: Mapping[str, str], hints: Mapping[str, tuple[str, str]]
    ) -> tuple[str, ...]:
        """Write the records of this class into the gradebook and `autograded/`; return nbgrader's ids of the students."""
        ids = {handin.entry.student: handin.student for handin in self.handins}
        mine = [record for record in records if record.student in ids]
        with open_gradebook(self.folder, self.config) as gradebook:
            writer = GradebookWriter(gradebook, self.folder, self.config, self.released)
            late, marks = writer.minutes_late(self.handins), writer.marks(self.handins)
            report = assemble(mine, self.config, titles, hints, minutes_late=late, marks=marks)
            writer.write(report, self.handins)
        return tuple(ids[record.student] for record in mine)


def open_classroom(path: Path, config: GradingConfig, rules: IntakeRules, db_url: str = "") -> Classroom:
    """Return what the nbgrader course at ``path`` has collected of the lab.

    Raises GradekitError, before anything is graded, where the lab was not released there, nothing was collected, or the
    gradebook does not fit the rubric.
    """
    folder = open_course(path, config.lab, db_url)
    released = released_notebook(folder, config)
    with open_gradebook(folder, config):
        pass
    stubs = {**rules.stubs, config.notebook: notebook_bytes(released).decode()}
    handins = read_collected(folder, replace(rules, stubs=stubs), released.cells)
    return Classroom(folder, config, released, tuple(handins))
