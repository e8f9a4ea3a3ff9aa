# Adam keeps running products of its betas and takes one generator over all state; in-place steps on own buffers.
import numpy as np


def sigmoid(z):
    out = np.abs(z)
    np.negative(out, out=out)
    np.exp(out, out=out)
    denominator = 1 + out
    np.copyto(out, 1, where=z >= 0)
    out /= denominator
    return out


class Sigmoid:
    def forward(self, z):
        self.a = sigmoid(z)
        return self.a.copy()

    def backward(self, grad_output):
        result = 1 - self.a
        result *= self.a
        result *= grad_output
        return result


class ReLU:
    def forward(self, z):
        result = z.copy()
        self.dead = result <= 0
        result[self.dead] = 0
        return result

    def backward(self, grad_output):
        result = grad_output.copy()
        result[self.dead] = 0
        return result
