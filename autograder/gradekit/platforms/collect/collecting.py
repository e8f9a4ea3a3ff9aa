"""A platform's download to a class folder that `gradekit grade` takes."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import MappingProxyType

from gradekit.errors import GradekitError
from gradekit.intake.download import Download, Entry, open_download, open_inside
from gradekit.platforms.collect.canvas import read_canvas
from gradekit.platforms.collect.git_clones import read_git_clones
from gradekit.platforms.collect.gradescope_export import read_gradescope
from gradekit.platforms.collect.handin import HandIn
from gradekit.platforms.collect.matching import Seat, seat_class
from gradekit.platforms.collect.moodle import read_moodle
from gradekit.platforms.collect.people import Roster
from gradekit.platforms.collect.writing import clear_leftovers, write_handin
from gradekit.records import write_atomically
from gradekit.report.classlist import LATE_NAME, NAME, ClassList, Member, read_class_list, write_class_list
from gradekit.report.escape import csv_cell
from gradekit.rubric import GradingConfig
from gradekit.scoring import read_late_file


def _of_entries(read: Callable[[Sequence[Entry]], list[HandIn]]) -> Callable[[Download], list[HandIn]]:
    return lambda download: read(download.entries)


LAYOUTS: Mapping[str, Callable[[Download], list[HandIn]]] = MappingProxyType(
    {
        "moodle": _of_entries(read_moodle),
        "gradescope": _of_entries(read_gradescope),
        "git": read_git_clones,
        "canvas": _of_entries(read_canvas),
    }
)


@dataclass(frozen=True)
class Collected:
    """What one run of `collect` did.

    `seats` are the students of this download and roster, `minutes` those who are late, in minutes after the deadline,
    `remarks` what was left out, by student ("" is the download itself), `kept` how many more the folder held before.
    """

    class_list: ClassList
    seats: tuple[Seat, ...]
    minutes: Mapping[str, float]
    remarks: tuple[tuple[str, str], ...]
    kept: int


def collect(
    source: Path, out: Path, config: GradingConfig, roster: Roster | None, platform: str, deadline: datetime | None
) -> Collected:
    """Write the hand-ins of `source` below `out`, with the class list and who was late.

    `platform` is a key of `LAYOUTS`, or "" to tell it by the names. In a class folder that was collected before, the
    students of this download are replaced and the others kept. Raises GradekitError when nothing can be collected.
    """
    platform, handins, remarks = _read(source, config, platform)
    before = _earlier(out)
    seats, warnings = seat_class(handins, roster, platform)
    remarks += [("", warning) for warning in warnings]
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise GradekitError(f"{out}: cannot be made ({error.strerror}).") from error
    clear_leftovers(out)
    for seat in seats:
        if seat.handin is not None:
            remarks += [(seat.student, text) for text in write_handin(seat.handin, out / seat.student, config.intake)]
    minutes = {}
    for seat in seats:
        late, remark = _minutes_late(seat, deadline, config)
        if late:
            minutes[seat.student] = late
        if remark:
            remarks.append((seat.student, remark))
    remarks += [("", text) for text in _unknown_times(platform, seats, roster, deadline)]
    class_list, kept = _class_list(platform, seats, roster, before)
    write_class_list(class_list, out)
    _write_late(out / LATE_NAME, {seat.student for seat in seats if seat.handin is not None}, minutes)
    return Collected(class_list, tuple(seats), minutes, tuple(remarks), kept)


def _read(source: Path, config: GradingConfig, platform: str) -> tuple[str, list[HandIn], list[tuple[str, str]]]:
    download = open_download(source.resolve(), config.intake)
    layouts = {platform: LAYOUTS[platform]} if platform else LAYOUTS
    for candidate in (download, open_inside(download, config.intake)):
        if candidate is None:
            continue
        for name, layout in layouts.items():
            handins = layout(candidate)
            if handins:
                sources = len({handin.source for handin in handins})
                others = len(candidate.entries) - sources if name == "git" else 0
                remarks = [("", remark) for remark in candidate.remarks]
                if others:
                    remarks.append(("", f"left out, being no clones: {others}"))
                return name, handins, remarks
    known = platform or "Moodle, Canvas or Gradescope, nor a folder of Git clones"
    raise GradekitError(
        f"{source}: holds no hand-ins as they come from {known}. "
        "A plain folder of hand-ins, one per student, needs no collecting: give it to `gradekit grade`."
    )


def _earlier(out: Path) -> ClassList | None:
    if (out / NAME).is_file():
        return read_class_list(out)
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise GradekitError(f"{out}: exists and is no class folder of `gradekit collect`. Choose another folder.")
    return None


def _minutes_late(seat: Seat, deadline: datetime | None, config: GradingConfig) -> tuple[float, str]:
    """Minutes after the deadline, and what an assistant should look at; a late mark without a time counts as one day."""
    handin, person = seat.handin, seat.person
    if handin is None:
        return 0.0, ""
    submitted = _submitted(seat)
    told = handin.minutes_late if handin.minutes_late is not None else (person.minutes_late if person else None)
    if deadline is not None and submitted is not None:
        return max(0.0, round((submitted - deadline).total_seconds() / 60, 2)), ""
    if told is not None:
        return round(told, 2), ""
    if handin.late:
        return config.late.grace_minutes + 1.0, f"late, but not by how much: counted as one day, see {LATE_NAME}"
    return 0.0, ""


def _unknown_times(
    platform: str, seats: Sequence[Seat], roster: Roster | None, deadline: datetime | None
) -> Iterator[str]:
    """What keeps late hand-ins from being known; Canvas marks them itself."""
    if platform == "canvas":
        return
    handed = [seat for seat in seats if seat.handin is not None]
    timed = [seat for seat in handed if _submitted(seat) is not None]
    if platform == "moodle" and (roster is None or roster.platform != "moodle"):
        yield "who was late is not known: give Moodle's grading worksheet as --roster"
    elif platform != "moodle" and deadline is None:
        yield "who was late is not known: give the --deadline"
    elif deadline is not None and len(timed) < len(handed):
        yield f"counted as in time, because nothing tells when they were handed in: {len(handed) - len(timed)}"


def _submitted(seat: Seat) -> datetime | None:
    return (seat.handin.submitted if seat.handin else None) or (seat.person.submitted if seat.person else None)


def _class_list(
    platform: str, seats: Sequence[Seat], roster: Roster | None, before: ClassList | None
) -> tuple[ClassList, int]:
    """The class list of this download; students whom only an earlier one had stay on it."""
    members = {seat.student: _member(seat) for seat in seats}
    kept = [member for member in (before.members if before else ()) if member.student not in members]
    earlier = before.by_student if before else {}
    for student, member in members.items():
        if not member.source and student in earlier:  # this download has nothing of them, an earlier one had
            old = earlier[student]
            members[student] = Member(**{**member.__dict__, "source": old.source, "attempts": old.attempts})
    fits = roster is not None and roster.platform == platform
    class_list = ClassList(
        platform,
        tuple(sorted([*members.values(), *kept], key=lambda member: member.student)),
        roster.columns if roster and fits else before.columns if before else (),
        roster.assignment if roster and fits else before.assignment if before else "",
        roster.maximum if roster and fits else before.maximum if before else None,
    )
    return class_list, len(kept)


def _member(seat: Seat) -> Member:
    person, handin = seat.person, seat.handin
    return Member(
        seat.student,
        name=(person.name if person else "") or (handin.name if handin else ""),
        email=(person.email if person else "") or (handin.email if handin else ""),
        number=(handin.number if handin else "") or (person.number if person else ""),
        login=(person.login if person else "") or (handin.login if handin else ""),
        row=person.row if person else (),
        source=handin.source if handin else "",
        attempts=seat.attempts,
    )


def _write_late(path: Path, students: set[str], minutes: Mapping[str, float]) -> None:
    """Who is late, for `gradekit report --late`; lines of students who are not in this download stay as they are."""
    earlier = read_late_file(path) if path.exists() else {}
    late = {**{student: late for student, late in earlier.items() if student not in students}, **minutes}
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow(["student", "minutes"])
    writer.writerows([csv_cell(student), f"{amount:g}"] for student, amount in sorted(late.items()))
    write_atomically(path, buffer.getvalue().encode())
