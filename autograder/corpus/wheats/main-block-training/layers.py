import numpy as np

from activations import Sigmoid


class Linear:
    def __init__(self, in_features, out_features, rng=None):
        rng = np.random.default_rng(rng)
        limit = 4 * np.sqrt(6 / (in_features + out_features))
        self.weight = rng.uniform(-limit, limit, (in_features, out_features))
        self.bias = np.zeros(out_features)
        self.grad_weight = np.zeros_like(self.weight)
        self.grad_bias = np.zeros_like(self.bias)

    def forward(self, x):
        self.x = x
        return x @ self.weight + self.bias

    def backward(self, grad_output):
        self.grad_weight = self.x.T @ grad_output
        self.grad_bias = grad_output.sum(axis=0)
        return grad_output @ self.weight.T


if __name__ == "__main__":
    from losses import MSELoss
    from optimizers import SGD

    x = np.array([[0.0, 0], [0, 1], [1, 0], [1, 1]])
    y = np.array([[0.0], [1], [1], [0]])
    net = [Linear(2, 8, 1), Sigmoid(), Linear(8, 1, 2), Sigmoid()]
    loss = MSELoss()
    sgd = SGD([net[0].weight, net[0].bias, net[2].weight, net[2].bias], 2.0, 0.9)
    for i in range(5000):
        h = x
        for layer in net:
            h = layer.forward(h)
        value = loss.forward(h, y)
        g = loss.backward()
        for layer in net[::-1]:
            g = layer.backward(g)
        sgd.step([net[0].grad_weight, net[0].grad_bias, net[2].grad_weight, net[2].grad_bias])
        if i % 500 == 0:
            print(i, value)
    print(h)
