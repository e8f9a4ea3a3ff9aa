import numpy as np
from checkkit import call_unchanged, expect_array, expect_kept, expect_scalar, expect_unchanged

FORWARD = "MSELoss().forward(prediction, target)"
BACKWARD = "MSELoss().backward() after forward(prediction, target)"
ADVICE_FORWARD = "The mean of the squared differences over all N * C elements, without a factor 1/2."
ADVICE_BACKWARD = (
    "2 * (prediction - target) / prediction.size: the exact derivative of the mean over all N * C elements."
)


def test_mse_forward_random(lab, rng, settings, remark):
    """MSELoss.forward is right for batches of several sizes and widths, and leaves its arguments as they are."""
    loss = lab.MSELoss()
    for shape, scale in (((7, 3), 1), ((4, 1), 100), ((1, 5), 1), ((2, 2), 0.001)):
        prediction, target = scale * rng.normal(size=(2, *shape))
        value = call_unchanged(lab, FORWARD, loss.forward, prediction=prediction, target=target)
        right = float(((prediction - target) ** 2).mean())
        text = expect_scalar(
            value, right, call=f"{FORWARD}, shape {shape}", rtol=settings["rtol"], advice=ADVICE_FORWARD
        )
        if text:
            remark(text)


def test_mse_backward_random(lab, rng, settings):
    """MSELoss.backward is right for batches of several sizes and widths, twice in a row, and returns a new array."""
    loss = lab.MSELoss()
    for shape, scale in (((7, 3), 1), ((4, 1), 100), ((1, 5), 0.001)):
        prediction, target = scale * rng.normal(size=(2, *shape))
        arguments = [lab.put(prediction.copy()), lab.put(target.copy())]
        loss.forward(*arguments)
        for call in (BACKWARD, f"{BACKWARD}, again"):
            expect_array(
                loss.backward(),
                2 * (prediction - target) / prediction.size,
                call=f"{call}, shape {shape}",
                rtol=settings["rtol_gradient"],
                unshown={"prediction": prediction, "target": target},
                advice=ADVICE_BACKWARD,
            )
        for name, before, handle in zip(("prediction", "target"), (prediction, target), arguments, strict=True):
            expect_unchanged(name, before, lab.get(handle), call=BACKWARD)
    kept = lab.keep(loss.backward)
    before = lab.get(kept)
    loss.forward(prediction + 1, target)
    lab.keep(loss.backward)
    expect_kept("what backward returned first", before, lab.get(kept), call=f"{BACKWARD}, for another batch")


def test_mse_instances(lab, rng, settings):
    """Two MSELoss objects used in turn do not disturb each other, and each remembers its last batch."""
    losses = (lab.MSELoss(), lab.MSELoss())
    batches = rng.normal(size=(2, 2, 4, 3))
    losses[0].forward(rng.normal(size=(4, 3)), rng.normal(size=(4, 3)))
    for loss, (prediction, target) in zip(losses, batches, strict=True):
        loss.forward(prediction.copy(), target.copy())
    for loss, (prediction, target) in zip(losses, batches, strict=True):
        expect_array(
            loss.backward(),
            2 * (prediction - target) / prediction.size,
            call="MSELoss().backward(), two losses used in turn",
            rtol=settings["rtol_gradient"],
            advice=ADVICE_BACKWARD,
        )


def test_mse_float32(lab, rng, settings, remark):
    """MSELoss is right for float32, and backward keeps it."""
    prediction, target = (rng.normal(size=(5, 3)).astype(np.float32) for _ in range(2))
    loss = lab.MSELoss()
    value = loss.forward(prediction.copy(), target.copy())
    right = float(((prediction - target) ** 2).mean())
    rtol = settings["rtol_float32"]
    text = expect_scalar(value, right, call=f"{FORWARD} for float32 arrays", rtol=rtol, advice=ADVICE_FORWARD)
    if text:
        remark(text)
    expected = (2 * (prediction - target) / prediction.size).astype(np.float32)
    expect_array(loss.backward(), expected, call=f"{BACKWARD} for float32 arrays", rtol=rtol, advice=ADVICE_BACKWARD)
