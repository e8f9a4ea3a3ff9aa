"""The datasets package: generators, MNIST's files in every state, downloads over loopback, embedded digits."""

import gzip
import hashlib
import http.server
import importlib.util
import os
import sys
import threading
from pathlib import Path

import numpy as np
import pytest

ROOT = Path(__file__).resolve().parents[2]
SHAPES = {
    "train-images-idx3-ubyte": (6, 28, 28),
    "train-labels-idx1-ubyte": (6,),
    "t10k-images-idx3-ubyte": (3, 28, 28),
    "t10k-labels-idx1-ubyte": (3,),
}


@pytest.fixture(scope="module")
def datasets():
    folder = ROOT / "datasets"
    spec = importlib.util.spec_from_file_location(
        "_lab_datasets_tested", folder / "__init__.py", submodule_search_locations=[str(folder)]
    )
    package = sys.modules[spec.name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(package)
    yield package
    for name in [name for name in sys.modules if name.startswith(spec.name)]:
        del sys.modules[name]


@pytest.fixture
def mnist(datasets, monkeypatch, tmp_path):
    """The mnist module, made to expect the small files of `contents`, with no mirror and an empty cache."""
    module = sys.modules[f"{datasets.__name__}.mnist"]
    for constant, (name, content) in zip(
        ("TRAIN_IMAGES", "TRAIN_LABELS", "TEST_IMAGES", "TEST_LABELS"), contents().items(), strict=True
    ):
        monkeypatch.setattr(module, constant, module.IdxFile(name, SHAPES[name], hashlib.sha256(content).hexdigest()))
    files = (module.TRAIN_IMAGES, module.TRAIN_LABELS, module.TEST_IMAGES, module.TEST_LABELS)
    monkeypatch.setattr(module, "FILES", files)
    monkeypatch.setattr(module, "MIRRORS", ())
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.delenv("GRADEKIT_MNIST", raising=False)
    return module


def contents():
    """Four small IDX files, name to bytes: pixel values count up, labels are 0, 1, 2 ..."""
    files = {}
    for name, shape in SHAPES.items():
        header = bytes([0, 0, 8, len(shape)]) + b"".join(size.to_bytes(4, "big") for size in shape)
        files[name] = header + bytes(i % 256 for i in range(int(np.prod(shape))))
    return files


def write_all(folder, *, compressed=True):
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in contents().items():
        if compressed:
            (folder / f"{name}.gz").write_bytes(gzip.compress(content))
        else:
            (folder / name).write_bytes(content)
    return folder


@pytest.fixture
def server():
    """A loopback server: `answers` maps a path to (declared length, body) or is asked for nothing but 404."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.server.asked.append(self.path)
            if self.path not in self.server.answers:
                self.send_error(404)
                return
            length, body = self.server.answers[self.path]
            self.send_response(200)
            self.send_header("Content-Length", str(length))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *arguments):
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        running.answers = {}
        running.asked = []
        running.url = f"http://127.0.0.1:{running.server_port}"
        thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield running
        running.shutdown()
        thread.join()


def offer(server, place, *, cut=0, damage=b""):
    for name, content in contents().items():
        body = gzip.compress(content)
        server.answers[f"/{place}/{name}.gz"] = (len(body), damage or body[: len(body) - cut])
    return f"{server.url}/{place}/"


# Generators


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


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
@pytest.mark.usefixtures("mnist")
def test_an_unreadable_file_is_named(datasets, tmp_path):
    folder = write_all(tmp_path / "here")
    (folder / "train-labels-idx1-ubyte.gz").chmod(0)
    with pytest.raises(datasets.DatasetError, match=r"train-labels-idx1-ubyte\.gz cannot be read"):
        datasets.load_images(folder)


# Downloads


def test_fetch_downloads_the_files_and_says_how_far_it_is(datasets, mnist, server, tmp_path, monkeypatch):
    monkeypatch.setattr(mnist, "MIRRORS", (offer(server, "good"),))
    seen = {}
    folder = datasets.fetch(tmp_path / "new", progress=lambda name, done, total: seen.update({name: (done, total)}))
    assert folder == tmp_path / "new"
    assert sorted(path.name for path in folder.iterdir()) == sorted(f"{name}.gz" for name in SHAPES)
    assert sorted(seen) == sorted(f"{name}.gz" for name in SHAPES)
    assert all(done == total > 0 for done, total in seen.values())
    assert datasets.load_images(folder).source == "MNIST"


def test_load_images_downloads_into_the_cache_once(datasets, mnist, server, monkeypatch):
    monkeypatch.setattr(mnist, "MIRRORS", (offer(server, "good"),))
    assert datasets.load_images().source == "MNIST"
    assert len(server.asked) == 4
    assert datasets.load_images().source == "MNIST"
    assert len(server.asked) == 4
    assert mnist.complete(mnist.cache_folder())


def test_fetch_leaves_right_files_alone_and_replaces_damaged_ones(datasets, mnist, server, tmp_path, monkeypatch):
    monkeypatch.setattr(mnist, "MIRRORS", (offer(server, "good"),))
    folder = write_all(tmp_path / "here")
    (folder / "t10k-images-idx3-ubyte.gz").write_bytes(b"damaged")
    datasets.fetch(folder)
    assert server.asked == ["/good/t10k-images-idx3-ubyte.gz"]
    assert datasets.load_images(folder).source == "MNIST"


@pytest.mark.parametrize("fault", [{"cut": 5}, {"damage": b"<html>log in first</html>"}], ids=["interrupted", "page"])
def test_a_failed_download_leaves_nothing(datasets, mnist, server, tmp_path, monkeypatch, fault):
    monkeypatch.setattr(mnist, "MIRRORS", (offer(server, "bad", **fault),))
    with pytest.raises(datasets.DatasetError, match=r"train-images-idx3-ubyte\.gz cannot be downloaded.*damaged"):
        datasets.fetch(tmp_path / "new")
    assert list((tmp_path / "new").iterdir()) == []


def test_an_interrupt_during_a_download_leaves_nothing(datasets, mnist, server, tmp_path, monkeypatch):
    monkeypatch.setattr(mnist, "MIRRORS", (offer(server, "good"),))

    def interrupt(*_):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        datasets.fetch(tmp_path / "new", progress=interrupt)
    assert list((tmp_path / "new").iterdir()) == []


def test_the_next_mirror_is_asked_where_the_first_fails(datasets, mnist, server, tmp_path, monkeypatch):
    mirrors = (f"{server.url}/absent/", offer(server, "cut", cut=7), offer(server, "good"))
    monkeypatch.setattr(mnist, "MIRRORS", mirrors)
    assert datasets.load_images(datasets.fetch(tmp_path / "new")).source == "MNIST"
    assert server.asked[:3] == [f"/{place}/train-images-idx3-ubyte.gz" for place in ("absent", "cut", "good")]


def test_a_download_that_does_not_end_is_cut_off(datasets, mnist, server, tmp_path, monkeypatch):
    monkeypatch.setattr(sys.modules[f"{datasets.__name__}.download"], "MAX_BYTES", 50)
    monkeypatch.setattr(mnist, "MIRRORS", (offer(server, "good"),))
    with pytest.raises(datasets.DatasetError, match="more than 50 bytes"):
        datasets.fetch(tmp_path / "new")
    assert list((tmp_path / "new").iterdir()) == []


def test_a_damaged_cache_is_mended_by_a_download_and_else_an_error(datasets, mnist, server, monkeypatch):
    cache = write_all(mnist.cache_folder())
    (cache / "train-labels-idx1-ubyte.gz").write_bytes(b"damaged")
    with pytest.raises(datasets.DatasetError, match=r"train-labels-idx1-ubyte\.gz is not the MNIST file"):
        datasets.load_images()
    monkeypatch.setattr(mnist, "MIRRORS", (offer(server, "good"),))
    assert datasets.load_images().source == "MNIST"


def test_a_folder_that_cannot_be_made_is_named(datasets, mnist, server, tmp_path, monkeypatch):
    monkeypatch.setattr(mnist, "MIRRORS", (offer(server, "good"),))
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(datasets.DatasetError, match="file/mnist cannot be written to"):
        datasets.fetch(tmp_path / "file" / "mnist")


# Digits


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
