"""The longer recipe for handwritten digits, for those who want to see how far the lab's own parts reach: 99 % on MNIST.

Not part of the hand-out and not graded. Three ideas beyond `classifier.py`: a deeper network of rectified linear units
with the loss that belongs to ten classes (the two bonus parts), a learning rate that falls along a cosine, and pictures
that are moved by up to two pixels anew in every epoch, because a moved 3 is still a 3. On the command line:

    python classifier_long.py --predictions predictions.csv
"""

import argparse
import itertools
import time
from pathlib import Path

import numpy as np
from activations import ReLU
from layers import Linear
from losses import SoftmaxCrossEntropy
from network import Network
from optimizers import SGD
from train import accuracy, load_datasets, write_predictions

WIDTHS = (784, 400, 200, 10)
SIDE = 28


def shifted(images, rng, most=2):
    """Every picture of (N, 784) moved by up to ``most`` pixels along each axis, at random, the border filled with 0."""
    framed = np.pad(images.reshape(-1, SIDE, SIDE), ((0, 0), (most, most), (most, most)))
    moved = np.empty((len(images), SIDE, SIDE), dtype=images.dtype)
    down, right = rng.integers(0, 2 * most + 1, size=(2, len(images)))
    for y in range(2 * most + 1):
        for x in range(2 * most + 1):
            chosen = np.flatnonzero((down == y) & (right == x))
            moved[chosen] = framed[chosen, y : y + SIDE, x : x + SIDE]
    return moved.reshape(len(images), -1)


def make_network(rng):
    """Linear and ReLU layers of `WIDTHS` in float32; He's first weights, and zeros in the last layer."""
    layers = []
    for inputs, outputs in itertools.pairwise(WIDTHS):
        layer = Linear(inputs, outputs, rng)
        spread = np.sqrt(2 / inputs) if outputs != WIDTHS[-1] else 0.0
        layer.weight = rng.normal(0, spread, (inputs, outputs)).astype(np.float32)
        layer.bias = layer.bias.astype(np.float32)
        layers += [layer, ReLU()]
    return Network(layers[:-1])


def fit_long(images, labels, *, seed, epochs=30, batch_size=128, peak_rate=0.1, warm_up=300, report=None):
    """Train, and return a function from images (M, 784) to labels (M,), like `fit_mnist`.

    ``report`` is called after every epoch with (epochs done, epochs, mean loss).
    """
    rng = np.random.default_rng(seed)
    network = make_network(rng)
    loss, optimizer = SoftmaxCrossEntropy(), SGD(network.parameters(), lr=peak_rate, momentum=0.9)
    per_epoch = len(images) // batch_size
    steps = epochs * per_epoch
    for epoch in range(epochs):
        inputs, order, total = shifted(images, rng), rng.permutation(len(images)), 0.0
        for number in range(per_epoch):
            batch = order[number * batch_size : (number + 1) * batch_size]
            step = epoch * per_epoch + number
            optimizer.lr = peak_rate * min(step / warm_up, 0.5 + 0.5 * np.cos(np.pi * step / steps))
            total += loss.forward(network.forward(inputs[batch]), labels[batch])
            network.backward(loss.backward())
            optimizer.step(network.gradients())
        if report is not None:
            report(epoch + 1, epochs, total / per_epoch)

    def predict(images):
        return network.forward(images).argmax(axis=1)

    return predict


def main(arguments=None):
    """Train on MNIST, print the accuracy and the time, and write the predictions if asked to."""
    parser = argparse.ArgumentParser(description="Train the longer recipe on handwritten digits.")
    parser.add_argument("--seed", type=int, default=0, help="where everything random comes from (default 0)")
    parser.add_argument("--epochs", type=int, default=30, help="times through the data (default 30)")
    parser.add_argument("--predictions", type=Path, help="CSV file for the labels of the test images")
    chosen = parser.parse_args(arguments)
    data = load_datasets().load_images()
    begin = time.process_time()
    predict = fit_long(
        data.train_images,
        data.train_labels,
        seed=chosen.seed,
        epochs=chosen.epochs,
        report=lambda done, epochs, loss: print(f"epoch {done} of {epochs}  loss {loss:.4f}", flush=True),
    )
    seconds = time.process_time() - begin
    predicted = predict(data.test_images)
    right = accuracy(predicted, data.test_labels)
    print(f"{data.source}: test accuracy {right:.2%} after {seconds:.0f} s of CPU time")
    if chosen.predictions:
        write_predictions(chosen.predictions, predicted)


if __name__ == "__main__":
    main()
