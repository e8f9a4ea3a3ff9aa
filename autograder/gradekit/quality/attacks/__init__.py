"""Grade hostile hand-ins among honest ones, and show that they gain nothing, learn nothing and disturb nobody."""

from gradekit.quality.attacks.catalogue import Attack, load_attacks
from gradekit.quality.attacks.suite import AttackReport, run_suite

__all__ = ["Attack", "AttackReport", "load_attacks", "run_suite"]
