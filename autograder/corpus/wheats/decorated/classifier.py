# x * sigmoid(x) made of my Sigmoid as hidden activation, softmax written here
import numpy as np

from activations import Sigmoid
from layers import Linear
from network import Network
from optimizers import SGD


class Swish:
    """x * sigmoid(x): the product rule on top of my own Sigmoid."""

    def __init__(self):
        self.gate = Sigmoid()

    def forward(self, x):
        self.x, self.s = x, self.gate.forward(x)
        return self.x * self.s

    def backward(self, g):
        return g * self.s + self.gate.backward(g * self.x)


def softmax_gradient(scores, labels):
    e = np.exp(scores - scores.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    p[np.arange(len(p)), labels] -= 1
    return p / len(p)


def fit_mnist(images, labels, *, seed):
    rng = np.random.default_rng(seed)
    net = Network([Linear(784, 112, rng), Swish(), Linear(112, 10, rng)])
    for layer in net.layers:
        if hasattr(layer, "weight"):
            n_in, n_out = layer.weight.shape
            layer.weight = (rng.standard_normal((n_in, n_out)) * np.sqrt(2 / (n_in + n_out))).astype(np.float32)
            layer.bias = np.zeros(n_out, np.float32)

    def prepare(pixels):
        return (pixels - np.float32(0.13)) / np.float32(0.31)

    x = prepare(images)
    epochs = max(4, 60_000 // len(x))
    for epoch in range(epochs):
        opt = SGD(net.parameters(), lr=0.05 * (epochs - epoch) / epochs, momentum=0.9)
        perm = rng.permutation(len(x))
        for i in range(0, len(x), 80):
            j = perm[i : i + 80]
            net.backward(softmax_gradient(net.forward(x[j]), labels[j]))
            opt.step(net.gradients())

    def predict(pixels):
        return net.forward(prepare(pixels)).argmax(axis=1)

    return predict
