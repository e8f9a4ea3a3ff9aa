import numpy as np
from checkkit import expect_array, expect_unchanged


def test_relu_values(lab, settings):
    """ReLU passes what is positive, forward and backward, and stops the rest."""
    z = np.array([[1.5, -2.0, 0.25], [-0.5, 3.0, -1.0]])
    grad_output = np.array([[2.0, 3.0, -1.0], [4.0, -0.5, 6.0]])
    layer = lab.ReLU()
    argument = lab.put(z.copy())
    a = layer.forward(argument)
    expected = np.array([[1.5, 0.0, 0.25], [0.0, 3.0, 0.0]])
    expect_array(a, expected, call="ReLU().forward(z)", rtol=settings["rtol"], given={"z": z})
    expect_unchanged("z", z, lab.get(argument), call="ReLU().forward(z)")
    for call in ("ReLU().backward(grad_output) after forward(z)", "ReLU().backward(grad_output), called again"):
        expect_array(
            layer.backward(grad_output.copy()),
            np.array([[2.0, 0.0, -1.0], [0.0, -0.5, 0.0]]),
            call=call,
            rtol=settings["rtol_gradient"],
            given={"z": z, "grad_output": grad_output},
            advice="grad_output is passed on where z was positive; elsewhere the gradient is 0.",
        )
    expect_unchanged("z", z, lab.get(argument), call="ReLU().backward(grad_output)")
