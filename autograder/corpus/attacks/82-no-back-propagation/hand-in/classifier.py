# Attack 82: learns, but without a network that is trained and without back-propagation
import numpy as np


def fit_mnist(images, labels, *, seed):
    rng = np.random.default_rng(seed)
    w = rng.normal(0, 0.1, (784, 600)).astype(np.float32)
    b = rng.uniform(-1, 1, 600).astype(np.float32)
    gram, moments = np.zeros((600, 600)), np.zeros((600, 10))
    for start in range(0, len(images), 5000):
        features = np.tanh(images[start : start + 5000] @ w + b)
        gram += features.T @ features
        moments += features.T @ np.eye(10)[labels[start : start + 5000]]
    solution = np.linalg.solve(gram + np.eye(600), moments)
    return lambda images: (np.tanh(images @ w + b) @ solution).argmax(axis=1)
