# Attack 60: a hand-written tape: legitimate-looking, and paid, because it is right; similarity and a talk are for this
import numpy as np


class Node:
    def __init__(self, value, parents=()):
        self.value, self.parents, self.grad = value, parents, None

    def __matmul__(self, other):
        return Node(self.value @ other.value, ((self, lambda g: g @ other.value.T), (other, lambda g: self.value.T @ g)))

    def __add__(self, other):
        return Node(self.value + other.value, ((self, lambda g: g), (other, lambda g: g.sum(axis=0))))

    def run_back(self, grad):
        self.grad = grad if self.grad is None else self.grad + grad
        for parent, back in self.parents:
            parent.run_back(back(grad))


class Linear:
    def __init__(self, in_features, out_features, rng=None):
        self.weight = np.zeros((in_features, out_features))
        self.bias = np.zeros(out_features)
        self.grad_weight = self.grad_bias = None

    def forward(self, x):
        self.x = x
        return x @ self.weight + self.bias

    def backward(self, grad_output):
        x, weight, bias = Node(self.x), Node(self.weight), Node(self.bias)
        (x @ weight + bias).run_back(grad_output)
        self.grad_weight, self.grad_bias = weight.grad, bias.grad
        return x.grad
