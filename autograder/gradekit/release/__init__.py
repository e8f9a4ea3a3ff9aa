"""From `solution/` to what students get, one way: files, a notebook, the hand-out text, the public checks."""

from gradekit.release.bundle import GradeStub, ReleaseResult, build, differences, release

__all__ = ["GradeStub", "ReleaseResult", "build", "differences", "release"]
