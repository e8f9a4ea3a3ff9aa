"""`gradekit score-predictions`: how many labels of a file of predictions are right."""

from __future__ import annotations

import json as json_module
from pathlib import Path
from typing import Annotated

import typer

from gradekit.cli.output import HERE, CourseOption, console
from gradekit.course import Course
from gradekit.errors import GradekitError
from gradekit.scoring.predictions import read_predictions, score_predictions


def score_predictions_command(
    file: Annotated[Path, typer.Argument(help="CSV file with the columns ImageId (from 1) and Label.")],
    course: CourseOption = HERE,
    json: Annotated[bool, typer.Option("--json", help="Print the result for machines.")] = False,
) -> None:
    """Score a file of predictions for the course's test data: accuracy, and the labels most often confused."""
    found = Course.find(course)
    module = found.load_datasets()
    if not hasattr(module, "true_labels"):
        raise GradekitError("this course has no predictions to score: datasets/__init__.py has no true_labels()")
    try:
        truth, source = module.true_labels(found.config.settings)
    except module.DatasetError as error:
        raise GradekitError(str(error)) from error
    score = score_predictions(read_predictions(file, len(truth)), [int(label) for label in truth])
    if json:
        print(
            json_module.dumps(
                {
                    "data": source,
                    "right": score.right,
                    "total": score.total,
                    "accuracy": score.accuracy,
                    "confused": [list(pair) for pair in score.confused],
                }
            )
        )
        return
    screen = console()
    screen.print(f"{source}: {score.right:,} of {score.total:,} right, accuracy {score.accuracy:.2%}", markup=False)
    for true, guess, times in score.confused:
        screen.print(f"  {true} taken for {guess}: {times} times", markup=False)
