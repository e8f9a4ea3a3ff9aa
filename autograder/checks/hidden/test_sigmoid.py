import numpy as np
from checkkit import call_unchanged, expect_array, expect_kept


def test_sigmoid_random(lab, reference, rng, settings):
    """sigmoid is right for arrays of several shapes, and writes neither into its argument nor into earlier results."""
    first, second = 2 * rng.normal(size=(5, 3)), 2 * rng.normal(size=(2, 4))
    for z in (first, second):
        a = call_unchanged(lab, "sigmoid(z)", lab.sigmoid, z=z)
        expect_array(a, reference.sigmoid(z), call="sigmoid(z)", rtol=settings["rtol"], unshown={"z": z})
    kept = lab.keep(lab.sigmoid, first.copy())
    before = lab.get(kept)
    lab.keep(lab.sigmoid, first + 1)
    expect_kept("what sigmoid returned first", before, lab.get(kept), call="sigmoid(z), a second call")
    expect_array(lab.get(kept), reference.sigmoid(first), call="sigmoid(z), called again", rtol=settings["rtol"])


def test_sigmoid_tails(lab, reference, rng, settings):
    """sigmoid is right in both tails, up to abs(z) = 10000."""
    sizes = np.array([[20.0, 40.0, 300.0], [709.0, 745.0, 1000.0], [5000.0, 9999.0, 10000.0]])
    z = np.concatenate([sizes, -sizes]) * rng.uniform(0.9, 1.0, size=(6, 3))
    a, _ = lab.watch(lab.sigmoid, z.copy())
    expect_array(
        a,
        reference.sigmoid(z),
        call="sigmoid(z) for z far from 0",
        rtol=0.0,
        atol=settings["atol_tails"],
        advice="For very large z the result is 1, for very small z it is 0; exp must not overflow into inf / inf.",
    )


def test_sigmoid_float32(lab, reference, rng, settings):
    """sigmoid of a float32 array is a float32 array with the right values."""
    z = (2 * rng.normal(size=(4, 3))).astype(np.float32)
    expect_array(
        lab.sigmoid(z.copy()),
        reference.sigmoid(z),
        call="sigmoid(z) for a float32 array z",
        rtol=settings["rtol_float32"],
        advice="The result keeps the dtype of z. np.zeros and np.array make float64 unless they are told the dtype.",
    )
