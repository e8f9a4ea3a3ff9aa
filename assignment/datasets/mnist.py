"""MNIST: where its four files are, whether they are right, and how to get them."""

import functools
import gzip
import hashlib
import math
import os
import struct
import sys
import tempfile
import zlib
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from .download import Progress, download
from .errors import DatasetError

SETTING = "GRADEKIT_MNIST"
MIRRORS = (
    "https://ossci-datasets.s3.amazonaws.com/mnist/",
    "https://storage.googleapis.com/cvdf-datasets/mnist/",
)


class IdxFile(NamedTuple):
    """One file of the IDX format: unsigned bytes behind a header of big-endian 32-bit numbers."""

    name: str
    shape: tuple[int, ...]
    sha256: str  # of the decompressed bytes: compressed ones differ from mirror to mirror

    @property
    def header(self) -> bytes:
        """Two zeros, 8 for unsigned bytes, the number of dimensions, then each dimension."""
        return struct.pack(f">4B{len(self.shape)}I", 0, 0, 8, len(self.shape), *self.shape)

    @property
    def size(self) -> int:
        """Bytes, decompressed."""
        return len(self.header) + math.prod(self.shape)


TRAIN_IMAGES = IdxFile(
    "train-images-idx3-ubyte", (60_000, 28, 28), "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db"
)
TRAIN_LABELS = IdxFile(
    "train-labels-idx1-ubyte", (60_000,), "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5"
)
TEST_IMAGES = IdxFile(
    "t10k-images-idx3-ubyte", (10_000, 28, 28), "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7"
)
TEST_LABELS = IdxFile(
    "t10k-labels-idx1-ubyte", (10_000,), "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"
)
FILES = (TRAIN_IMAGES, TRAIN_LABELS, TEST_IMAGES, TEST_LABELS)


def named_folder(folder: str | os.PathLike[str] | None) -> Path | None:
    """The folder that the caller or else the environment names, or None."""
    name = folder or os.environ.get(SETTING)
    return Path(name).expanduser() if name else None


def cache_folder() -> Path:
    """Where this user's downloads are kept, by the custom of the platform."""
    if base := os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA"):
        return Path(base) / "gradekit" / "mnist"
    try:
        home = Path.home()
    except RuntimeError:  # a container's user may have no home; every file is verified, wherever it is kept
        return Path(tempfile.gettempdir()) / "gradekit" / "mnist"
    return home / ("Library/Caches" if sys.platform == "darwin" else ".cache") / "gradekit" / "mnist"


def fetch(folder: str | os.PathLike[str] | None = None, *, progress: Progress | None = None) -> Path:
    """See to it that a folder holds MNIST, downloading what is missing or damaged.

    The folder is the argument, else GRADEKIT_MNIST, else the user's cache folder; it is returned. progress(name, done,
    total) is called during a download, in bytes. Raises DatasetError; a file is replaced as a whole or not at all.
    """
    target = named_folder(folder) or cache_folder()
    for file in FILES:
        try:
            read(target, file)
        except DatasetError:
            urls = [f"{mirror}{file.name}.gz" for mirror in MIRRORS]
            verify = functools.partial(_verified, file=file)
            download(urls, target / f"{file.name}.gz", verify=verify, progress=progress)
    return target


def complete(folder: Path) -> bool:
    """Whether all four files are there, right or wrong."""
    return all(_path(folder, file) is not None for file in FILES)


def read(folder: Path, file: IdxFile) -> NDArray[np.uint8]:
    """The verified content of one file, an array of file.shape. Raises DatasetError."""
    path = _path(folder, file)
    if path is None:
        raise DatasetError(
            f"{folder} has no {file.name}.gz: put the four MNIST files there, fetch them into it with "
            f"'gradekit datasets fetch', or name another folder ({SETTING})"
        )
    return _verified(path, file)


def _path(folder: Path, file: IdxFile) -> Path | None:
    candidates = (folder / f"{file.name}.gz", folder / file.name)
    try:
        return next((path for path in candidates if path.is_file()), None)
    except OSError as error:
        raise DatasetError(f"{folder} cannot be read: {error.strerror or error}") from error


def _verified(path: Path, file: IdxFile) -> NDArray[np.uint8]:
    try:
        with path.open("rb") as raw:
            compressed = raw.read(2) == b"\x1f\x8b"
        # One byte more than there should be shows a file that is too long, and makes gzip verify its checksum.
        with gzip.open(path) if compressed else path.open("rb") as stream:
            content = stream.read(file.size + 1)
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise _damaged(path, str(error)) from error
    except OSError as error:
        raise DatasetError(f"{path} cannot be read: {error.strerror or error}") from error
    if not content.startswith(file.header):
        raise _damaged(path, f"it does not start as an IDX file of shape {file.shape}")
    if len(content) != file.size:
        relation = "longer" if len(content) > file.size else "shorter"
        raise _damaged(path, f"its content is {relation} than {file.size} bytes")
    if hashlib.sha256(content).hexdigest() != file.sha256:
        raise _damaged(path, "its SHA-256 is not that of the published data")
    return np.frombuffer(content, np.uint8, offset=len(file.header)).reshape(file.shape)


def _damaged(path: Path, reason: str) -> DatasetError:
    return DatasetError(
        f"{path} is not the MNIST file it should be: {reason}; delete it and run 'gradekit datasets fetch', "
        "or copy it again"
    )
