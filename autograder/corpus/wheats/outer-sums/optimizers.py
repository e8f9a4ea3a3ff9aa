class SGD:
    def __init__(self, parameters, lr, momentum=0.0):
        self.parameters = parameters
        self.lr = lr
        self.momentum = momentum
        self.previous = None

    def step(self, gradients):
        if self.previous is None:
            self.previous = [g * 1 for g in gradients]
        else:
            self.previous = [self.momentum * v + g for v, g in zip(self.previous, gradients)]
        for p, v in zip(self.parameters, self.previous):
            p -= self.lr * v
