"""The records of one grading, one file per student under `OUT/records/`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from gradekit.errors import RecordError
from gradekit.records.atomic import write_atomically
from gradekit.records.codec import MAX_BYTES, record_from_json, record_to_json
from gradekit.records.names import file_stem
from gradekit.records.output import RECORDS
from gradekit.records.types import Record


@dataclass(frozen=True)
class StoredRecords:
    """What a folder of records holds: the readable ones by student, and one error for each that is damaged."""

    records: tuple[Record, ...]
    damaged: tuple[RecordError, ...]


class RecordStore:
    """The records under `out`, a folder that `open_output` made."""

    def __init__(self, out: Path) -> None:
        self.folder = out / RECORDS

    def path(self, student: str) -> Path:
        """Where the record of `student` lies, or would lie."""
        return self.folder / f"{file_stem(student)}.json"

    def save(self, record: Record) -> None:
        """Store `record` in place of an older one of the same student, all or nothing; GradekitError if it cannot."""
        write_atomically(self.path(record.student), record_to_json(record))

    def find(self, student: str) -> Record | None:
        """The record of `student`, or None; RecordError if it is damaged."""
        path = self.path(student)
        return self._read(path) if path.exists() else None

    def is_current(self, student: str, key: str) -> bool:
        """Whether a sound record of `student` was made under this `key`, so that there is nothing to run again."""
        try:
            record = self.find(student)
        except RecordError:
            return False
        return record is not None and record.key == key

    def load_all(self) -> StoredRecords:
        """Every record, ordered by student; a damaged one takes none of the others with it."""
        records: list[Record] = []
        damaged: list[RecordError] = []
        for path in sorted(self.folder.glob("[!.]*.json")):
            try:
                records.append(self._read(path))
            except RecordError as error:
                damaged.append(error)
        return StoredRecords(tuple(sorted(records, key=lambda record: record.student)), tuple(damaged))

    def _read(self, path: Path) -> Record:
        try:
            with path.open("rb") as file:
                content = file.read(MAX_BYTES + 1)
            record = record_from_json(content)
        except OSError as error:
            raise RecordError(f"{path}: cannot be read ({error.strerror}); mend its permissions.") from error
        except RecordError as error:
            raise RecordError(f"{path}: {error}") from error
        if self.path(record.student) != path:
            raise RecordError(f"{path}: it is the record of another student; delete it and grade again.")
        return record
