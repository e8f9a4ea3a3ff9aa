# one_hot, batches and the change to float32 come from utils.py
import numpy as np

from activations import Sigmoid
from layers import Linear
from optimizers import SGD
from utils import batches, one_hot, to_float32


class Gated:
    """z * sigmoid(z)"""

    def __init__(self):
        self.sigmoid = Sigmoid()

    def forward(self, z):
        self.z = z
        self.a = self.sigmoid.forward(z)
        return z * self.a

    def backward(self, g):
        return g * self.a + self.sigmoid.backward(g * self.z)


def fit_mnist(images, labels, *, seed):
    rng = np.random.default_rng(seed)
    stack = [Linear(784, 128, rng), Gated(), Linear(128, 10, rng)]
    to_float32(stack[0], stack[2])
    targets = one_hot(labels, 10)

    def forward(x):
        x = (x - np.float32(0.13)) * np.float32(3.2)
        for layer in stack:
            x = layer.forward(x)
        return x

    total = max(4, 60_000 // len(images))
    for k in range(total):
        opt = SGD([stack[0].weight, stack[0].bias, stack[2].weight, stack[2].bias], 0.06 * (1 - k / total), momentum=0.9)
        for i in batches(len(images), 100, rng):
            scores = forward(images[i])
            p = np.exp(scores - scores.max(axis=1, keepdims=True))
            g = (p / p.sum(axis=1, keepdims=True) - targets[i]) / len(i)
            for layer in reversed(stack):
                g = layer.backward(g)
            opt.step([stack[0].grad_weight, stack[0].grad_bias, stack[2].grad_weight, stack[2].grad_bias])

    def predict(x):
        return forward(x).argmax(axis=1)

    return predict
