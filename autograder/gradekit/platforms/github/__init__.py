"""GitHub: the templates of the workflows that a student repository and the grading repository run."""

from pathlib import Path

TEMPLATES = Path(__file__).parent / "templates"
