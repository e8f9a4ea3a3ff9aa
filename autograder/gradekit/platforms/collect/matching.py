"""Whose hand-in is it? By the platform's number, by e-mail or login, and last by a name that only one student has."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timezone

from gradekit.errors import GradekitError, IntakeError
from gradekit.intake.discovery import folder_id
from gradekit.intake.names import shown, student_id, twin_key
from gradekit.platforms.collect.handin import HandIn
from gradekit.platforms.collect.people import Person, Roster

_LONG_AGO = datetime.min.replace(tzinfo=timezone.utc)


@dataclass(frozen=True)
class Seat:
    """One student of the class: the id, the line of the list, and the hand-in that counts, where there are any."""

    student: str
    person: Person | None = None
    handin: HandIn | None = None
    attempts: int = 0


def seat_class(handins: Sequence[HandIn], roster: Roster | None, platform: str) -> tuple[list[Seat], list[str]]:
    """The class in the order of the ids, and what an assistant should know; raises GradekitError for twin ids."""
    people = roster.people if roster else ()
    own_number = roster is not None and roster.platform == platform
    students = _students(roster)
    taken = {twin_key(student): "" for student in students}
    warnings: list[str] = []
    matched = _matched(handins, people, platform, own_number)
    if roster is not None and own_number and not any(at is not None for at in matched):
        raise GradekitError(f"{roster.path}: none of the hand-ins is on this list; is it the list of this assignment?")
    of_person: dict[int, list[HandIn]] = defaultdict(list)
    of_nobody: dict[str, list[HandIn]] = defaultdict(list)
    for handin, at in zip(handins, matched, strict=True):
        if at is not None:
            of_person[at].append(handin)
            if own_number and platform == "canvas" and not _same_person(people[at].name, handin.name):
                warnings.append(f"{shown(handin.source)} has the number of {shown(people[at].name)} but another name")
        else:
            student = _own_id(handin, platform, taken)
            of_nobody[student].append(handin)
    if roster is not None:
        warnings += [
            f"{shown(handed[0].source)} is not in {shown(roster.path.name)}; collected as {student}"
            for student, handed in of_nobody.items()
        ]
    handed_in = [*((students[at], handed) for at, handed in of_person.items()), *of_nobody.items()]
    for student, handed in handed_in:
        who = dict.fromkeys(shown(handin.email or handin.name or handin.source) for handin in handed)
        if len(who) > 1:
            warnings.append(f"{' and '.join(who)} are all taken for {student}, and only the last hand-in counts")
    seats = [_seat(student, people[at], of_person.get(at, ())) for at, student in enumerate(students)]
    seats += [_seat(student, None, handed) for student, handed in of_nobody.items()]
    return sorted(seats, key=lambda seat: seat.student), warnings


def _seat(student: str, person: Person | None, handed: Sequence[HandIn]) -> Seat:
    """The last attempt counts."""
    if not handed:
        return Seat(student, person)
    last = max(enumerate(handed), key=lambda pair: (pair[1].submitted or _LONG_AGO, pair[0]))[1]
    return Seat(student, person, last, sum(handin.attempts for handin in handed))


def _students(roster: Roster | None) -> list[str]:
    """The id of every person of the roster; no two of them are one name to any file system."""
    students: list[str] = []
    lines: dict[str, int] = {}
    for person in roster.people if roster else ():
        where = f"{roster.path if roster else ''}:{person.line}"
        student = _first_id(person.ids)
        if not student:
            raise GradekitError(f"{where}: gives no id that a student could have.")
        known = lines.setdefault(twin_key(student), person.line)
        if known != person.line:
            raise GradekitError(f"{where}: {student!r} stands in line {known} as well; keep one.")
        students.append(student)
    return students


def _first_id(candidates: Iterable[str]) -> str:
    for text in candidates:
        try:
            student = student_id(text)
        except IntakeError:
            continue
        if folder_id(student) == student:  # an address in Paraguay ends in .py
            return student
    return ""


def _own_id(handin: HandIn, platform: str, taken: dict[str, str]) -> str:
    """An id for a hand-in that belongs to nobody on the list: the same for all that the platform gives one number.

    `taken` maps the keys of the ids in use to what they were made of.
    """
    text = handin.number or handin.email or handin.login or handin.name
    for candidate in (text, f"{platform} {text}", f"{platform} {handin.source}"):
        student = _first_id([candidate])
        if student and taken.setdefault(twin_key(student), candidate) == candidate:
            return student
    raise GradekitError(f"{shown(handin.source)}: no student id can be made of this name.")


def _matched(handins: Sequence[HandIn], people: Sequence[Person], platform: str, own_number: bool) -> list[int | None]:
    """For every hand-in the place of its student among `people`."""
    found = [_by_id(handin, people, platform, own_number) for handin in handins]
    if own_number:
        return found
    taken = set(found)
    named_so: dict[str, set[int]] = defaultdict(set)
    for place, person in enumerate(people):
        for spelling in _spellings(person.name) if place not in taken else ():
            named_so[spelling].add(place)
    claims: dict[int, set[str]] = defaultdict(set)
    named: dict[int, int] = {}
    for index, handin in enumerate(handins):
        if found[index] is None and (at := _by_name(handin.name, named_so)) is not None:
            claims[at].add(handin.number or handin.email or handin.source)
            named[index] = at
    for index, at in named.items():
        if len(claims[at]) == 1:  # two students of one name must not be taken for two attempts of one
            found[index] = at
    return found


def _by_id(handin: HandIn, people: Sequence[Person], platform: str, own_number: bool) -> int | None:
    if own_number:
        return _only(at for at, person in enumerate(people) if person.number == handin.number)
    email, login = handin.email.casefold(), handin.login.casefold()
    if platform == "gradescope" and handin.number:
        by_number = _only(at for at, person in enumerate(people) if handin.number in person.ids)
        if by_number is not None:
            return by_number
    if email:
        return _only(at for at, person in enumerate(people) if person.email.casefold() == email)
    if login:  # a classroom names a clone ASSIGNMENT-LOGIN
        ends = {
            (len(name), at)
            for at, person in enumerate(people)
            for name in (person.login, *person.ids)
            if name and (login == name.casefold() or login.endswith("-" + name.casefold()))
        }
        longest = max(ends, default=(0, 0))[0]
        return _only({at for length, at in ends if length == longest})
    return None


def _by_name(name: str, named_so: Mapping[str, set[int]]) -> int | None:
    return _only(set().union(*(named_so.get(spelling, set()) for spelling in _spellings(name))))


def _only(places: Iterable[int]) -> int | None:
    found = list(places)
    return found[0] if len(found) == 1 else None


def _same_person(one: str, other: str) -> bool:
    return bool(_spellings(one) & _spellings(other))


def _spellings(name: str) -> set[str]:
    """The letters of a name in the orders in which platforms write it: first and last name, or last name, first."""
    words = unicodedata.normalize("NFC", name).casefold().replace(",", " ").split()
    letters = ["".join(c for c in word if unicodedata.category(c)[0] in "LMN") for word in words]
    last_first = [*letters[-1:], *letters[:-1]]
    first_last = [*letters[1:], *letters[:1]]
    return {"".join(order) for order in (letters, last_first, first_last, sorted(letters)) if any(order)}
