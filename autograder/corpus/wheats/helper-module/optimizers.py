import utils as u


class SGD:
    def __init__(self, parameters, lr, momentum=0.0):
        self.parameters = list(parameters)
        self.velocities = u.zeros_for(self.parameters)
        self.lr, self.momentum = lr, momentum

    def step(self, gradients):
        for p, v, g in zip(self.parameters, self.velocities, gradients):
            v[:] = v * self.momentum + g
            p[:] = p - v * self.lr
