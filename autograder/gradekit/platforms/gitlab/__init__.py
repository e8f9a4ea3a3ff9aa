"""GitLab: the templates of the pipelines that a student project and the grading project run."""

from pathlib import Path

TEMPLATES = Path(__file__).parent / "templates"
