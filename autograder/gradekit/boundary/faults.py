"""What can go wrong with a submission across the boundary: one class a kind, each a failed check with its own status."""

from __future__ import annotations

from gradekit.checkkit.failure import CheckFailure


class SubmissionFault(CheckFailure):
    """A call into the submission did not give a value; ``status`` is the outcome's status."""

    status: str = "failed"


class NotImplementedFault(SubmissionFault):
    """The stub is still there."""

    status = "not-implemented"


class RaisedFault(SubmissionFault):
    """The submission raised an exception."""

    status = "raised"


class MissingFault(SubmissionFault):
    """A file or a name of the interface was not handed in, or cannot be used."""

    status = "missing"


class ImportFault(SubmissionFault):
    """A file of the submission imports what a graded file may not import."""

    status = "import-error"


class SyntaxFault(SubmissionFault):
    """A file of the submission is not valid Python."""

    status = "syntax-error"


class WorkerGone(SubmissionFault):
    """The worker is dead: every later use of its proxies fails in the same way."""

    status = "crashed"


class TimeoutFault(WorkerGone):
    """The call, the check or the submission used up its time."""

    status = "time-out"


class MemoryFault(WorkerGone):
    """The submission used more memory than it may."""

    status = "memory"


class ProtocolFault(WorkerGone):
    """The worker sent something that is no answer."""

    status = "protocol"
