# numbers only: rounds, rates, rows
import numpy as np

from layers import Linear
from optimizers import SGD


def fit_mnist(images, labels, *, seed):
    rng = np.random.default_rng(seed)
    first, second = Linear(784, 100, rng), Linear(100, 10, rng)
    for layer in (first, second):
        layer.weight = (layer.weight * 0.25).astype(np.float32)
        layer.bias = layer.bias.astype(np.float32)
    n, targets = len(images), np.eye(10, dtype=images.dtype)[labels]
    rounds = max(4, 60_000 // n)

    for r in range(rounds):
        lr = 0.1 if r < 0.7 * rounds else 0.02
        opt = SGD([first.weight, first.bias, second.weight, second.bias], lr, momentum=0.9)
        for rows in np.array_split(rng.permutation(n), max(1, n // 64)):
            hidden = first.forward(images[rows])
            scores = second.forward(np.maximum(hidden, 0))
            p = np.exp(scores - scores.max(1, keepdims=True))
            p /= p.sum(1, keepdims=True)
            first.backward(second.backward((p - targets[rows]) / len(rows)) * (hidden > 0))
            opt.step([first.grad_weight, first.grad_bias, second.grad_weight, second.grad_bias])

    def predict(batch):
        return second.forward(np.maximum(first.forward(batch), 0)).argmax(1)

    return predict
