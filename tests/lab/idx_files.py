"""Small IDX files in the place of MNIST's."""

import gzip

import numpy as np

SHAPES = {
    "train-images-idx3-ubyte": (6, 28, 28),
    "train-labels-idx1-ubyte": (6,),
    "t10k-images-idx3-ubyte": (3, 28, 28),
    "t10k-labels-idx1-ubyte": (3,),
}


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
