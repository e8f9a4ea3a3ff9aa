import numpy as np


class SGD:
    def __init__(self, parameters, lr, momentum=0.0):
        self.parameters = parameters
        self.lr = lr
        self.momentum = momentum
        self.velocity = {}
        for number, parameter in enumerate(parameters):
            for index in np.ndindex(parameter.shape):
                self.velocity[number, index] = 0.0

    def step(self, gradients):
        for number, parameter in enumerate(self.parameters):
            for index in np.ndindex(parameter.shape):
                v = self.momentum * self.velocity[number, index] + float(gradients[number][index])
                self.velocity[number, index] = v
                parameter[index] -= self.lr * v
