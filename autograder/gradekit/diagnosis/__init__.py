"""Name the mistake behind a failed check: known wrong variants, run on the same inputs as the submission."""

from __future__ import annotations

from .catalogue import load_catalogue, validate_catalogue
from .diagnoser import Diagnoser
from .misconception import Misconception
from .splicing import overlap, splice

__all__ = ["Diagnoser", "Misconception", "load_catalogue", "overlap", "splice", "validate_catalogue"]
