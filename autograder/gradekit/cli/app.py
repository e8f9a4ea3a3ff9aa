"""The `gradekit` command: one typer application, one module per command, one place that turns errors into a line and an exit code."""

from __future__ import annotations

import sys

import typer

from gradekit import __version__
from gradekit.cli.attacks import attacks
from gradekit.cli.check import check
from gradekit.cli.collect import collect_command
from gradekit.cli.datasets import datasets_app
from gradekit.cli.doctor import doctor
from gradekit.cli.gradcheck import gradcheck
from gradekit.cli.grade import grade
from gradekit.cli.output import fail
from gradekit.cli.package import package_app
from gradekit.cli.predictions import score_predictions_command
from gradekit.cli.release import release
from gradekit.cli.report import report
from gradekit.cli.verify import verify
from gradekit.errors import GradekitError

app = typer.Typer(
    name="gradekit",
    help="Grade assignments whose code never shares a process with the checks.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback(invoke_without_command=True)
def version_option(version: bool = typer.Option(False, "--version", help="Print the version and exit.")) -> None:
    """Grade assignments whose code never shares a process with the checks."""
    if version:
        print(f"gradekit {__version__}")
        raise typer.Exit


app.command(rich_help_panel="For students")(check)
app.command(rich_help_panel="For students")(gradcheck)
app.command("collect", rich_help_panel="For assistants and CI")(collect_command)
app.command(rich_help_panel="For assistants and CI")(grade)
app.command(rich_help_panel="For assistants and CI")(report)
app.command("score-predictions", rich_help_panel="For assistants and CI")(score_predictions_command)
app.command(rich_help_panel="For assistants and CI")(doctor)
app.command(rich_help_panel="For lecturers")(release)
app.command(rich_help_panel="For lecturers")(verify)
app.command(rich_help_panel="For lecturers")(attacks)
app.add_typer(package_app, name="package", rich_help_panel="For lecturers")
app.add_typer(datasets_app, name="datasets", rich_help_panel="For lecturers")


def main() -> None:
    """Run the command line; a user's mistake ends in one line on standard error and a non-zero exit code."""
    try:
        app()
    except GradekitError as error:
        fail(str(error))
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(1)


if __name__ == "__main__":
    main()
