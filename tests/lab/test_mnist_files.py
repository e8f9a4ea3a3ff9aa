"""MNIST's files in every state: where they are looked for, and which are refused."""

import gzip

import numpy as np
import pytest
from idx_files import contents, write_all


@pytest.mark.parametrize("compressed", [True, False])
@pytest.mark.usefixtures("mnist")
def test_mnist_is_read_from_the_folder_argument(datasets, tmp_path, compressed):
    data = datasets.load_images(write_all(tmp_path / "here", compressed=compressed))
    assert data.source == "MNIST"
    assert data.train_images.shape == (6, 784)
    assert data.train_images.dtype == np.float32
    assert data.train_images[0, 255] == 1
    assert data.train_images[0, 51] == np.float32(0.2)
    assert data.train_images[1, 0] == np.float32(784 % 256 / 255)
    assert data.train_labels.dtype == np.int64
    assert data.train_labels.tolist() == [0, 1, 2, 3, 4, 5]
    assert data.test_images.shape == (3, 784)
    assert data.test_labels.tolist() == [0, 1, 2]


@pytest.mark.usefixtures("mnist")
def test_mnist_is_read_from_the_folder_of_the_environment(datasets, tmp_path, monkeypatch):
    monkeypatch.setenv("GRADEKIT_MNIST", str(write_all(tmp_path / "there")))
    assert datasets.load_images(require_mnist=True).source == "MNIST"


@pytest.mark.usefixtures("mnist")
def test_the_folder_argument_goes_before_the_environment(datasets, tmp_path, monkeypatch):
    monkeypatch.setenv("GRADEKIT_MNIST", str(tmp_path / "nowhere"))
    assert datasets.load_images(write_all(tmp_path / "here")).source == "MNIST"


def test_mnist_is_read_from_the_cache_without_a_mirror(datasets, mnist):
    write_all(mnist.cache_folder())
    assert datasets.load_images(download=False).source == "MNIST"


@pytest.mark.parametrize("named_by", ["argument", "environment"])
@pytest.mark.usefixtures("mnist")
def test_a_named_folder_without_the_files_is_an_error_and_no_fallback(datasets, tmp_path, monkeypatch, named_by):
    folder = tmp_path / "empty"
    folder.mkdir()
    if named_by == "environment":
        monkeypatch.setenv("GRADEKIT_MNIST", str(folder))
    with pytest.raises(datasets.DatasetError, match=r"empty has no train-images-idx3-ubyte\.gz.*datasets fetch"):
        datasets.load_images(folder if named_by == "argument" else None)


@pytest.mark.usefixtures("mnist")
def test_one_missing_file_is_named(datasets, tmp_path):
    folder = write_all(tmp_path / "here")
    (folder / "t10k-labels-idx1-ubyte.gz").unlink()
    with pytest.raises(datasets.DatasetError, match=r"has no t10k-labels-idx1-ubyte\.gz"):
        datasets.load_images(folder)


def _truncated(content):
    body = gzip.compress(content)
    return body[: len(body) // 2]


def _broken_stream(content):
    body = bytearray(gzip.compress(content))
    body[20:40] = bytes(20)
    return bytes(body)


def _changed_pixel(content):
    return gzip.compress(content[:-1] + bytes([content[-1] ^ 1]))


DAMAGES = {
    "cut in the middle": (_truncated, "ended"),
    "broken inside": (_broken_stream, "decompressing|CRC"),
    "one bit of the checksum": (lambda content: gzip.compress(content)[:-8] + bytes(8), "CRC"),
    "one pixel": (_changed_pixel, "SHA-256"),
    "wrong magic": (lambda content: gzip.compress(b"\0\0\x08\x01" + content[4:]), "IDX"),
    "wrong size in the header": (lambda content: gzip.compress(content[:7] + b"\x07" + content[8:]), "IDX"),
    "content too short": (lambda content: gzip.compress(content[:-1]), "shorter"),
    "content too long": (lambda content: gzip.compress(content + b"\0"), "longer"),
    "a page in place of the file": (lambda _: b"<html>not found</html>", "IDX"),
    "nothing": (lambda _: b"", "IDX"),
}


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.usefixtures("mnist")
def test_a_damaged_file_is_refused_by_name_with_the_way_out(datasets, tmp_path, damage):
    change, reason = DAMAGES[damage]
    folder = write_all(tmp_path / "here")
    path = folder / "train-images-idx3-ubyte.gz"
    path.write_bytes(change(contents()["train-images-idx3-ubyte"]))
    with pytest.raises(datasets.DatasetError, match=reason) as caught:
        datasets.load_images(folder)
    assert str(path) in str(caught.value)
    assert "delete it" in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.usefixtures("mnist")
def test_swapped_files_are_refused(datasets, tmp_path):
    folder = write_all(tmp_path / "here")
    (folder / "train-images-idx3-ubyte.gz").replace(folder / "t10k-images-idx3-ubyte.gz")
    write_all(tmp_path / "more")
    (tmp_path / "more" / "t10k-images-idx3-ubyte.gz").replace(folder / "train-images-idx3-ubyte.gz")
    with pytest.raises(datasets.DatasetError, match=r"train-images.*shape \(6, 28, 28\)"):
        datasets.load_images(folder)


@pytest.mark.usefixtures("mnist")
def test_a_bomb_is_not_unpacked(datasets, tmp_path):
    import tracemalloc

    folder = write_all(tmp_path / "here")
    start = contents()["train-images-idx3-ubyte"]
    (folder / "train-images-idx3-ubyte.gz").write_bytes(gzip.compress(start + bytes(50_000_000)))
    tracemalloc.start()
    with pytest.raises(datasets.DatasetError, match="longer"):
        datasets.load_images(folder)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 2_000_000


@pytest.mark.usefixtures("mnist")
def test_an_unreadable_file_is_named(datasets, tmp_path, ordinary_user):
    folder = write_all(tmp_path / "here")
    (folder / "train-labels-idx1-ubyte.gz").chmod(0)
    with ordinary_user(), pytest.raises(datasets.DatasetError, match=r"train-labels-idx1-ubyte\.gz cannot be read"):
        datasets.load_images(folder)


# Downloads
