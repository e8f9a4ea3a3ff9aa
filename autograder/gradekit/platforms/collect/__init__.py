"""Downloads of course platforms, sorted into a class folder: Moodle, Canvas, Gradescope, Git clones."""

from gradekit.platforms.collect.collecting import LAYOUTS, Collected, collect
from gradekit.platforms.collect.roster import read_roster

__all__ = ["LAYOUTS", "Collected", "collect", "read_roster"]
