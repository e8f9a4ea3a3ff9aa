import numpy as np
from checkkit import central_difference, expect_array, mismatch, require_array

X = np.array([[1.0, 2.0, -1.0], [0.5, -1.0, 2.0], [3.0, 0.0, 1.0], [-2.0, 1.0, 0.5]])
WEIGHT = np.array([[1.0, -2.0], [0.5, 1.0], [2.0, 0.25]])
BIAS = np.array([0.5, -1.0])
Y = np.array([[0.5, -1.25], [4.5, -2.5], [5.5, -6.75], [0.0, 4.125]])
GRAD_OUTPUT = np.array([[1.0, -1.0], [2.0, 0.5], [-0.5, 3.0], [0.0, -2.0]])
EXPECTED = {
    "grad_input": np.array([[3.0, -0.5, 1.75], [1.0, 1.5, 4.125], [-6.5, 2.75, -0.25], [4.0, -2.0, -0.5]]),
    "grad_weight": np.array([[0.5, 12.25], [0.0, -4.5], [2.5, 4.0]]),
    "grad_bias": np.array([2.5, 0.5]),
}
ADVICE = {
    "grad_input": "Every row of grad_output goes back through the weights: (N, out) becomes (N, in).",
    "grad_weight": "Every sample has its share: grad_weight (in, out) is a sum over the batch, not an average.",
    "grad_bias": "The bias is added to every row: grad_bias (out,) is a sum over the batch, one number for each output.",
}


def try_forward(lab, layer, x):
    """The output of the layer; None where forward raises, which is counted there: backward may have all that it needs."""
    try:
        return lab.get(lab.keep(layer.forward, x))
    except Exception as error:
        if isinstance(error, NotImplementedError) or getattr(error, "status", "raised") != "raised":
            raise
        return None


def run_backward(lab, x, weight, bias, grad_output):
    """Forward and backward of a fresh layer; return its output and the three gradients."""
    layer = lab.Linear(*weight.shape)
    layer.weight = weight.copy()
    layer.bias = bias.copy()
    y = try_forward(lab, layer, x.copy())
    grad_input = layer.backward(grad_output.copy())
    return y, {"grad_input": grad_input, "grad_weight": layer.grad_weight, "grad_bias": layer.grad_bias}


def test_linear_backward_values(lab, settings):
    """Linear.backward gives the right grad_input, grad_weight and grad_bias."""
    _, gradients = run_backward(lab, X, WEIGHT, BIAS, GRAD_OUTPUT)
    for name, expected in EXPECTED.items():
        expect_array(
            gradients[name],
            expected,
            call=f"{name} of Linear(3, 2) after forward(x), backward(grad_output)",
            rtol=settings["rtol_gradient"],
            given={"x": X, "weight": WEIGHT, "bias": BIAS, "grad_output": GRAD_OUTPUT},
            advice=ADVICE[name],
        )


def test_linear_backward_numeric(lab, rng, settings):
    """Linear.backward agrees with numerical derivatives of the layer's own forward."""
    y, gradients = run_backward(lab, X, WEIGHT, BIAS, GRAD_OUTPUT)
    for name, expected in EXPECTED.items():
        call = f"{name} of Linear(3, 2) after forward(x), backward(grad_output)"
        expect_array(gradients[name], expected, call=call, rtol=settings["rtol_gradient"], advice=ADVICE[name])
    if mismatch(y, Y, rtol=settings["rtol"]):
        return  # forward is wrong, which is counted there; its derivatives are no measure for backward

    x, weight, bias, grad_output = (rng.normal(size=shape) for shape in ((3, 4), (4, 2), 2, (3, 2)))
    _, gradients = run_backward(lab, x, weight, bias, grad_output)

    def new_layer(weight, bias):
        layer = lab.Linear(4, 2)
        layer.weight = weight.copy()
        layer.bias = bias.copy()
        return layer

    def weighted_sum(layer, x):
        # grad_output holds the derivatives of this number with respect to the outputs of the layer
        y = require_array(layer.forward(x.copy()), grad_output.shape, call="Linear(4, 2).forward(x)")
        return float(np.sum(grad_output * y))

    layer = new_layer(weight, bias)
    numeric = {
        "grad_input": central_difference(lambda x: weighted_sum(layer, x), x),
        "grad_weight": central_difference(lambda weight: weighted_sum(new_layer(weight, bias), x), weight),
        "grad_bias": central_difference(lambda bias: weighted_sum(new_layer(weight, bias), x), bias),
    }
    for name, expected in numeric.items():
        expect_array(
            gradients[name],
            expected,
            call=f"{name} of Linear(4, 2), against central differences of its forward",
            rtol=settings["rtol_gradient"],
            given={"x": x, "weight": weight, "bias": bias, "grad_output": grad_output},
            advice=ADVICE[name],
        )
