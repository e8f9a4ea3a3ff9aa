"""Zip files that escape from their folder, that blow up, or that say one thing in two places."""

from __future__ import annotations

import io
import struct
import tarfile
import warnings
import zipfile
from collections.abc import Callable, Iterable
from typing import Any

CODE = b"import numpy as np\n\n\ndef sigmoid(z):\n    return np.zeros_like(z)\n"
Entry = tuple[str | zipfile.ZipInfo, bytes]


def zipped(entries: Iterable[Entry], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a zip file with these entries."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", compression) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # two members of one name are the point
        for entry, data in entries:
            archive.writestr(entry, data)
    return stream.getvalue()


def entry(name: str, mode: int = 0o100644) -> zipfile.ZipInfo:
    """Return a member with a Unix mode."""
    info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    info.create_system, info.external_attr = 3, mode << 16
    return info


def nested(levels: int) -> bytes:
    """Return a zip in a zip in a zip ..."""
    data, name = CODE, "activations.py"
    for _ in range(levels):
        data, name = zipped([(name, data)]), "inner.zip"
    return data


def lying_size() -> bytes:
    """Return a zip whose table of contents says that its member has ten bytes."""
    data = bytearray(zipped([("activations.py", CODE + b"#" * 5_000_000)]))
    at = data.rindex(b"PK\x01\x02")
    struct.pack_into("<I", data, at + 24, 10)
    return bytes(data)


def two_names() -> bytes:
    """Return a zip whose member has another name in its own header than in the table of contents."""
    data = zipped([("activations.py", CODE)], zipfile.ZIP_STORED)
    return data.replace(b"activations.py", b"optimizers_.py", 1)


def tape() -> bytes:
    """Return a tar archive with a link out of its folder, called a zip."""
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w:gz") as archive:
        link = tarfile.TarInfo("activations.py")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    return stream.getvalue()


def _refused(reason: str) -> dict[str, Any]:
    return {"status": "ungradable", "reason": reason}


Attack = tuple[str, list[int], str, str, Callable[[], bytes], dict[str, Any]]
ATTACKS: list[Attack] = [
    ("62a-zip-slip", [62], "unpacks outside its folder", "hand-in.zip",
     lambda: zipped([("../../../../tmp/gradekit-attack-slip", b"x"), ("activations.py", CODE)]), _refused("..")),
    ("62b-absolute-name", [62], "unpacks to an absolute path", "hand-in.zip",
     lambda: zipped([("/tmp/gradekit-attack-absolute", b"x"), ("activations.py", CODE)]), _refused("/tmp")),
    ("62c-link-in-zip", [62], "unpacks a link, and then a file through it", "hand-in.zip",
     lambda: zipped([(entry("out", 0o120777), b"/tmp"), ("out/gradekit-attack-link", b"x"), ("activations.py", CODE)]), _refused("link")),
    ("62d-bomb", [62], "is a thousand times larger when unpacked", "hand-in.zip",
     lambda: zipped([("activations.py", CODE), ("data.py", bytes(40 << 20))]), _refused("")),
    ("62e-many-entries", [62], "has a hundred thousand members", "hand-in.zip",
     lambda: zipped([(f"{number}.txt", b"") for number in range(100_000)], zipfile.ZIP_STORED), _refused("")),
    ("62f-nested", [62], "is a zip in a zip in a zip", "hand-in.zip", lambda: nested(30), _refused("")),
    ("62g-deep-folders", [62], "has folders a hundred deep", "hand-in.zip",
     lambda: zipped([("a/" * 100 + "activations.py", CODE)]), _refused("")),
    ("62h-lying-size", [62], "says that it is small", "hand-in.zip", lying_size, _refused("")),
    ("62i-two-names", [62, 88], "calls the same member differently in two places", "hand-in.zip", two_names, _refused("")),
    ("62j-tape", [62], "is a tar archive with a link, called a zip", "hand-in.zip", tape, _refused("zip")),
    ("88c-doubled-member", [88], "has two members of one name, of which one is right", "hand-in.zip",
     lambda: zipped([(entry("activations.py"), CODE), (entry("activations.py"), CODE + b"#")]), _refused("activations.py")),
    ("88d-case-twins", [88], "has two names that differ in case alone", "hand-in.zip",
     lambda: zipped([("activations.py", CODE), ("Activations.py", CODE + b"#")]), _refused("ctivations.py")),
]  # fmt: skip
