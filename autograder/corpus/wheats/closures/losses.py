class MSELoss:
    def forward(self, prediction, target):
        d = prediction - target
        self.backward = lambda: d * 2 / d.size
        return (d * d).mean()

    def backward(self):
        raise RuntimeError("forward comes first")


class SoftmaxCrossEntropy:
    pass
