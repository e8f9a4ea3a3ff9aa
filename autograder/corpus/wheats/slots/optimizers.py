class SGD:
    __slots__ = ("_lr", "_momentum", "_pairs")

    def __init__(self, parameters, lr, momentum=0.0):
        self._lr, self._momentum = lr, momentum
        self._pairs = [[p, 0.0 * p] for p in parameters]

    def step(self, gradients):
        for pair, g in zip(self._pairs, gradients):
            pair[1] = self._momentum * pair[1] + g
            pair[0] -= self._lr * pair[1]
