"""What all commands share: the consoles, the error line, the course option."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from rich.console import Console

CourseOption = Annotated[
    Path,
    typer.Option(
        "--course", help="The course root, or a folder inside it.", show_default="this folder", file_okay=False
    ),
]
HERE = Path()


def console() -> Console:
    """Return the console for results, on standard output."""
    return Console(highlight=False)


def error_console() -> Console:
    """Return the console for progress and errors, on standard error."""
    return Console(stderr=True, highlight=False)


def fail(message: str, code: int = 1) -> NoReturn:
    """Print one error line and exit."""
    error_console().print(f"[bold red]error:[/] {_safe(message)}", soft_wrap=True)
    sys.exit(code)


def _safe(text: str) -> str:
    from rich.markup import escape

    from gradekit.report.escape import terminal

    return escape(terminal(text))
