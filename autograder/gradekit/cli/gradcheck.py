"""`gradekit gradcheck`: a gradient of your own beside central differences of your own forward, element by element."""

from __future__ import annotations

import importlib.util
import sys
import traceback
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import typer
from rich.table import Table
from rich.text import Text

from gradekit.checkkit.gradients import Gradient
from gradekit.checkkit.handout import read_handout
from gradekit.checkkit.local import LocalLab, ModuleObjects
from gradekit.checkkit.relations import describe_relation
from gradekit.cli.output import HERE, console
from gradekit.errors import GradekitError
from gradekit.running.process import alias_checkkit

TOLERANCE = 1e-7  # of the largest element: differences are right to about 1e-9, wrong derivatives far from it
SHADES = "·░▒▓█"


def gradcheck(
    name: Annotated[str, typer.Argument(help="What to look at, e.g. layers.Linear.")] = "",
    folder: Annotated[
        Path, typer.Option("--folder", help="The hand-out folder with your files.", file_okay=False)
    ] = HERE,
    seed: Annotated[int, typer.Option("--seed", min=0, help="Seed of the random inputs.")] = 0,
    rows: Annotated[int, typer.Option("--rows", min=1, help="Elements shown of one gradient, the worst first.")] = 12,
    picture: Annotated[
        Path | None,
        typer.Option("--picture", help="Where the heat map goes; default: gradcheck-NAME.png in the folder."),
    ] = None,
) -> None:
    """Compare what your backward gives with numerical derivatives of your own forward.

    Prints each element, the numerical value, their ratio, and what the whole array looks like (half, transposed, summed ...).
    Runs your code in this process. Exit code 1 when a gradient is wrong.
    """
    folder = folder.resolve()
    probes = _probes(folder)
    if name not in probes:
        asked = f"{name!r} is nothing to look at; " if name else ""
        raise GradekitError(f"{asked}choose one of: {', '.join(probes)}")
    sys.path.insert(0, str(folder))
    lab = LocalLab(ModuleObjects(read_handout(folder / "checks").files))
    try:
        gradients = list(probes[name](lab, np.random.default_rng(seed)))
    except NotImplementedError as error:
        raise GradekitError(f"{error} is still to be written") from error
    except Exception as error:
        raise GradekitError(_where(error, folder)) from error
    right = [_show(gradient, rows) for gradient in gradients]
    target = picture or folder / f"gradcheck-{name}.png"
    _draw(name, gradients, target)
    console().print(f"heat map: {target}", soft_wrap=True, markup=False)
    sys.exit(0 if all(right) else 1)


def _probes(folder: Path) -> dict[str, Any]:
    path = folder / "checks" / "gradients.py"
    if not (folder / "checks").is_dir():
        raise GradekitError(
            f"{folder} is not a hand-out: it has no checks/. Change into the folder that you were given"
        )
    if not path.is_file():
        raise GradekitError("this lab offers no gradients to look at: checks/gradients.py is missing")
    alias_checkkit()
    spec = importlib.util.spec_from_file_location("_lab_gradients", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return dict(module.PROBES)


def _where(error: Exception, folder: Path) -> str:
    """The exception in one line, with the student's own line that led to it."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if Path(frame.filename).parent == folder]
    place = f" ({Path(frames[-1].filename).name}, line {frames[-1].lineno}: {frames[-1].line})" if frames else ""
    return f"your code raised {type(error).__name__}: {error}{place}"


def _show(gradient: Gradient, rows: int) -> bool:
    """Print one gradient; whether it is right."""
    screen = console()
    errors = gradient.relative_error()
    if errors is None:
        shape = getattr(gradient.got, "shape", None)
        what = f"an array of shape {shape}" if shape is not None else f"a {type(gradient.got).__name__}"
        screen.print(
            Text.assemble(
                (gradient.name, "bold"), f": is {what}, must be an array of shape {gradient.numeric.shape}", style="red"
            )
        )
        _print_relation(gradient)
        return False
    worst = float(np.nan_to_num(errors, nan=np.inf).max(initial=0.0))
    right = worst <= TOLERANCE
    verdict = ("right", "green") if right else ("wrong", "red")
    screen.print(Text.assemble((gradient.name, "bold"), f", shape {gradient.numeric.shape}: ", verdict))
    screen.print(_table(gradient, errors, rows))
    if not right:
        _print_relation(gradient)
        _print_shades(errors)
    screen.print()
    return right


def _table(gradient: Gradient, errors: np.ndarray[Any, Any], rows: int) -> Table:
    got = gradient.comparable()
    assert got is not None
    table = Table(box=None, pad_edge=False)
    for column in ("element", "yours", "numerical", "yours / numerical", "relative error"):
        table.add_column(column, justify="left" if column == "element" else "right")
    order = sorted(np.ndindex(errors.shape), key=lambda index: (-np.nan_to_num(errors[index], nan=np.inf), index))
    for index in sorted(order[:rows]):
        with np.errstate(all="ignore"):
            ratio = got[index] / gradient.numeric[index]
        style = "" if errors[index] <= TOLERANCE else "red"
        figures = (f"{got[index]:.8g}", f"{gradient.numeric[index]:.8g}", f"{ratio:.6g}", f"{errors[index]:.1e}")
        table.add_row(str(list(index)), *figures, style=style)
    if errors.size > rows:
        table.add_row(f"… {errors.size - rows} more", "", "", "", "")
    return table


def _print_relation(gradient: Gradient) -> None:
    relation = describe_relation(gradient.got, gradient.numeric, gradient.given)
    if relation:
        console().print(Text(relation, style="yellow"))


def _print_shades(errors: np.ndarray[Any, Any]) -> None:
    """A small map in the terminal: the darker, the more wrong."""
    lines = np.atleast_2d(errors)
    if lines.ndim != 2 or lines.shape[0] > 40 or lines.shape[1] > 60:
        return
    for line in lines:
        console().print("  " + " ".join(_shade(value) for value in line), markup=False)


def _shade(error: float) -> str:
    if not np.isfinite(error):
        return SHADES[-1]
    return SHADES[sum(error > limit for limit in (TOLERANCE, 1e-4, 1e-2, 0.3))]


def _draw(name: str, gradients: Iterable[Gradient], path: Path) -> None:
    """Save a heat map of the relative errors, one panel for each gradient that can be compared."""
    import matplotlib as mpl

    mpl.use("Agg")
    import matplotlib.pyplot as plt
    from matplotlib.colors import LogNorm

    shown = [(gradient, errors) for gradient in gradients if (errors := gradient.relative_error()) is not None]
    figure, panels = plt.subplots(
        1, max(1, len(shown)), figsize=(3.2 * max(1, len(shown)) + 1, 3.4), squeeze=False, layout="constrained"
    )
    image = None
    for panel, (gradient, errors) in zip(panels[0], shown, strict=False):
        values = np.clip(np.nan_to_num(np.atleast_2d(errors), nan=1.0), 1e-10, 1.0)
        image = panel.imshow(values.reshape(values.shape[0], -1), norm=LogNorm(1e-10, 1.0), cmap="viridis")
        panel.set(title=gradient.name, xlabel="column", ylabel="row")
        panel.set_xticks(range(values.shape[1]))
        panel.set_yticks(range(values.shape[0]))
    if image is None:
        panels[0, 0].text(0.5, 0.5, "no gradient of the right shape", ha="center")
        panels[0, 0].axis("off")
    else:
        figure.colorbar(image, ax=panels, label="relative error (1e-7 and below: right)")
    figure.suptitle(f"{name}: yours against central differences")
    figure.savefig(path, dpi=150)
    plt.close(figure)
