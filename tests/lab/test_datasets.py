"""The datasets package: generators, embedded digits, and the real MNIST."""

import os
import sys
from pathlib import Path

import numpy as np
import pytest

ROOT = Path(__file__).resolve().parents[2]


def test_linear_data_are_uniform_points_split_by_the_diagonal(datasets):
    points, labels = datasets.linear_data(n=2000, seed=3)
    assert points.shape == (2000, 2)
    assert labels.shape == (2000, 1)
    assert points.dtype == labels.dtype == np.float64
    assert points.min() >= 0
    assert points.max() < 1
    assert np.allclose(points.mean(axis=0), 0.5, atol=0.02)
    assert [label for (label,) in labels] == [0.0 if x > y else 1.0 for x, y in points]


def test_linear_data_depend_on_the_seed_alone(datasets):
    first, again, other = datasets.linear_data(), datasets.linear_data(n=100, seed=0), datasets.linear_data(seed=1)
    assert first[0].shape == (100, 2)
    assert np.array_equal(first[0], again[0])
    assert not np.array_equal(first[0], other[0])


def test_xor_data_are_the_two_diagonals_with_the_crossing_once(datasets):
    points, labels = datasets.xor_data()
    assert points.shape == (21, 2)
    assert labels.shape == (21, 1)
    rounded = {(round(x, 9), round(y, 9)): label for (x, y), (label,) in zip(points, labels, strict=True)}
    assert len(rounded) == 21
    assert rounded[0.5, 0.5] == 0
    assert rounded[0.3, 0.3] == 0
    assert rounded[0.3, 0.7] == 1
    assert sum(rounded.values()) == 10


# MNIST's files


@pytest.mark.usefixtures("mnist")
def test_digits_are_used_and_announced_where_mnist_cannot_be_had(datasets, capsys):
    data = datasets.load_images()
    assert data.source == "digits"
    assert "embedded 8 x 8 digits" in capsys.readouterr().err
    assert data.train_images.shape == (1438, 784)
    assert data.test_images.shape == (359, 784)
    assert data.train_images.dtype == np.float32
    assert data.train_images.min() == 0
    assert data.train_images.max() == 1
    counts = np.bincount(np.concatenate([data.train_labels, data.test_labels]))
    assert counts.tolist() == [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]  # as published for the 1,797 digits
    assert np.bincount(data.test_labels).min() >= 25


@pytest.mark.usefixtures("mnist")
def test_digits_are_refused_where_mnist_is_required(datasets):
    with pytest.raises(datasets.DatasetError, match=r"required and cannot be had.*GRADEKIT_MNIST"):
        datasets.load_images(require_mnist=True)
    with pytest.raises(datasets.DatasetError, match="downloading is switched off"):
        datasets.load_images(require_mnist=True, download=False)


@pytest.mark.usefixtures("mnist")
def test_digits_are_the_same_every_time_and_keep_a_border(datasets):
    first, second = datasets.load_images(download=False), datasets.load_images(download=False)
    assert np.array_equal(first.test_images, second.test_images)
    pictures = first.train_images.reshape(-1, 28, 28)
    border = np.ones((28, 28), bool)
    border[2:26, 2:26] = False
    assert not pictures[:, border].any()
    assert first.train_labels[:8].tolist() == [1, 6, 8, 9, 3, 0, 2, 6]


def test_enlarging_keeps_corners_and_interpolates_between_pixels(datasets):
    digits = sys.modules[f"{datasets.__name__}.digits"]
    image = np.zeros((1, 8, 8))
    image[0, 0, 0], image[0, 0, 1] = 1, 0.25
    row = digits.enlarge(image).reshape(28, 28)[2]
    assert row[2] == row[3] == 1
    assert row[4] == pytest.approx(0.75)
    assert row[5] == pytest.approx(0.5)
    assert row[6] == pytest.approx(0.25)


def test_embedded_digits_are_small_and_attributed():
    file = ROOT / "datasets" / "digits.csv.gz"
    assert file.stat().st_size < 100_000
    assert file.read_bytes()[4:8] == bytes(4)  # no time stamp
    licence = (ROOT / "datasets" / "digits-LICENSE.txt").read_text()
    assert "10.24432/C50P49" in licence
    assert "CC BY 4.0" in licence


# The real MNIST


def test_real_mnist_is_the_published_data(datasets):
    if not os.environ.get("GRADEKIT_MNIST"):
        if os.environ.get("CI"):
            pytest.fail("CI has to name the folder of MNIST in GRADEKIT_MNIST")
        pytest.skip("GRADEKIT_MNIST names no folder with MNIST")
    data = datasets.load_images(require_mnist=True)
    assert data.source == "MNIST"
    assert data.train_images.shape == (60_000, 784)
    assert data.test_images.shape == (10_000, 784)
    assert np.bincount(data.train_labels).tolist() == [5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949]
    assert data.test_labels[:5].tolist() == [7, 2, 1, 0, 4]
    assert float(data.train_images.mean()) == pytest.approx(0.1306605, abs=1e-6)
