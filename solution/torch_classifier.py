# %% [markdown]
# ## Task 2: the same network in PyTorch
#
# You have written every derivative yourself. PyTorch records the forward pass and finds them for
# you: `loss.backward()` is all that is left of back-propagation. Build the network of Task 1 once
# more, and compare: what has become shorter, what faster, and what do you understand because you
# have done it by hand? On the command line, for both tasks in one table:
#
#     python torch_classifier.py

# %%
import argparse
import csv
import itertools
from pathlib import Path

import numpy as np
import torch


# %%
def fit_mnist_torch(images, labels, *, seed):
    """Train a network on handwritten digits with PyTorch.

    Formula
        none: torch.nn for the layers, torch.optim for the steps, autograd for the gradients.

    Arguments
        images: array (N, 784), float32 in [0, 1], read-only; one picture of 28 x 28 pixels per row.
        labels: array (N,), int64, the class 0 ... 9 of each picture, numbered anew for every run.
        seed: int, from which everything that is random here has to come (torch.manual_seed).

    Returns
        predict: a function that takes images (M, 784), float32, and returns labels (M,), int64, as
            a NumPy array.

    Conventions
        The limits are those of fit_mnist; PyTorch works with one thread.

    Example
        >>> images = np.eye(10, dtype=np.float32).repeat(79, axis=1)[:, :784].repeat(20, axis=0)
        >>> predict = fit_mnist_torch(images, np.arange(10).repeat(20), seed=0)
        >>> predict(images[:60:20])
        array([0, 1, 2])

    Check
        python torch_classifier.py
    """
    ### BEGIN SOLUTION
    hidden, classes, batch_size = 256, 10, 128
    peak_rate, momentum, warm_up = 40.0, 0.9, 500
    epochs = max(12, 256_000 // len(images))
    steps = epochs * len(images) // batch_size
    torch.manual_seed(seed)
    order = torch.cat([torch.randperm(len(images)) for _ in range(epochs)])

    first, last = torch.nn.Linear(images.shape[1], hidden), torch.nn.Linear(hidden, classes)
    with torch.no_grad():  # the first weights of Task 1: PyTorch's own are smaller
        spread = 2 * np.sqrt(6 / (images.shape[1] + hidden))
        first.weight.uniform_(-spread, spread)
        first.bias.zero_()
        last.weight.zero_()
        last.bias.fill_(float(np.log(0.1 / 0.9)))
    network = torch.nn.Sequential(first, torch.nn.Sigmoid(), last, torch.nn.Sigmoid())
    loss, optimizer = torch.nn.MSELoss(), torch.optim.SGD(network.parameters(), lr=peak_rate, momentum=momentum)

    inputs = torch.tensor(images)
    targets = torch.where(torch.eye(classes) > 0, 0.95, 0.05)[torch.tensor(labels)]
    for step in range(steps):
        batch = order[step * batch_size : (step + 1) * batch_size]
        optimizer.param_groups[0]["lr"] = peak_rate * min(step / warm_up, 1 - step / steps)
        optimizer.zero_grad()
        loss(network(inputs[batch]), targets[batch]).backward()
        optimizer.step()

    def predict(images):
        with torch.no_grad():
            return network(torch.tensor(images)).argmax(dim=1).numpy()

    return predict
    ### END SOLUTION
    raise NotImplementedError("TODO T1: fit_mnist_torch")


# %% [markdown]
# ### Task 1 beside Task 2 (given)
#
# Besides the table, a warning: the same training on pixels from 0 to 255, which is how the files hold
# them. The gradient of the first layer is 255 times as large then, and a rate that is right for
# pixels from 0 to 1 throws the weights away.

# %% tags=["file-only"]
RATES = (0.1, 0.001)
SCALES = {"pixels 0 to 1": 1.0, "pixels 0 to 255": 255.0}


def train_plainly(data, *, scale, lr, steps=400, seed=0):
    """The loss of every step of plain SGD on 784-256-10 with ReLU and softmax cross-entropy, and the test accuracy."""
    torch.manual_seed(seed)
    network = torch.nn.Sequential(torch.nn.Linear(784, 256), torch.nn.ReLU(), torch.nn.Linear(256, 10))
    loss, optimizer = torch.nn.CrossEntropyLoss(), torch.optim.SGD(network.parameters(), lr=lr)
    inputs, targets = torch.tensor(data.train_images) * scale, torch.tensor(data.train_labels)
    losses = []
    for _ in range(steps):
        batch = torch.randint(len(inputs), (128,))
        value = loss(network(inputs[batch]), targets[batch])
        losses.append(value.item())
        optimizer.zero_grad()
        value.backward()
        optimizer.step()
    with torch.no_grad():
        found = network(torch.tensor(data.test_images) * scale).argmax(dim=1).numpy()
    return np.array(losses), float(np.mean(found == data.test_labels))


def compare(data, seed):
    """Rows (task, accuracy on the test images, seconds of CPU), one for each task, with one thread."""
    import time

    from classifier import fit_mnist

    torch.set_num_threads(1)
    for task, fit in (("Task 1, NumPy", fit_mnist), ("Task 2, PyTorch", fit_mnist_torch)):
        begin = time.process_time()
        predict = fit(data.train_images, data.train_labels, seed=seed)
        seconds = time.process_time() - begin
        yield task, float(np.mean(predict(data.test_images) == data.test_labels)), seconds


def plot_rates(curves, path):
    """Draw the loss of every step for each (rate, scale of the pixels), smoothed, on a logarithmic scale."""
    import matplotlib.pyplot as plt

    figure, panel = plt.subplots(figsize=(7, 4.2), layout="constrained")
    styles = itertools.product(("-", "--"), ("#0072B2", "#D55E00"))
    for ((scale, lr), losses), (line, colour) in zip(curves.items(), styles, strict=True):
        smooth = np.convolve(losses, np.full(20, 1 / 20), mode="valid")
        panel.plot(np.arange(len(smooth)) + 20, smooth, line, color=colour, label=f"{scale}, lr {lr:g}")
    panel.axhline(np.log(10), color="black", linewidth=0.8, linestyle=":")
    panel.annotate("guessing", (0.99, np.log(10)), xycoords=("axes fraction", "data"), ha="right", va="bottom")
    panel.set(
        xlabel="step", ylabel="cross-entropy (mean of 20 steps)", yscale="log", title="784-256-10, ReLU, plain SGD"
    )
    panel.grid(alpha=0.3)
    figure.legend(loc="outside lower center", ncols=2, frameon=False)
    figure.savefig(path, dpi=150)


def write_table(path, rows):
    """Write rows as CSV and print them."""
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(rows)
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def compare_tasks(arguments=None):
    """Print both comparisons, and save their tables and the picture."""
    from train import load_datasets

    parser = argparse.ArgumentParser(description="Compare Task 1 with Task 2, and scaled pixels with unscaled ones.")
    parser.add_argument("--seed", type=int, default=0, help="where everything random comes from (default 0)")
    parser.add_argument("--out", type=Path, default=Path("results/torch"), help="folder (default results/torch)")
    chosen = parser.parse_args(arguments)
    chosen.out.mkdir(parents=True, exist_ok=True)
    data = load_datasets().load_images()
    print(f"{data.source}, one thread, seed {chosen.seed}")
    rows = [(task, f"{right:.2%}", f"{seconds:.1f} s") for task, right, seconds in compare(data, chosen.seed)]
    write_table(chosen.out / "tasks.csv", [("task", "test accuracy", "CPU time"), *rows])
    print()
    runs = {
        (name, lr): train_plainly(data, scale=scale, lr=lr, seed=chosen.seed)
        for name, scale in SCALES.items()
        for lr in RATES
    }
    rows = [
        (name, f"{lr:g}", f"{losses.max():.3g}", f"{losses[-20:].mean():.3g}", f"{right:.2%}")
        for (name, lr), (losses, right) in runs.items()
    ]
    write_table(chosen.out / "rates.csv", [("pixels", "lr", "largest loss", "last loss", "test accuracy"), *rows])
    curves = {key: losses for key, (losses, _) in runs.items()}
    plot_rates(curves, chosen.out / "rates.png")
    print(f"tables and picture in {chosen.out}")


if __name__ == "__main__":
    compare_tasks()
