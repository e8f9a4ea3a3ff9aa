from numpy import zeros_like


class SGD:
    def __init__(self, parameters, lr, momentum=0.0):
        self.parameters, self.lr, self.momentum = parameters, lr, momentum
        self.v = list(map(zeros_like, parameters))

    def step(self, gradients):
        for i, g in enumerate(gradients):
            self.v[i] *= self.momentum
            self.v[i] += g
            self.parameters[i] -= self.lr * self.v[i]
