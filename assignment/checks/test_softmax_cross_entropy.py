import numpy as np
from checkkit import central_difference, expect_array, expect_scalar, require_array, require_number

LOGITS = np.array([[1.0, 2.0, 0.0], [0.5, -1.0, 0.25]])
LABELS = np.array([1, 0])


def test_softmax_cross_entropy_values(lab, settings, rng, remark):
    """SoftmaxCrossEntropy gives the right loss, and its derivative with respect to the logits."""
    given = {"logits": LOGITS, "labels": LABELS}
    loss = lab.SoftmaxCrossEntropy()
    call = "SoftmaxCrossEntropy().forward(logits, labels)"
    text = expect_scalar(
        loss.forward(LOGITS.copy(), LABELS.copy()),
        0.5508590754231473,
        call=call,
        rtol=settings["rtol"],
        given=given,
        advice="Softmax works on each row; the loss is the mean over the rows of -log of the probability of the true class.",
    )
    if text:
        remark(text)
    expect_array(
        loss.backward(),
        np.array(
            [
                [0.12236423552739882, -0.16737952211258905, 0.04501528658519023],
                [-0.2502411350933925, 0.05572873552510138, 0.19451239956829114],
            ]
        ),
        call="SoftmaxCrossEntropy().backward() after forward(logits, labels)",
        rtol=settings["rtol_gradient"],
        given=given,
        advice="The derivative of the mean over the rows: the division by N belongs to it.",
    )
    logits, labels = rng.normal(size=(4, 3)), np.array([2, 0, 1, 1])
    loss.forward(logits.copy(), labels.copy())
    grad = require_array(loss.backward(), logits.shape, call="SoftmaxCrossEntropy().backward()")
    expect_array(
        grad,
        central_difference(lambda logits: require_number(loss.forward(logits, labels.copy()), call=call), logits),
        call="SoftmaxCrossEntropy().backward(), against central differences of its forward",
        rtol=settings["rtol_gradient"],
        given={"logits": logits, "labels": labels},
    )
