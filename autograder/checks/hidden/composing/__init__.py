"""Compositions: a network and its training made of the submission's parts, with errors of single parts carried forward.

First all parts are the submission's own. Where that goes wrong, every part is tried alone among the reference's; those
that fail are replaced by the reference's (their own checks have charged for them), and the rest must work together.
"""

from .judge import Composition
from .stacks import Options
from .training import Training, draw_parameters, known_training, plan_training

__all__ = ["Composition", "Options", "Training", "draw_parameters", "known_training", "plan_training"]
