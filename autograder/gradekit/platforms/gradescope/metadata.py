"""What Gradescope says of a submission: `submission_metadata.json`.

Fields: https://gradescope-autograders.readthedocs.io/en/latest/submission_metadata/
"""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any


def minutes_late(path: Path) -> float:
    """Minutes from the due date to the submission, at least 0; 0 where the file does not say.

    Of a student with an extension, and of a group, the latest due date counts.
    """
    try:
        metadata = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return 0.0
    if not isinstance(metadata, dict):
        return 0.0
    submitted = _time(metadata.get("created_at"))
    users = metadata.get("users")
    owners = [metadata, *(user for user in users if isinstance(user, dict))] if isinstance(users, list) else [metadata]
    due = [time for owner in owners if (time := _due(owner)) is not None]
    if submitted is None or not due:
        return 0.0
    return max(0.0, (submitted - max(due)).total_seconds() / 60)


def _due(owner: dict[str, Any]) -> datetime | None:
    assignment = owner.get("assignment")
    return _time(assignment.get("due_date")) if isinstance(assignment, dict) else None


def _time(value: object) -> datetime | None:
    """A time with its offset from UTC; without one it could not be compared."""
    if not isinstance(value, str):
        return None
    try:
        time = datetime.fromisoformat(value.replace("Z", "+00:00"))
    except ValueError:
        return None
    return time if time.tzinfo else None
