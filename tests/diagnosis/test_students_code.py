"""Mistakes as students write them, which is not how the catalogue writes them, are named all the same."""

from __future__ import annotations

import pytest
from catalogue_runs import REFERENCE, charged, named, results

WRITTEN = {
    "sigmoid-unguarded-exp": ("activations.py", "def sigmoid(z):\n    return np.power(1 + np.exp(-1.0 * z), -1)\n"),
    "sigmoid-exponent-without-minus": (
        "activations.py",
        "def sigmoid(z):\n    e = np.exp(-np.abs(z))\n    return np.where(z >= 0, e / (1 + e), 1 / (1 + e))\n",
    ),
    "sigmoid-layer-derivative-of-z": (
        "activations.py",
        """
class Sigmoid:
    def forward(self, inputs):
        self.cache = (inputs,)
        return sigmoid(inputs)

    def backward(self, grad_output):
        (a,) = self.cache
        ds = (1 - a) * a
        return np.multiply(ds, grad_output)
""",
    ),
    "sigmoid-layer-writes-into-grad-output": (
        "activations.py",
        """
class Sigmoid:
    def forward(self, z):
        self.out = sigmoid(z)
        return self.out

    def backward(self, grad_output):
        result = grad_output * self.out * (1 - self.out)
        grad_output[:] = 0
        return result
""",
    ),
    "linear-forward-bias-missing": (
        "layers.py",
        """
class Linear(Linear):
    def forward(self, x):
        super().forward(x)
        return np.einsum("ni,io->no", x, self.weight)
""",
    ),
    "linear-bias-gradient-not-summed": (
        "layers.py",
        """
class Linear(Linear):
    def backward(self, dy):
        dx = super().backward(dy)
        self.grad_bias = 1.0 * dy
        return dx
""",
    ),
    "linear-gradients-accumulated": (
        "layers.py",
        """
class Linear(Linear):
    def backward(self, dy):
        old = self.grad_weight, self.grad_bias
        dx = super().backward(dy)
        self.grad_weight = old[0] + self.grad_weight
        self.grad_bias = old[1] + self.grad_bias
        return dx
""",
    ),
    "linear-backward-updates-weights": (
        "layers.py",
        """
class Linear(Linear):
    def backward(self, dy):
        dx = super().backward(dy)
        self.weight -= 0.003 * self.grad_weight
        return dx
""",
    ),
    "mse-gradient-without-factor-two": (
        "losses.py",
        """
class MSELoss:
    def forward(self, y_hat, y):
        self.y_hat, self.y = y_hat, y
        return np.square(y - y_hat).mean()

    def backward(self):
        n, c = self.y.shape
        return (self.y_hat - self.y) / (n * c)
""",
    ),
    "sgd-momentum-running-average": (
        "optimizers.py",
        """
class SGD:
    def __init__(self, parameters, lr, momentum=0.0):
        self.params, self.lr, self.mu = parameters, lr, momentum
        self.v = [0] * len(parameters)

    def step(self, gradients):
        for i in range(len(self.params)):
            self.v[i] = self.mu * self.v[i] + (1 - self.mu) * gradients[i]
            self.params[i][...] = self.params[i] - self.lr * self.v[i]
""",
    ),
    "softmax-not-shifted": (
        "losses.py",
        """
class SoftmaxCrossEntropy:
    def forward(self, logits, labels):
        e = np.exp(logits)
        self.p, self.labels = e / e.sum(axis=1)[:, None], labels
        return np.mean([-np.log(p[l]) for p, l in zip(self.p, labels)])

    def backward(self):
        onehot = np.eye(self.p.shape[1], dtype=self.p.dtype)[self.labels]
        return (self.p - onehot) / len(self.p)
""",
    ),
    "adam-no-correction": (
        "optimizers.py",
        """
class Adam:
    def __init__(self, parameters, lr=1e-3, betas=(0.9, 0.999), eps=1e-8):
        self.p, self.lr, (self.b1, self.b2), self.eps = parameters, lr, betas, eps
        self.m, self.v = [0 * p for p in parameters], [0 * p for p in parameters]

    def step(self, g):
        for i, p in enumerate(self.p):
            self.m[i] += (1 - self.b1) * (g[i] - self.m[i])
            self.v[i] += (1 - self.b2) * (g[i] ** 2 - self.v[i])
            p += -self.lr * self.m[i] / (self.v[i] ** 0.5 + self.eps)
""",
    ),
}


@pytest.mark.parametrize("name", WRITTEN)
def test_mistake_is_named(name):
    file, text = WRITTEN[name]
    found = results({**REFERENCE, file: f"{REFERENCE[file]}\n\n{text}"})
    assert len(charged(found)) == 1
    assert named(found) == {name}


def test_two_mistakes_in_one_function_are_named_one_after_the_other():
    text = """
class SoftmaxCrossEntropy:
    def forward(self, logits, labels):
        e = np.exp(logits)
        self.p, self.labels = e / e.sum(axis=1)[:, None], labels
        return -np.log(self.p[np.arange(len(labels)), labels]).sum()

    def backward(self):
        onehot = np.eye(self.p.shape[1], dtype=self.p.dtype)[self.labels]
        return (self.p - onehot) / len(self.p)
"""
    found = results({**REFERENCE, "losses.py": f"{REFERENCE['losses.py']}\n\n{text}"}, ["softmax-cross-entropy"])
    assert named(found) == {"cross-entropy-summed", "softmax-not-shifted"}
