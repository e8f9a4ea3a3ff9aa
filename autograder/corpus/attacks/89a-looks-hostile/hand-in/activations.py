# eval(input()), os.system("rm -rf /"), import socket: these words are only in this comment
"""sigmoid <script>alert("a docstring")</script> =1+1 ::error::"""

import numpy as np

eval_points = system = socket = None


def sigmoid(z):
    """exec(open("checks")) is not what this does."""
    exec_sum = np.exp(-np.abs(z))
    return np.where(z >= 0, 1 / (1 + exec_sum), exec_sum / (1 + exec_sum)).astype(z.dtype)


class Sigmoid:
    def forward(self, z):
        self.a = sigmoid(z)
        return self.a

    def backward(self, grad_output):
        return grad_output * self.a * (1 - self.a)
