"""The embedded 8 x 8 digits, enlarged to the size of MNIST's (source and licence: digits-LICENSE.txt)."""

import gzip
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

TEST_SIZE = 359
FILE = Path(__file__).with_name("digits.csv.gz")


def load() -> tuple[NDArray[np.float32], NDArray[np.int64], NDArray[np.float32], NDArray[np.int64]]:
    """Train images (1438, 784), train labels (1438,), test images (359, 784) and test labels (359,)."""
    table = np.array([line.split(b",") for line in gzip.decompress(FILE.read_bytes()).splitlines()]).astype(np.int64)
    images, labels = enlarge(table[:, :64].reshape(-1, 8, 8) / 16), table[:, 64]
    # The digits come in the order 0 ... 9, writer by writer, so that a split has to shuffle. The legacy generator
    # is used because NumPy promises that its stream never changes.
    order = np.random.RandomState(1998).permutation(len(labels))
    test, train = order[:TEST_SIZE], order[TEST_SIZE:]
    return images[train], labels[train], images[test], labels[test]


def enlarge(images: NDArray[np.float64]) -> NDArray[np.float32]:
    """Images (N, 8, 8) as rows (N, 784): bilinear to 24 x 24, with an empty border of 2 pixels."""
    position = np.clip((np.arange(24) + 0.5) / 3 - 0.5, 0, 7)
    weights = np.maximum(0, 1 - np.abs(position[:, np.newaxis] - np.arange(8)))  # (24, 8), linear interpolation
    enlarged = np.zeros((len(images), 28, 28), np.float32)
    enlarged[:, 2:26, 2:26] = weights @ images @ weights.T
    return enlarged.reshape(len(images), 784)
