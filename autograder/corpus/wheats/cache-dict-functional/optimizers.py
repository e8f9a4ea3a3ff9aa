import numpy as np


def sgd_momentum(w, dw, config):
    v = config["momentum"] * config.get("velocity", np.zeros_like(w)) - config["learning_rate"] * dw
    config["velocity"] = v
    return w + v, config


def adam(w, dw, config):
    config.setdefault("m", np.zeros_like(w))
    config.setdefault("v", np.zeros_like(w))
    config.setdefault("t", 0)
    config["t"] += 1
    config["m"] = config["beta1"] * config["m"] + (1 - config["beta1"]) * dw
    config["v"] = config["beta2"] * config["v"] + (1 - config["beta2"]) * dw**2
    m = config["m"] / (1 - config["beta1"] ** config["t"])
    v = config["v"] / (1 - config["beta2"] ** config["t"])
    return w - config["learning_rate"] * m / (np.sqrt(v) + config["epsilon"]), config


class SGD:
    def __init__(self, parameters, lr, momentum=0.0):
        self.parameters = parameters
        self.configs = [{"learning_rate": lr, "momentum": momentum} for _ in parameters]

    def step(self, gradients):
        for p, g, config in zip(self.parameters, gradients, self.configs):
            new, _ = sgd_momentum(p, g, config)
            p[:] = new


class Adam:
    def __init__(self, parameters, lr=1e-3, betas=(0.9, 0.999), eps=1e-8):
        self.parameters = parameters
        self.configs = [
            {"learning_rate": lr, "beta1": betas[0], "beta2": betas[1], "epsilon": eps} for _ in parameters
        ]

    def step(self, gradients):
        for p, g, config in zip(self.parameters, gradients, self.configs):
            p[:], _ = adam(p, g, config)
