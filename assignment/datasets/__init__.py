"""The lab's data: two generated problems in the plane, and handwritten digits."""

from .errors import DatasetError
from .images import ImageData, load_images, prepare, true_labels
from .mnist import fetch
from .synthetic import linear_data, xor_data

__all__ = ["DatasetError", "ImageData", "fetch", "linear_data", "load_images", "prepare", "true_labels", "xor_data"]
