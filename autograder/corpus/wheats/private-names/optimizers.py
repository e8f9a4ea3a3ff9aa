import numpy as np


class SGD:
    def __init__(self, parameters, lr, momentum=0.0):
        self.__p = list(parameters)
        self.__lr = lr
        self.__mu = momentum
        self.__v = [np.zeros_like(p) for p in parameters]

    def step(self, gradients):
        for i, g in enumerate(gradients):
            self.__update(i, g)

    def __update(self, i, g):
        self.__v[i] = self.__mu * self.__v[i] + g
        self.__p[i] -= self.__lr * self.__v[i]
