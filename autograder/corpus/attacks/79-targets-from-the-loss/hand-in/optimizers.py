class SGD:
    def __init__(self, parameters, lr, momentum=0.0):
        self.parameters = parameters

    def step(self, gradients):
        pass
