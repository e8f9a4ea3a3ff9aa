"""Records: what the checks said of one submission, as versioned JSON, kept one file per student."""

from gradekit.records.atomic import write_atomically
from gradekit.records.codec import record_from_json, record_to_json
from gradekit.records.names import file_stem
from gradekit.records.output import lock_output, open_output
from gradekit.records.store import RecordStore, StoredRecords
from gradekit.records.types import FORMAT, STATUSES, Outcome, Record, RecordStatus, Status

__all__ = [
    "FORMAT",
    "STATUSES",
    "Outcome",
    "Record",
    "RecordStatus",
    "RecordStore",
    "Status",
    "StoredRecords",
    "file_stem",
    "lock_output",
    "open_output",
    "record_from_json",
    "record_to_json",
    "write_atomically",
]
