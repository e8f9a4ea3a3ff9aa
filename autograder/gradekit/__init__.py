"""gradekit: grade assignments whose code never shares a process with the checks."""

__version__ = "0.1.0"
