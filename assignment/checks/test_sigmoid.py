import numpy as np
from checkkit import CheckFailure, expect_array


def test_sigmoid_values(lab, settings):
    """sigmoid gives the right numbers, for every element of an array."""
    z = np.array([[0.5, -1.5, 3.0], [-0.25, 2.0, -4.0]])
    expected = np.array(
        [
            [0.6224593312018546, 0.18242552380635635, 0.9525741268224333],
            [0.4378234991142019, 0.8807970779778824, 0.01798620996209156],
        ]
    )
    a = lab.sigmoid(z.copy())
    expect_array(a, expected, call="sigmoid(z)", rtol=settings["rtol"], given={"z": z})


def test_sigmoid_no_overflow(lab, settings):
    """sigmoid is right for very large and very small z, and emits no overflow warning."""
    z = np.array([[-10000.0, -800.0, 0.0], [800.0, 10000.0, -2.0]])
    expected = np.array([[0.0, 0.0, 0.5], [1.0, 1.0, 0.11920292202211755]])
    a, warnings = lab.watch(lab.sigmoid, z.copy())
    expect_array(a, expected, call="sigmoid(z)", rtol=0.0, atol=settings["atol_tails"], given={"z": z})
    overflows = [text for text in warnings if "overflow" in text]
    if overflows:
        raise CheckFailure(
            "warning",
            called="sigmoid(z) for z from -10000 to 10000",
            got=f"right values, with the warning: {overflows[0]}",
            expected="right values, without a warning",
            advice="exp of a large positive number is too large for a float. For z >= 0 and for z < 0 there is a form of "
            "the same formula in which exp only meets numbers <= 0.",
            actual=(a, overflows[0]),
        )
