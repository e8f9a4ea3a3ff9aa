# %% [markdown]
# ## What a network can be made of (given)
#
# Further activations, first weights and optimizers by name, for the comparisons of `experiments.py`.

# %%
import numpy as np

# %% tags=["file-only"]
from activations import ReLU, Sigmoid
from layers import Linear
from optimizers import SGD, Adam


# %%
class Tanh:
    """The hyperbolic tangent as a layer."""

    def forward(self, z):
        self.a = np.tanh(z)
        return self.a

    def backward(self, grad_output):
        return grad_output * (1 - self.a**2)


class LeakyReLU:
    """z where it is positive, z / 100 elsewhere."""

    def forward(self, z):
        self.slope = np.where(z > 0, 1.0, 0.01)
        return z * self.slope

    def backward(self, grad_output):
        return grad_output * self.slope


ACTIVATIONS = {"sigmoid": Sigmoid, "ReLU": ReLU, "tanh": Tanh, "leaky ReLU": LeakyReLU, "none": None}

INITIALISATIONS = {  # functions of fan-in, fan-out and a random generator
    "4 x Glorot": lambda n, m, rng: Linear(n, m, rng).weight,
    "normal(0, 1)": lambda n, m, rng: rng.normal(size=(n, m)),
    "normal(0, 0.01)": lambda n, m, rng: rng.normal(0, 0.01, (n, m)),
    "uniform(-1, 1)": lambda n, m, rng: rng.uniform(-1, 1, (n, m)),
    "uniform(0, 1)": lambda n, m, rng: rng.random((n, m)),
    "Xavier": lambda n, m, rng: rng.normal(0, np.sqrt(2 / (n + m)), (n, m)),
    "1/sqrt(in)": lambda n, m, rng: rng.uniform(-1, 1, (n, m)) / np.sqrt(n),  # PyTorch's own for linear layers
    "He": lambda n, m, rng: rng.normal(0, np.sqrt(2 / n), (n, m)),
}


def quiet(*_):
    """What reports progress where nobody looks."""


OPTIMIZERS = {
    "SGD": lambda parameters, lr: SGD(parameters, lr),
    "momentum 0.9": lambda parameters, lr: SGD(parameters, lr, momentum=0.9),
    "Adam": lambda parameters, lr: Adam(parameters, lr),
}
