"""What `gradekit gradcheck` looks at: what backward gives, beside central differences of the same object's forward."""

import numpy as np
from checkkit import Gradient, central_difference


def weighted(forward, grad_output):
    """A function whose gradient a layer's backward must give when it is handed grad_output."""
    return lambda *arrays: float(np.sum(grad_output * forward(*arrays)))


def layer(rng, kind, shape):
    """The gradient of an activation."""
    x, grad_output = rng.normal(size=shape), rng.normal(size=shape)
    made = kind()
    made.forward(x.copy())
    got = made.backward(grad_output.copy())
    numeric = central_difference(weighted(lambda z: kind().forward(z), grad_output), x)
    yield Gradient("grad_input", got, numeric, {"x": x, "grad_output": grad_output})


def linear(lab, rng):
    """The three gradients of Linear(3, 2) for a batch of 4."""
    x, weight, bias, grad_output = (rng.normal(size=shape) for shape in ((4, 3), (3, 2), (2,), (4, 2)))

    def made(weight, bias):
        new = lab.Linear(3, 2)
        new.weight, new.bias = weight.copy(), bias.copy()
        return new

    own = made(weight, bias)
    own.forward(x.copy())
    got = {"grad_input": own.backward(grad_output.copy())}
    got |= {"grad_weight": own.grad_weight, "grad_bias": own.grad_bias}
    total = weighted(lambda x, weight, bias: made(weight, bias).forward(x), grad_output)
    numeric = {
        "grad_input": central_difference(lambda array: total(array, weight, bias), x),
        "grad_weight": central_difference(lambda array: total(x, array, bias), weight),
        "grad_bias": central_difference(lambda array: total(x, weight, array), bias),
    }
    given = {"x": x, "weight": weight, "bias": bias, "grad_output": grad_output}
    for name, value in numeric.items():
        yield Gradient(name, got[name], value, given)


def loss(kind, prediction, target):
    """The gradient of a loss with respect to its prediction."""
    made = kind()
    made.forward(prediction.copy(), target.copy())
    numeric = central_difference(lambda array: float(kind().forward(array, target.copy())), prediction)
    yield Gradient("the gradient of the loss", made.backward(), numeric, {"prediction": prediction})


PROBES = {
    "activations.Sigmoid": lambda lab, rng: layer(rng, lab.Sigmoid, (4, 3)),
    "activations.ReLU": lambda lab, rng: layer(rng, lab.ReLU, (4, 3)),
    "layers.Linear": linear,
    "losses.MSELoss": lambda lab, rng: loss(lab.MSELoss, rng.normal(size=(4, 3)), rng.normal(size=(4, 3))),
    "losses.SoftmaxCrossEntropy": lambda lab, rng: loss(
        lab.SoftmaxCrossEntropy, rng.normal(size=(4, 3)), rng.integers(3, size=4)
    ),
}
