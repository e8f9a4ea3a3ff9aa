"""Downloads of MNIST over loopback: progress, interrupts, damage, mirrors."""

import gzip
import http.server
import sys
import threading

import pytest
from idx_files import SHAPES, contents, write_all


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
