import numpy as np
from checkkit import expect_array, mismatch, own_or_right, stands_in

Z = np.array([[0.5, -1.5, 3.0], [-0.25, 2.0, -4.0], [1.0, -1.0, 0.25], [0.75, -0.5, -2.0]])
A = np.array(
    [
        [0.6224593312018546, 0.18242552380635635, 0.9525741268224333],
        [0.4378234991142019, 0.8807970779778824, 0.01798620996209156],
        [0.7310585786300049, 0.2689414213699951, 0.5621765008857981],
        [0.679178699175393, 0.3775406687981454, 0.11920292202211755],
    ]
)


def test_sigmoid_layer_forward(lab, settings):
    """Sigmoid.forward applies the sigmoid to a whole batch."""
    a = lab.Sigmoid().forward(Z.copy())
    if mismatch(a, A, rtol=settings["rtol"]):
        # an error in sigmoid itself is counted there, not here again
        expected = own_or_right(lab.sigmoid, Z, A)
        expect_array(a, expected, call="Sigmoid().forward(z)", rtol=settings["rtol"], given={"z": Z})


def test_sigmoid_layer_backward(lab, settings):
    """Sigmoid.backward multiplies grad_output by the derivative a (1 - a) of the layer's own output a."""
    grad_output = np.array([[1.0, -2.0, 0.5], [4.0, 1.0, -8.0], [-1.0, 2.0, 4.0], [0.25, -4.0, 1.0]])
    layer = lab.Sigmoid()
    a = layer.forward(Z.copy())
    a = np.array(a) if stands_in(a, Z, A) and np.ptp(a - a**2) > 1e-3 else A
    grad_input = layer.backward(grad_output.copy())
    expect_array(
        grad_input,
        grad_output * (a - a**2),
        call="Sigmoid().backward(grad_output) after forward(z)",
        rtol=settings["rtol_gradient"],
        given={"z": Z, "a": a, "grad_output": grad_output},
        advice="The derivative is written in terms of the output a = sigmoid(z), not of z: keep a in forward, and multiply "
        "grad_output by it once.",
    )
