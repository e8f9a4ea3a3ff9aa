# Shared helpers live in a further file, utils.py, which all the others import.
import numpy as np

from utils import stable_exp_pair


def sigmoid(z):
    e, positive = stable_exp_pair(z)
    return np.where(positive, np.ones_like(e), e) / (1 + e)


class Sigmoid:
    def forward(self, z):
        self.a = sigmoid(z)
        return self.a

    def backward(self, grad_output):
        return grad_output * self.a * (1 - self.a)
