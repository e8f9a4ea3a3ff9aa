"""Pictures of handwritten digits: MNIST where it can be had, else the embedded ones."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from . import digits, mnist
from .download import Progress
from .errors import DatasetError


class ImageData(NamedTuple):
    """Pictures of 28 x 28 pixels as rows, with their classes, and which data they are."""

    train_images: NDArray[np.float32]  # (N, 784), in [0, 1]
    train_labels: NDArray[np.int64]  # (N,), 0 ... 9
    test_images: NDArray[np.float32]  # (M, 784), in [0, 1]
    test_labels: NDArray[np.int64]  # (M,), 0 ... 9
    source: Literal["MNIST", "digits"]


def load_images(
    folder: str | os.PathLike[str] | None = None,
    *,
    require_mnist: bool = False,
    download: bool = True,
    progress: Progress | None = None,
) -> ImageData:
    """MNIST (60,000 and 10,000 pictures), or where it cannot be had the embedded digits (1,438 and 359).

    MNIST comes from folder, else from the folder that GRADEKIT_MNIST names, else from the user's cache folder, else
    (download) from the public mirrors into that; progress(name, done, total) counts bytes. Falling back to the digits is said
    on stderr and in source. Raises DatasetError when a named folder or a file is wrong, or MNIST is required and
    cannot be had.
    """
    named = mnist.named_folder(folder)
    if named is not None:
        return _mnist(named)
    cache = mnist.cache_folder()
    damage: DatasetError | None = None
    if mnist.complete(cache):
        try:
            return _mnist(cache)
        except DatasetError as error:
            damage = error
    if download:
        try:
            return _mnist(mnist.fetch(cache, progress=progress))
        except DatasetError as error:
            reason = str(error)
    else:
        reason = f"{cache} does not hold it, and downloading is switched off"
    if damage is not None:
        raise damage
    if require_mnist:
        raise DatasetError(f"MNIST is required and cannot be had: {reason}; name its folder in {mnist.SETTING}")
    print(f"MNIST cannot be had ({reason}); the embedded 8 x 8 digits are used instead.", file=sys.stderr)
    return ImageData(*digits.load(), source="digits")


def prepare(settings: Mapping[str, float | int | str | bool]) -> str:
    """Make the pictures that a grading needs available, downloading MNIST if need be; return the name of the data.

    ``settings`` are the rubric's: `mnist_folder` (text, empty: none named) and `require_mnist`. Raises DatasetError.
    """
    return _chosen(settings).source


def true_labels(settings: Mapping[str, float | int | str | bool]) -> tuple[NDArray[np.int64], str]:
    """The true labels (M,) of the test pictures, and the name of the data; ``settings`` as for `prepare`. Raises DatasetError."""
    images = _chosen(settings)
    return images.test_labels, images.source


def _chosen(settings: Mapping[str, float | int | str | bool]) -> ImageData:
    folder = str(settings.get("mnist_folder", "")) or None
    return load_images(folder, require_mnist=bool(settings.get("require_mnist")))


def _mnist(folder: Path) -> ImageData:
    return ImageData(
        train_images=_pixels(mnist.read(folder, mnist.TRAIN_IMAGES)),
        train_labels=mnist.read(folder, mnist.TRAIN_LABELS).astype(np.int64),
        test_images=_pixels(mnist.read(folder, mnist.TEST_IMAGES)),
        test_labels=mnist.read(folder, mnist.TEST_LABELS).astype(np.int64),
        source="MNIST",
    )


def _pixels(images: NDArray[np.uint8]) -> NDArray[np.float32]:
    # The bytes are converted piece by piece on the way into the result, which is the only large array.
    pixels: NDArray[np.float32] = np.divide(images.reshape(len(images), -1), np.float32(255), dtype=np.float32)
    return pixels
