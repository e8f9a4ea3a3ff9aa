import numpy as np
from checkkit import central_difference, expect_array, expect_scalar, require_array, require_number

PREDICTION = np.array([[1.0, 2.5], [0.0, -1.0], [3.0, 0.5]])
TARGET = np.array([[0.5, 1.0], [2.0, -1.0], [1.0, 2.5]])
GIVEN = {"prediction": PREDICTION, "target": TARGET}


def test_mse_forward_values(lab, settings, remark):
    """MSELoss.forward is the mean of the squared differences over all elements."""
    loss = lab.MSELoss().forward(PREDICTION.copy(), TARGET.copy())
    text = expect_scalar(
        loss,
        14.5 / 6,
        call="MSELoss().forward(prediction, target)",
        rtol=settings["rtol"],
        given=GIVEN,
        advice="The mean is over all elements, that is over samples and columns (here 3 * 2 = 6), without a factor 1/2.",
    )
    if text:
        remark(text)


def test_mse_backward_values(lab, settings, rng):
    """MSELoss.backward is the derivative of the loss with respect to the prediction."""
    advice = "It is the exact derivative of the mean over all elements: the 2 and the division by prediction.size belong to it."
    loss = lab.MSELoss()
    loss.forward(PREDICTION.copy(), TARGET.copy())
    expect_array(
        loss.backward(),
        np.array([[1.0, 3.0], [-4.0, 0.0], [4.0, -4.0]]) / 6,
        call="MSELoss().backward() after forward(prediction, target)",
        rtol=settings["rtol_gradient"],
        given=GIVEN,
        advice=advice,
    )
    prediction, target = rng.normal(size=(5, 3)), rng.normal(size=(5, 3))
    loss.forward(prediction.copy(), target.copy())
    grad = require_array(loss.backward(), prediction.shape, call="MSELoss().backward()")

    def value(prediction):
        call = "MSELoss().forward(prediction, target)"
        return require_number(loss.forward(prediction, target.copy()), call=call)

    expect_array(
        grad,
        central_difference(value, prediction),
        call="MSELoss().backward(), against central differences of its forward",
        rtol=settings["rtol_gradient"],
        given={"prediction": prediction, "target": target},
        advice=advice,
    )
