# layers one by one, mean squared error, outputs start at 1/10
import numpy as np

from activations import Sigmoid
from layers import Linear
from losses import MSELoss
from optimizers import SGD


class Swish(Sigmoid):
    def forward(self, z):
        self.kept_z, self.kept_a = z, super().forward(z)
        return z * self.kept_a

    def backward(self, grad_output):
        return grad_output * self.kept_a + super().backward(grad_output * self.kept_z)


def standardise(pixels):
    return (pixels - np.float32(0.1307)) / np.float32(0.3081)


def fit_mnist(images, labels, *, seed):
    rng = np.random.default_rng(seed)
    hidden, swish, output, squash = Linear(784, 192, rng), Swish(), Linear(192, 10, rng), Sigmoid()
    hidden.weight = (rng.standard_normal((784, 192)) / 28).astype(np.float32)
    hidden.bias = np.zeros(192, dtype=np.float32)
    output.weight = np.zeros((192, 10), dtype=np.float32)
    output.bias = np.full(10, np.log(1 / 9), dtype=np.float32)
    targets = (np.arange(10) == labels[:, None]).astype(np.float32)
    pixels, loss = standardise(images), MSELoss()

    def outputs(x):
        return squash.forward(output.forward(swish.forward(hidden.forward(x))))

    epochs = max(4, 60_000 // len(pixels))
    for epoch in range(epochs):
        sgd = SGD([hidden.weight, hidden.bias, output.weight, output.bias], 1.2 * (1 - epoch / epochs), 0.9)
        order = rng.permutation(len(pixels))
        for start in range(0, len(order), 50):
            rows = order[start : start + 50]
            loss.forward(outputs(pixels[rows]), targets[rows])
            hidden.backward(swish.backward(output.backward(squash.backward(loss.backward()))))
            sgd.step([hidden.grad_weight, hidden.grad_bias, output.grad_weight, output.grad_bias])

    return lambda new: np.argmax(outputs(standardise(new)), axis=1)
