# ## Training (given)
#
# The loop that all training shares: forward, loss, backward, step. Below it are the pictures for
# the report. On the command line:
#
#     python train.py linear
#     python train.py xor --lr 0.5 --epochs 2000 --seed 1
#     python train.py mnist --hidden 64
#     python train.py classifier --predictions predictions.csv

import argparse
import importlib.util
import itertools
import os
import sys
from pathlib import Path

import numpy as np

from activations import Sigmoid
from layers import Linear
from losses import MSELoss
from network import Network
from optimizers import SGD


def show_progress(done, total, loss, right):
    """Draw the bar on the terminal, in place; nothing where the output is not a terminal."""
    if not sys.stderr.isatty() or (done < total and done % max(1, total // 200)):
        return
    filled = 30 * done // total
    bar = "█" * filled + "░" * (30 - filled)
    end = "\n" if done == total else ""
    sys.stderr.write(f"\r{bar} {done}/{total} epochs  loss {loss:.4f}  accuracy {right:7.2%}{end}")
    sys.stderr.flush()


def fit(network, loss, optimizer, inputs, targets, *, epochs, batch_size=None, rng=None, report=show_progress):
    """Train a network and return the mean loss of every epoch, a list of floats.

    Arguments
        network, loss, optimizer: with the methods that the lab defines.
        inputs: array (N, in). targets: array (N, out), or labels (N,) if the loss takes those.
        epochs: int, how often the whole data is gone through.
        batch_size: int, samples per step; None for all of them at once, in their order.
        rng: numpy.random.Generator that shuffles the samples before every epoch (with batch_size).
        report: called after every epoch with (epochs done, epochs, loss, accuracy), the latter two as
            seen while training; show_progress draws them as a bar on the terminal.
    """
    rng = np.random.default_rng(rng)
    history = []
    for epoch in range(epochs):
        if batch_size is None:
            batches = [slice(None)]
        else:
            order = rng.permutation(len(inputs))
            batches = [order[i : i + batch_size] for i in range(0, len(order), batch_size)]
        total_loss = total_right = 0.0
        for batch in batches:
            prediction = network.forward(inputs[batch])
            total_loss += loss.forward(prediction, targets[batch]) * len(prediction)
            total_right += accuracy(prediction, targets[batch]) * len(prediction)
            network.backward(loss.backward())
            optimizer.step(network.gradients())
        history.append(total_loss / len(inputs))
        report(epoch + 1, epochs, history[-1], total_right / len(inputs))
    return history


def accuracy(prediction, target):
    """The share of samples that are classified right, a float from 0 to 1.

    Arguments
        prediction, target: (N, 1) and (N, 1), two classes: above 0.5 means class 1; or
            (N, C) and (N, C) or (N,), C classes: the largest column, or the label, is the class; or
            (N,) and (N,): labels.

    Example
        >>> accuracy(np.array([[0.9], [0.2], [0.6], [0.4]]), np.array([[1], [0], [0], [0]]))
        0.75
        >>> accuracy(np.array([[0.1, 0.9], [0.8, 0.7]]), np.array([1, 1]))
        0.5
    """
    return float(np.mean(_classes(prediction) == _classes(target)))


def _classes(array):
    if array.ndim == 1:
        return array
    return array[:, 0] > 0.5 if array.shape[1] == 1 else array.argmax(axis=1)


# ### Pictures
#
# Blue circles and orange triangles, which also differ in print and for colour-blind readers.


def show_result(x, y, pred, *, surface=None, path=None):
    """Draw the true classes beside the predicted ones.

    Arguments
        x: points (N, 2). y: true labels (N, 1). pred: the network's outputs (N, 1).
        surface: a function from points (M, 2) to outputs (M, 1), for shading the plane; or None.
        path: where to save the picture; None shows it.
    """
    import matplotlib.pyplot as plt

    figure, panels = plt.subplots(1, 2, figsize=(9, 4.2), sharex=True, sharey=True, layout="constrained")
    titles = ("Ground truth", f"Prediction, {accuracy(pred, y):.2%} right")
    for panel, title, values in zip(panels, titles, (y, pred), strict=True):
        for label, marker, colour in ((0, "o", "#0072B2"), (1, "^", "#D55E00")):
            chosen = x[_classes(values) == label]
            style = {"s": 36, "marker": marker, "color": colour, "edgecolors": "black", "linewidths": 0.5}
            panel.scatter(chosen[:, 0], chosen[:, 1], label=f"class {label}", **style)
        panel.set(title=title, xlabel="$x_1$", ylabel="$x_2$", aspect="equal")
    if surface is not None:
        side = np.linspace(-0.05, 1.05, 200)
        plane = np.stack(np.meshgrid(side, side), axis=-1)
        height = surface(plane.reshape(-1, 2)).reshape(200, 200)
        shade = panels[1].contourf(side, side, height, np.linspace(0, 1, 11), cmap="Greys", alpha=0.5, zorder=0)
        panels[1].contour(side, side, height, [0.5], colors="black", linewidths=1)
        figure.colorbar(shade, ax=panels, label="output of the network")
    panels[0].legend(loc="upper center", bbox_to_anchor=(0.5, -0.14), ncols=2, frameon=False)
    return _finish(figure, path)


def show_images(images, labels, predicted, *, path=None):
    """Draw 40 pictures (N, 784) with their labels, and the wrong predictions in another colour."""
    import matplotlib.pyplot as plt

    figure, panels = plt.subplots(4, 10, figsize=(10, 5), layout="constrained")
    for panel, image, label, guess in zip(panels.flat, images, labels, predicted, strict=False):
        panel.imshow(image.reshape(28, 28), cmap="gray_r")
        right = label == guess
        title = f"{label}" if right else f"{label}, not {guess}"
        panel.set_title(title, fontsize=9, color="black" if right else "#D55E00")
    for panel in panels.flat:
        panel.axis("off")
    return _finish(figure, path)


def plot_learning_curve(losses, *, path=None):
    """Draw the loss of every epoch, on a logarithmic scale."""
    import matplotlib.pyplot as plt

    figure, panel = plt.subplots(figsize=(6, 4), layout="constrained")
    panel.plot(np.arange(1, len(losses) + 1), losses, color="#0072B2", marker="." if len(losses) < 30 else "")
    panel.set(xlabel="epoch", ylabel="loss (mean over the epoch)", yscale="log", title="Learning curve")
    panel.grid(alpha=0.3)
    return _finish(figure, path)


def _finish(figure, path):
    import matplotlib.pyplot as plt

    if path is not None:
        figure.savefig(path, dpi=150)
    elif plt.get_backend().lower() != "agg":
        plt.show()
    return figure


# ### Data and command line


def load_datasets():
    """The datasets package beside this file or one folder up, under a name that hides no other package."""
    here = Path(__file__).resolve().parent if "__file__" in globals() else Path.cwd()
    for folder in (here / "datasets", here.parent / "datasets"):
        if (folder / "__init__.py").is_file():
            spec = importlib.util.spec_from_file_location(
                "_lab_datasets", folder / "__init__.py", submodule_search_locations=[str(folder)]
            )
            package = sys.modules[spec.name] = importlib.util.module_from_spec(spec)
            spec.loader.exec_module(package)
            return package
    raise FileNotFoundError(f"no folder 'datasets' beside {here} or in it: hand-outs come with one")


RECIPES = {  # for every problem what the options change: widths of the hidden layers, and so on
    "linear": {"hidden": [4, 4], "lr": 1.0, "epochs": 2000, "batch_size": None},
    "xor": {"hidden": [10, 10], "lr": 1.0, "epochs": 1000, "batch_size": None},
    "mnist": {"hidden": [128], "lr": 2.0, "epochs": 5, "batch_size": 32},
}


def build(widths, rng):
    """A network of linear and sigmoid layers with these widths, the first being that of the input."""
    layers = []
    for inputs, outputs in itertools.pairwise(widths):
        layers += [Linear(inputs, outputs, rng), Sigmoid()]
    return Network(layers)


def train_points(x, y, recipe, rng, out):
    """Train on points in the plane; print the result and save its pictures."""
    network = build([2, *recipe["hidden"], 1], rng)
    optimizer = SGD(network.parameters(), recipe["lr"], momentum=0.9)
    losses = fit(network, MSELoss(), optimizer, x, y, epochs=recipe["epochs"])
    prediction = network.forward(x)
    for point, label, value in zip(x, y[:, 0], prediction[:, 0], strict=True):
        print(f"({point[0]:.3f}, {point[1]:.3f})  truth {label:.0f}  prediction {value:.5f}")
    print(f"loss {losses[-1]:.6f}  accuracy {accuracy(prediction, y):.2%}")
    plot_learning_curve(losses, path=out / "learning-curve.png")
    show_result(x, y, prediction, surface=network.forward, path=out / "result.png")


def train_images(data, recipe, rng, out):
    """Train on handwritten digits with the parts of the lab alone; return the labels of the test images."""
    network = build([784, *recipe["hidden"], 10], rng)
    output = network.layers[-2]
    output.weight, output.bias = np.zeros_like(output.weight), np.full(10, np.log(1 / 9))  # 1/10 for every class
    for layer in network.layers[::2]:
        layer.weight, layer.bias = layer.weight.astype(np.float32), layer.bias.astype(np.float32)
    optimizer = SGD(network.parameters(), recipe["lr"], momentum=0.9)
    targets = np.eye(10, dtype=np.float32)[data.train_labels]
    options = {"epochs": recipe["epochs"], "batch_size": recipe["batch_size"], "rng": rng}
    losses = fit(network, MSELoss(), optimizer, data.train_images, targets, **options)
    print(f"{data.source}: loss {losses[-1]:.6f}")
    plot_learning_curve(losses, path=out / "learning-curve.png")
    predicted = network.forward(data.test_images).argmax(axis=1)
    report_images(data, predicted, out)
    return predicted


def train_classifier(data, seed, out):
    """Train with your own fit_mnist; return the labels of the test images."""
    from classifier import fit_mnist  # not at the top: classifier.py may itself import fit from here

    predicted = fit_mnist(data.train_images, data.train_labels, seed=seed)(data.test_images)
    report_images(data, predicted, out)
    return predicted


def write_predictions(path, predicted):
    """Write labels as a table ImageId,Label with ImageId counted from 1, as Kaggle's digit recogniser takes them."""
    rows = (f"{number},{label}" for number, label in enumerate(predicted, start=1))
    path.write_text("\n".join(("ImageId,Label", *rows, "")), encoding="utf-8")
    print(f"predictions in {path}")


def report_images(data, predicted, out):
    """Print the accuracy on the test images and save a picture, the wrong ones first."""
    print(f"{data.source}: test accuracy {accuracy(predicted, data.test_labels):.2%}")
    first = np.argsort(predicted == data.test_labels, kind="stable")[:20]
    shown = np.concatenate([first, np.arange(20)])
    show_images(data.test_images[shown], data.test_labels[shown], predicted[shown], path=out / "result.png")


def options(arguments):
    """The parsed command line."""
    parser = argparse.ArgumentParser(description="Train on one of the lab's problems and save the pictures.")
    parser.add_argument("problem", choices=[*RECIPES, "classifier"], help="classifier trains your fit_mnist")
    parser.add_argument("--seed", type=int, default=0, help="where everything random comes from (default 0)")
    parser.add_argument("--epochs", type=positive(int), help="times through the data")
    parser.add_argument("--lr", type=positive(float), help="learning rate")
    parser.add_argument("--hidden", type=positive(int), nargs="+", help="widths of the hidden layers")
    parser.add_argument("--out", type=Path, help="folder for the pictures (default results/PROBLEM)")
    parser.add_argument(
        "--predictions", type=Path, help="CSV file for the labels of the test images (mnist, classifier)"
    )
    parser.add_argument("--no-show", action="store_true", help="only save the pictures, also where there is a screen")
    chosen = parser.parse_args(arguments)
    if chosen.problem == "classifier" and (chosen.epochs or chosen.lr or chosen.hidden):
        parser.error("classifier.py itself chooses its epochs, lr and hidden layers")
    if chosen.predictions and chosen.problem not in ("mnist", "classifier"):
        parser.error("--predictions is for the handwritten digits: mnist or classifier")
    return chosen


def positive(kind):
    """A converter for argparse that takes numbers above 0 only."""

    def number(text):
        value = kind(text)
        if not 0 < value < np.inf:
            raise ValueError
        return value

    number.__name__ = f"positive {kind.__name__}"
    return number


def main(arguments=None):
    """Run one problem; mistakes that the user can mend end in one line."""
    chosen = options(arguments)
    out = chosen.out or Path("results") / chosen.problem
    rng = np.random.default_rng(chosen.seed)
    recipe = dict(RECIPES.get(chosen.problem, {}))
    recipe.update({name: value for name in recipe if (value := getattr(chosen, name, None)) is not None})
    try:
        datasets = load_datasets()
    except FileNotFoundError as error:
        sys.exit(f"train.py: {error}")
    try:
        out.mkdir(parents=True, exist_ok=True)
        if chosen.problem == "linear":
            train_points(*datasets.linear_data(seed=chosen.seed), recipe, rng, out)
        elif chosen.problem == "xor":
            train_points(*datasets.xor_data(), recipe, rng, out)
        else:
            data = datasets.load_images()
            own = chosen.problem == "classifier"
            predicted = train_classifier(data, chosen.seed, out) if own else train_images(data, recipe, rng, out)
            if chosen.predictions:
                write_predictions(chosen.predictions, predicted)
    except (datasets.DatasetError, NotImplementedError, ModuleNotFoundError, OSError) as error:
        sys.exit(f"train.py: {error}")
    except KeyboardInterrupt:
        sys.exit("train.py: interrupted")
    print(f"pictures in {out}{os.sep}")
    if not chosen.no_show:
        show_all()


def show_all():
    """Open the windows of all pictures where there is a screen."""
    import matplotlib.pyplot as plt

    if plt.get_backend().lower() != "agg":
        plt.show()


if __name__ == "__main__":
    main()
