import numpy as np
from checkkit import expect_array


def test_linear_forward_values(lab, settings):
    """Linear.forward gives the right numbers for a batch of 4 samples, 3 features in and 2 out."""
    x = np.array([[1.0, 2.0, -1.0], [0.5, -1.0, 2.0], [3.0, 0.0, 1.0], [-2.0, 1.0, 0.5]])
    weight = np.array([[1.0, -2.0], [0.5, 1.0], [2.0, 0.25]])
    bias = np.array([0.5, -1.0])
    layer = lab.Linear(3, 2)
    layer.weight = weight.copy()
    layer.bias = bias.copy()
    expect_array(
        layer.forward(x.copy()),
        np.array([[0.5, -1.25], [4.5, -2.5], [5.5, -6.75], [0.0, 4.125]]),
        call="Linear(3, 2).forward(x)",
        rtol=settings["rtol"],
        given={"x": x, "weight": weight, "bias": bias},
        advice="Rows are samples: x is (N, in), weight (in, out), the result (N, out). The bias (out,) is added to every row.",
    )
