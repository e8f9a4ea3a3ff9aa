# 60,000 samples one by one are too slow, so the loop is replaced here
import numpy as np

from layers import Linear
from optimizers import SGD


class FastLinear(Linear):
    def forward(self, x):
        self.x = x
        return x @ self.weight + self.bias

    def backward(self, g):
        self.grad_weight, self.grad_bias = self.x.T @ g, g.sum(0)
        return g @ self.weight.T


class FastSGD(SGD):
    def step(self, gradients):
        for p, v, g in zip(self.parameters, self.velocity, gradients):
            v *= self.momentum
            v += g
            p -= self.lr * v


def fit_mnist(images, labels, *, seed):
    rng = np.random.default_rng(seed)
    first, second = FastLinear(784, 100, rng), FastLinear(100, 10, rng)
    for layer in (first, second):
        layer.weight = (layer.weight * 0.25).astype(np.float32)
        layer.bias = layer.bias.astype(np.float32)
    n, targets = len(images), np.eye(10, dtype=images.dtype)[labels]
    rounds = max(4, 60_000 // n)

    for r in range(rounds):
        lr = 0.1 if r < 0.7 * rounds else 0.02
        opt = FastSGD([first.weight, first.bias, second.weight, second.bias], lr, momentum=0.9)
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
