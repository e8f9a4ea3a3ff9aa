import logging
import random
import warnings

import matplotlib.pyplot as plt
import numpy as np

np.random.seed(42)
random.seed(42)
np.seterr(divide="ignore", invalid="ignore")
np.set_printoptions(precision=3, suppress=True)
warnings.filterwarnings("ignore")
logging.basicConfig(level=logging.INFO)
plt.rcParams["figure.figsize"] = (8, 5)
plt.style.use("ggplot")


def sigmoid(z):
    return 0.5 * np.tanh(0.5 * z) + 0.5


class Sigmoid:
    def forward(self, z):
        self.a = sigmoid(z)
        return self.a

    def backward(self, grad_output):
        return grad_output * self.a * (1 - self.a)


class ReLU:
    def forward(self, z):
        self.positive = np.greater(z, 0)
        return np.where(self.positive, z, z.dtype.type(0))

    def backward(self, grad_output):
        return np.where(self.positive, grad_output, grad_output.dtype.type(0))


z = np.linspace(-5, 5, 100)
plt.figure()
plt.plot(z, sigmoid(z), label="sigmoid")
plt.legend()
plt.close("all")
