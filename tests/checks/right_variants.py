"""Right submissions that differ from the reference as much as students do: title -> module -> its whole text."""

from __future__ import annotations

_LOOPS = {
    "activations": """
import math
import numpy as np

def sigmoid(z):
    result = np.zeros(z.shape, dtype=z.dtype)
    for i in range(z.shape[0]):
        for j in range(z.shape[1]):
            value = float(z[i, j])
            if value >= 0:
                result[i, j] = 1 / (1 + math.exp(-value))
            else:
                result[i, j] = math.exp(value) / (1 + math.exp(value))
    return result

class Sigmoid:
    def forward(self, z):
        self.z = z
        return sigmoid(z)

    def backward(self, grad_output):
        result = np.zeros_like(grad_output)
        a = sigmoid(self.z)
        for n in range(len(grad_output)):
            for c in range(grad_output.shape[1]):
                result[n][c] = grad_output[n][c] * a[n][c] * (1 - a[n][c])
        return result

class ReLU:
    def forward(self, z):
        self.z = z.copy()
        return np.array([[value if value > 0 else 0 for value in row] for row in z], dtype=z.dtype)

    def backward(self, grad_output):
        return np.array(
            [[g if value > 0 else 0 for g, value in zip(*rows)] for rows in zip(grad_output, self.z)],
            dtype=grad_output.dtype,
        )
""",
    "layers": """
import numpy as np

class Linear:
    def __init__(self, in_features, out_features, rng=None):
        self.weight = np.zeros((in_features, out_features))
        self.bias = np.zeros(out_features)

    def forward(self, x):
        self.x = x
        y = np.zeros((x.shape[0], self.weight.shape[1]), dtype=x.dtype)
        for n in range(x.shape[0]):
            for j in range(self.weight.shape[1]):
                for i in range(x.shape[1]):
                    y[n, j] += x[n, i] * self.weight[i, j]
                y[n, j] += self.bias[j]
        return y

    def backward(self, grad_output):
        self.grad_weight = np.zeros_like(self.weight)
        self.grad_bias = np.zeros_like(self.bias)
        grad_input = np.zeros_like(self.x)
        for n in range(len(grad_output)):
            for j in range(self.weight.shape[1]):
                self.grad_bias[j] += grad_output[n, j]
                for i in range(self.weight.shape[0]):
                    self.grad_weight[i, j] += self.x[n, i] * grad_output[n, j]
                    grad_input[n, i] += grad_output[n, j] * self.weight[i, j]
        return grad_input
""",
    "losses": """
import numpy as np

class MSELoss:
    def forward(self, prediction, target):
        self.prediction, self.target = prediction, target
        total = 0.0
        for p, t in zip(prediction.ravel(), target.ravel()):
            total += (p - t) ** 2
        return total / prediction.size

    def backward(self):
        grad = np.zeros_like(self.prediction)
        n, c = grad.shape
        for i in range(n):
            for j in range(c):
                grad[i, j] = 2 * (self.prediction[i, j] - self.target[i, j]) / (n * c)
        return grad

class SoftmaxCrossEntropy:
    def forward(self, logits, labels):
        self.p, self.labels, total = np.zeros_like(logits), labels, 0.0
        for n, row in enumerate(logits):
            top = row.max()
            e = np.exp(row - top)
            self.p[n] = e / e.sum()
            total += top + np.log(e.sum()) - row[labels[n]]
        return total / len(logits)

    def backward(self):
        grad = self.p.copy()
        for n, label in enumerate(self.labels):
            grad[n, label] -= 1
        return grad / len(grad)
""",
    "optimizers": """
import numpy as np

class SGD:
    def __init__(self, parameters, lr, momentum=0.0):
        self.parameters, self.lr, self.momentum = parameters, lr, momentum
        self.v = {}

    def step(self, gradients):
        for i in range(len(gradients)):
            v = self.v.get(i, np.zeros(gradients[i].shape, gradients[i].dtype))
            # the other sign: the same at a constant learning rate
            v = self.momentum * v - self.lr * gradients[i]
            self.v[i] = v
            self.parameters[i] += v

class Adam:
    def __init__(self, parameters, lr=1e-3, betas=(0.9, 0.999), eps=1e-8):
        self.p, self.lr, (self.b1, self.b2), self.eps, self.t = parameters, lr, betas, eps, 0
        self.m = [0 * p for p in parameters]
        self.s = [0 * p for p in parameters]

    def step(self, gradients):
        self.t += 1
        for i, g in enumerate(gradients):
            self.m[i] = self.b1 * self.m[i] + (1 - self.b1) * g
            self.s[i] = self.b2 * self.s[i] + (1 - self.b2) * g * g
            m, s = self.m[i] / (1 - self.b1**self.t), self.s[i] / (1 - self.b2**self.t)
            self.p[i][...] = self.p[i] - self.lr * m / (s**0.5 + self.eps)
""",
}

_FLOAT32_CACHES = {
    "activations": """
import numpy as np

def sigmoid(z):
    return 0.5 * (1 + np.tanh(0.5 * z))

class Sigmoid:
    __slots__ = ("a",)

    def forward(self, z):
        a = sigmoid(z)
        self.a = a.astype(np.float32)
        return a

    def backward(self, grad_output):
        return grad_output * self.a * (1 - self.a)

class ReLU:
    def forward(self, z):
        self.mask = (z > 0).astype(np.float32)
        return np.where(z > 0, z, np.zeros_like(z))

    def backward(self, grad_output):
        return np.multiply(self.mask, grad_output)
""",
    "layers": """
import numpy as np

class Base:
    def __call__(self, x):
        return self.forward(x)

class Linear(Base):
    def __init__(self, in_features, out_features, rng=None):
        self.weight = np.random.randn(in_features, out_features)
        self.bias = np.random.randn(out_features)
        self.grad_weight = self.grad_bias = None

    def forward(self, x):
        self.x = x.astype(np.float32)
        return np.einsum("ni,ij->nj", x, self.weight) + self.bias[np.newaxis]

    def backward(self, grad_output):
        self.grad_weight = np.einsum("ni,nj->ij", self.x, grad_output)
        self.grad_bias = np.ones(len(grad_output), dtype=grad_output.dtype) @ grad_output
        return np.asfortranarray(np.einsum("nj,ij->ni", grad_output, self.weight))
""",
    "losses": """
import numpy as np

class MSELoss:
    def forward(self, prediction, target):
        # closure in place of attributes
        self.backward = lambda: (prediction - target) * (2 / prediction.size)
        return np.mean(np.square(prediction - target))

class SoftmaxCrossEntropy:
    def forward(self, logits, labels):
        top = logits.max(1, keepdims=True)
        log_sum = top + np.log(np.exp(logits - top).sum(1, keepdims=True))
        onehot = (np.arange(logits.shape[1]) == labels[:, None]).astype(logits.dtype)
        self.difference = np.exp(logits - log_sum) - onehot
        return ((log_sum - logits) * onehot).sum() / len(logits)

    def backward(self):
        return self.difference / len(self.difference)
""",
    "optimizers": """
import numpy as np

class Momentum:
    def __init__(self, parameter, lr, momentum):
        self.parameter, self.lr, self.momentum = parameter, lr, momentum
        self.velocity = np.zeros_like(parameter)

    def update(self, gradient):
        self.velocity = self.velocity * self.momentum + gradient
        np.subtract(self.parameter, self.lr * self.velocity, out=self.parameter)

class SGD:
    def __init__(self, parameters, lr, momentum=0.0):
        self.all = [Momentum(parameter, lr, momentum) for parameter in parameters]

    def step(self, gradients):
        [one.update(gradient) for one, gradient in zip(self.all, gradients)]
        return self

class Adam:
    def __init__(self, parameters, lr=1e-3, betas=(0.9, 0.999), eps=1e-8):
        self.state = [(p, np.zeros_like(p), np.zeros_like(p)) for p in parameters]
        self.lr, self.betas, self.eps = lr, betas, eps
        self.products = [1.0, 1.0]

    def step(self, gradients):
        b1, b2 = self.betas
        self.products = [self.products[0] * b1, self.products[1] * b2]
        for (p, m, s), g in zip(self.state, gradients):
            np.copyto(m, b1 * m + (1 - b1) * g)
            np.copyto(s, b2 * s + (1 - b2) * g**2)
            p -= self.lr * (m / (1 - self.products[0])) / (np.sqrt(s / (1 - self.products[1])) + self.eps)
""",
}

_VIEWS = {
    "activations": """
import numpy as np
from dataclasses import dataclass
from typing import Any

np.seterr(all="warn")
np.random.seed(0)
print("left over")

def sigmoid(z):
    positive = z >= 0
    out = np.empty_like(z)
    out[positive] = 1 / (1 + np.exp(-z[positive]))
    e = np.exp(z[~positive])
    out[~positive] = e / (1 + e)
    return out

def sigmoid_derivative(a):
    return a * (1 - a)

@dataclass
class Sigmoid:
    z: Any = None

    def forward(self, z):
        self.z = z
        return sigmoid(z)

    def backward(self, grad_output):
        return sigmoid_derivative(sigmoid(self.z)) * grad_output

@dataclass
class ReLU:
    z: Any = None

    def forward(self, z):
        self.z = z
        return z * (z > 0)

    def backward(self, grad_output):
        return grad_output * (self.z > 0)
""",
    "layers": """
import numpy as np

class Linear:
    def __init__(self, in_features, out_features, rng=None):
        rng = rng or np.random.default_rng()
        self._weight = rng.normal(size=(in_features, out_features))
        self.bias = np.zeros(out_features)

    @property
    def weight(self):
        return self._weight

    @weight.setter
    def weight(self, value):
        self._weight = value

    def forward(self, x):
        self.inputs = np.concatenate([x, np.ones((len(x), 1), dtype=x.dtype)], axis=1)
        return self.inputs @ np.vstack([self._weight, self.bias])

    def backward(self, grad_output):
        both = self.inputs.T @ grad_output
        self.grad_weight, self.grad_bias = both[:-1], both[-1]
        return (self.weight @ grad_output.T).T
""",
    "losses": """
import numpy as np

class MSELoss:
    def forward(self, prediction, target):
        self.difference = target - prediction
        return np.dot(self.difference.flatten(), self.difference.flatten()) / self.difference.size

    def backward(self):
        return -2 / self.difference.size * self.difference

def log_softmax(z):
    z = z - np.max(z, axis=-1, keepdims=True)
    return z - np.log(np.sum(np.exp(z), axis=-1, keepdims=True))

class SoftmaxCrossEntropy:
    def forward(self, logits, labels):
        self.logits, self.labels = logits, labels
        return -np.take_along_axis(log_softmax(logits), labels[:, None], axis=1).mean()

    def backward(self):
        onehot = np.eye(self.logits.shape[1], dtype=self.logits.dtype)[self.labels]
        return (np.exp(log_softmax(self.logits)) - onehot) / self.logits.shape[0]
""",
    "optimizers": """
import numpy as np

class Optimizer:
    def __init__(self, parameters):
        self.parameters = list(parameters)

class SGD(Optimizer):
    def __init__(self, parameters, lr, momentum=0.0):
        super().__init__(parameters)
        self.lr = lr
        self.momentum = momentum
        self.velocity = None

    def step(self, gradients):
        if self.velocity is None:
            self.velocity = [g.copy() for g in gradients]
        else:
            self.velocity = [self.momentum * v + g for v, g in zip(self.velocity, gradients)]
        for p, v in zip(self.parameters, self.velocity):
            p[:] -= self.lr * v

class Adam(Optimizer):
    def __init__(self, parameters, lr=1e-3, betas=(0.9, 0.999), eps=1e-8):
        super().__init__(parameters)
        self.lr, self.betas, self.eps, self.history = lr, betas, eps, []

    def step(self, gradients):
        # both means written out as sums over all gradients so far
        self.history.append([g.copy() for g in gradients])
        t = len(self.history)
        for index, p in enumerate(self.parameters):
            m = sum((1 - self.betas[0]) * self.betas[0] ** (t - k) * g[index] for k, g in enumerate(self.history, 1))
            s = sum((1 - self.betas[1]) * self.betas[1] ** (t - k) * g[index] ** 2 for k, g in enumerate(self.history, 1))
            m, s = m / (1 - self.betas[0] ** t), s / (1 - self.betas[1] ** t)
            p -= self.lr * m / (np.sqrt(s) + self.eps)
""",
}

RIGHT = {"loops": _LOOPS, "caches in float32, closures, einsum": _FLOAT32_CACHES, "views, properties": _VIEWS}
