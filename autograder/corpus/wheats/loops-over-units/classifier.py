# The loop over columns is replaced by one product for MNIST; everything else is inherited
import numpy as np

from activations import ReLU
from layers import Linear
from optimizers import SGD


class Dense(Linear):
    def __init__(self, n_in, n_out, rng):
        super().__init__(n_in, n_out, rng)
        self.weight = (rng.standard_normal((n_in, n_out)) * np.sqrt(2 / n_in)).astype(np.float32)
        self.bias = self.bias.astype(np.float32)

    def forward(self, x):
        self.x = x
        return x.dot(self.weight) + self.bias

    def backward(self, grad_output):
        self.grad_weight = self.x.T.dot(grad_output)
        self.grad_bias = grad_output.sum(axis=0)
        return grad_output.dot(self.weight.T)


def fit_mnist(images, labels, *, seed):
    rng = np.random.default_rng(seed)
    layers = [Dense(784, 128, rng), ReLU(), Dense(128, 10, rng)]
    eye = np.eye(10, dtype=np.float32)

    def run(x):
        for layer in layers:
            x = layer.forward(x)
        return x

    rounds = max(3, 60_000 // len(images))
    for r in range(rounds):
        optimizer = SGD([layers[0].weight, layers[0].bias, layers[2].weight, layers[2].bias], 0.1 * (1 - r / rounds), 0.9)
        order = rng.permutation(len(images))
        for i in range(0, len(images), 64):
            b = order[i : i + 64]
            scores = run(images[b])
            e = np.exp(scores - scores.max(axis=1)[:, None])
            grad = (e / e.sum(axis=1)[:, None] - eye[labels[b]]) / len(b)
            for layer in layers[::-1]:
                grad = layer.backward(grad)
            optimizer.step([layers[0].grad_weight, layers[0].grad_bias, layers[2].grad_weight, layers[2].grad_bias])

    return lambda x: np.argmax(run(x), axis=1)
