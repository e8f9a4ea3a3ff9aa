"""`gradekit collect`: a course platform's download to a class folder that `gradekit grade` takes."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich import box
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from gradekit.cli.output import HERE, CourseOption, console, error_console
from gradekit.course import Course
from gradekit.errors import GradekitError
from gradekit.intake import Refused, discover
from gradekit.platforms.collect import LAYOUTS, Collected, collect, read_roster
from gradekit.report.escape import terminal
from gradekit.running.grade import intake_rules

_MINUTES_PER_DAY = 24 * 60


def collect_command(
    download: Annotated[
        Path,
        typer.Argument(
            help="What the platform gave: a zip of all submissions, the folder it was unpacked to, or a folder of Git clones."
        ),
    ],
    out: Annotated[Path, typer.Option("--out", "-o", help="The class folder to write or to add to.")] = Path("class"),
    roster: Annotated[
        Path | None,
        typer.Option(
            help="CSV file of the class: Moodle's grading worksheet, Canvas's gradebook, or any list with `student`, "
            "`name`, `email` or `login`."
        ),
    ] = None,
    deadline: Annotated[
        str, typer.Option(help='When hand-ins were due, like "2026-11-20 23:59"; without a zone in this machine\'s.')
    ] = "",
    platform: Annotated[
        str, typer.Option("--from", help=f"Where it comes from: {', '.join(LAYOUTS)}.", show_default="by its names")
    ] = "",
    assignment: Annotated[
        str, typer.Option(help="Title or id of the assignment's column in Canvas's gradebook, where there are several.")
    ] = "",
    course: CourseOption = HERE,
) -> None:
    """Sort a platform's download into one folder per student, and keep who is who and who was late.

    Grade the folder with `gradekit grade OUT`, give the grades back with `gradekit report --class OUT --format moodle`
    or `canvas`. A download that comes later may go into the same folder: its students are replaced, the others kept.
    """
    if platform and platform not in LAYOUTS:
        raise GradekitError(f"--from {platform!r}: there is no such platform; choose {', '.join(LAYOUTS)}.")
    found = Course.find(course)
    config = found.config
    listed = read_roster(roster, assignment, (config.title, config.lab)) if roster else None
    collected = collect(download, out, config, listed, platform, read_time(deadline))
    entries = discover([out], intake_rules(found)) if any(out.iterdir()) else []
    refused = {entry.student: entry.reason for entry in entries if isinstance(entry, Refused)}
    console().print(_table(collected, refused))
    for student, remark in collected.remarks:
        line = Text(f"{terminal(student)}: " if student else "", style="bold").append(
            terminal(remark), "not bold yellow"
        )
        error_console().print(line, soft_wrap=True)
    console().print(_summary(collected, refused, out))


def read_time(text: str) -> datetime | None:
    """The deadline with its zone; a day alone is refused, because it is not clear whether it begins or ends then."""
    if not text:
        return None
    text = text.strip()
    try:
        if ":" not in text:
            raise ValueError
        return datetime.fromisoformat(text[:-1] + "+00:00" if text.endswith("Z") else text).astimezone()
    except (ValueError, OverflowError, OSError):
        raise GradekitError(f'--deadline {text!r}: is no day and time; write it like "2026-11-20 23:59".') from None


def _table(collected: Collected, refused: dict[str, str]) -> RenderableType:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column("student", max_width=28, no_wrap=True, overflow="ellipsis")
    table.add_column("name", max_width=28, no_wrap=True, overflow="ellipsis")
    table.add_column("late", justify="right", no_wrap=True)
    table.add_column("attempts", justify="right")
    table.add_column("hand-in", overflow="fold")
    members = collected.class_list.by_student
    for seat in collected.seats:
        if seat.handin is None:
            hand_in = Text("nothing", style="yellow")
        elif seat.student in refused:
            hand_in = Text(terminal(refused[seat.student]), style="red")
        else:
            hand_in = Text("can be graded", style="green")
        table.add_row(
            Text(terminal(seat.student)),
            Text(terminal(members[seat.student].name)),
            _late(collected.minutes.get(seat.student, 0.0)),
            str(seat.attempts or ""),
            hand_in,
        )
    return table


def _late(minutes: float) -> Text:
    days, rest = divmod(round(minutes), _MINUTES_PER_DAY)
    hours, minutes = divmod(rest, 60)
    amounts = ((days, "d"), (hours, "h"), (minutes, "min"))
    return Text(" ".join(f"{amount:g} {unit}" for amount, unit in amounts if amount), style="yellow")


def _summary(collected: Collected, refused: dict[str, str], out: Path) -> RenderableType:
    handed = [seat for seat in collected.seats if seat.handin is not None]
    unusable = sum(seat.student in refused for seat in handed)
    counts = [
        (len(handed), f"collected from {collected.class_list.platform.capitalize()}"),
        (unusable, "cannot be graded as they are"),
        (len(collected.seats) - len(handed), "handed in nothing"),
        (len(collected.minutes), "late"),
        (collected.kept, "kept from before"),
    ]
    told = ", ".join(f"{count} {what}" for count, what in counts if count)
    where = terminal(str(out))
    return Group(Text(told, style="bold"), Text(f"Next: gradekit grade {where} --out grades", overflow="fold"))
