import numpy as np
from checkkit import expect_array, expect_kept, expect_scalar, expect_unchanged

FORWARD = "SoftmaxCrossEntropy().forward(logits, labels)"
BACKWARD = "SoftmaxCrossEntropy().backward() after forward(logits, labels)"
ADVICE_FORWARD = "Softmax works on each row; the loss is the mean over the N rows."
ADVICE_BACKWARD = "(softmax - onehot) / N: the division by the number of rows belongs to it."


def compare(lab, reference, loss, logits, labels, settings, remark):
    """Forward and backward (twice) against the reference's."""
    right = reference.SoftmaxCrossEntropy()
    expected = float(right.forward(logits, labels))
    rtol = settings["rtol"] if logits.dtype == np.float64 else settings["rtol_float32"]
    arguments = [lab.put(logits.copy()), lab.put(labels.copy())]
    value = loss.forward(*arguments)
    text = expect_scalar(value, expected, call=FORWARD, rtol=rtol, advice=ADVICE_FORWARD)
    if text:
        remark(text)
    rtol = settings["rtol_gradient"] if logits.dtype == np.float64 else settings["rtol_float32"]
    for call in (BACKWARD, f"{BACKWARD}, again"):
        expect_array(loss.backward(), right.backward(), call=call, rtol=rtol, advice=ADVICE_BACKWARD)
    for name, before, argument in zip(("logits", "labels"), (logits, labels), arguments, strict=True):
        expect_unchanged(name, before, lab.get(argument), call="forward and backward of SoftmaxCrossEntropy")


def test_softmax_cross_entropy_random(lab, reference, rng, settings, remark):
    """SoftmaxCrossEntropy is right for batches of several sizes, and for float32."""
    loss = lab.SoftmaxCrossEntropy()
    for (n, c), dtype in (((7, 4), np.float64), ((3, 3), np.float64), ((1, 5), np.float64), ((5, 4), np.float32)):
        logits, labels = rng.normal(size=(n, c)).astype(dtype), rng.integers(0, c, size=n)
        compare(lab, reference, loss, logits, labels, settings, remark)
    kept = lab.keep(loss.backward)
    before = lab.get(kept)
    other = lab.SoftmaxCrossEntropy()
    other.forward(logits + rng.normal(size=logits.shape).astype(np.float32), labels)
    other.backward()
    lab.keep(loss.backward)
    expect_kept("what backward returned first", before, lab.get(kept), call=f"{BACKWARD}, two losses used in turn")
    right = reference.SoftmaxCrossEntropy()
    right.forward(logits, labels)
    call = f"{BACKWARD}, two losses used in turn"
    expect_array(loss.backward(), right.backward(), call=call, rtol=settings["rtol_float32"], advice=ADVICE_BACKWARD)


def test_softmax_cross_entropy_stable(lab, reference, rng, settings, remark):
    """SoftmaxCrossEntropy neither overflows nor takes the logarithm of 0 when logits are large and far apart."""
    logits = rng.normal(size=(6, 3)) + np.array([[1000.0], [-1000.0], [0.0], [0.0], [500.0], [20.0]])
    logits[2, 0] += 1000
    logits[3, 1] -= 1000
    labels = np.array([0, 1, 2, 1, 0, 2])
    loss = lab.SoftmaxCrossEntropy()
    (value, _), right = lab.watch(loss.forward, logits.copy(), labels.copy()), reference.SoftmaxCrossEntropy()
    advice = (
        "Subtract the largest logit of each row first, and compute the logarithm of softmax without dividing first."
    )
    call = f"{FORWARD} for logits that differ by 1000"
    text = expect_scalar(value, float(right.forward(logits, labels)), call=call, rtol=settings["rtol"], advice=advice)
    if text:
        remark(text)
    expect_array(loss.backward(), right.backward(), call=BACKWARD, rtol=settings["rtol_gradient"], advice=advice)
