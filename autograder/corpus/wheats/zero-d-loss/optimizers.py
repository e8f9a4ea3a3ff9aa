import numpy as np


class SGD:
    def __init__(self, parameters, lr, momentum=0.0):
        self.groups = [{"p": p, "v": np.zeros_like(p)} for p in parameters]
        self.defaults = {"lr": lr, "momentum": momentum}

    def step(self, gradients):
        for group, g in zip(self.groups, gradients):
            group["v"] = self.defaults["momentum"] * group["v"] + g
            group["p"] -= self.defaults["lr"] * group["v"]
