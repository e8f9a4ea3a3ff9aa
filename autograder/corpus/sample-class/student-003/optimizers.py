import numpy as np


class Optimizer:
    def __init__(self, parameters, **options):
        self.parameters, self.options, self.state = list(parameters), options, {}

    def state_of(self, i, p):
        return self.state.setdefault(i, {"velocity": np.zeros_like(p), "steps": 0})


class SGD(Optimizer):
    def __init__(self, parameters, lr, momentum=0.0, weight_decay=0.0, nesterov=False):
        super().__init__(parameters, lr=lr, momentum=momentum, weight_decay=weight_decay, nesterov=nesterov)

    def step(self, gradients):
        o = self.options
        for i, (p, g) in enumerate(zip(self.parameters, gradients)):
            state = self.state_of(i, p)
            if o["weight_decay"]:
                g = g + o["weight_decay"] * p
            state["velocity"] = o["momentum"] * state["velocity"] + g
            state["steps"] += 1
            p -= o["lr"] * (g + o["momentum"] * state["velocity"] if o["nesterov"] else state["velocity"])
