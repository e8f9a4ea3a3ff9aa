"""Submissions that have every name and implement none of them."""

from __future__ import annotations

_TEMPLATE = """
import numpy as np


def sigmoid(z):
    return {result}


class Sigmoid:
    def forward(self, z):
        return {result}

    def backward(self, z):
        return {result}


ReLU = Sigmoid


class Linear:
    def __init__(self, in_features, out_features, rng=None):
        self.weight, self.bias = np.ones((in_features, out_features)), np.ones(out_features)
        self.grad_weight, self.grad_bias = self.weight, self.bias

    def forward(self, z):
        return {result}

    def backward(self, z):
        return {result}


class MSELoss:
    def forward(self, z, target):
        self.z = z
        return {number}

    def backward(self):
        z = self.z
        return {result}


SoftmaxCrossEntropy = MSELoss


class SGD:
    def __init__(self, parameters, lr=1.0, momentum=0.0):
        pass

    def step(self, gradients):
        pass


Adam = SGD
"""

# title -> one module that stands for all four
NOTHING = {
    "zeros": _TEMPLATE.format(result="np.zeros_like(z)", number="0.0"),
    "ones": _TEMPLATE.format(result="np.ones_like(z)", number="1.0"),
    "halves": _TEMPLATE.format(result="np.full_like(z, 0.5)", number="0.5"),
    "argument": _TEMPLATE.format(result="z", number="float(z[0, 0])"),
    "copy of the argument": _TEMPLATE.format(result="z.copy()", number="float(z.mean())"),
    "twice the argument": _TEMPLATE.format(result="2 * z", number="2.0"),
    "not a number": _TEMPLATE.format(result="np.full_like(z, np.nan)", number="float('nan')"),
    "empty arrays": _TEMPLATE.format(result="z[:0]", number="np.zeros(0)"),
    "one number": _TEMPLATE.format(result="np.ones((1, 1))", number="1.0"),
    "None": _TEMPLATE.format(result="None", number="None"),
    "exceptions": _TEMPLATE.format(result="1 / 0", number="1 / 0"),
    "nothing": "",
}
