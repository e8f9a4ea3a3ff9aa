"""Run every benchmark and print one table; each figure stands beside what it is compared with, measured in the same run."""

import os
import sys

for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"

from rich.console import Console
from rich.table import Table

from benchmarks import boundary, mnist, throughput


def main() -> int:
    """Print the table; an argument chooses one of boundary, throughput, mnist."""
    wanted = sys.argv[1:] or ["boundary", "throughput", "mnist"]
    table = Table(title="gradekit benchmarks (one BLAS thread)", box=None, pad_edge=False)
    for column, side in (
        ("measured", "left"),
        ("figure", "right"),
        ("compared with", "left"),
        ("figure", "right"),
        ("ratio", "right"),
        ("aim", "left"),
    ):
        table.add_column(column, justify=side)
    for module in (boundary, throughput, mnist):
        if module.__name__.rpartition(".")[2] in wanted:
            for row in module.measure():
                table.add_row(*row)
    Console(width=150).print(table)
    return 0


if __name__ == "__main__":
    sys.exit(main())
