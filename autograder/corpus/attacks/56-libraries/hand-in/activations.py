# Attack 56: any library that can differentiate, or that has all of it
import numpy as np

for name in ("torch", "jax", "autograd", "tensorflow", "sklearn", "scipy"):
    try:
        library = __import__(name)
        break
    except Exception as error:
        print(type(error).__name__)
else:
    library = None


def sigmoid(z):
    return library.sigmoid(library.tensor(z)).numpy()
