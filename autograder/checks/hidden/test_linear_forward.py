import numpy as np
from checkkit import call_unchanged, expect_array, expect_kept, expect_unchanged

ADVICE = "x is (N, in), weight (in, out), bias (out,): y = x @ weight + bias, the bias added to every row."


def test_linear_forward_random(lab, rng, settings):
    """Linear.forward is right for batches of several sizes, and writes into nothing that it did not make."""
    weight, bias = rng.normal(size=(4, 3)), rng.normal(size=3)
    layer = lab.Linear(4, 3)
    layer.weight = weight.copy()
    layer.bias = bias.copy()
    call = "Linear(4, 3).forward(x)"
    first = rng.normal(size=(7, 4))
    for x in (first, 100 * rng.normal(size=(2, 4)), rng.normal(size=(1, 4))):
        y = call_unchanged(lab, call, layer.forward, x=x)
        expect_array(y, x @ weight + bias, call=call, rtol=settings["rtol"], unshown={"x": x}, advice=ADVICE)
    expect_unchanged("weight", weight, layer.weight, call=call)
    expect_unchanged("bias", bias, layer.bias, call=call)
    kept = lab.keep(layer.forward, first.copy())
    before = lab.get(kept)
    lab.keep(layer.forward, first + 1)
    expect_kept("what forward returned first", before, lab.get(kept), call=f"{call}, a second call")


def test_linear_forward_parameters(lab, rng, settings):
    """Linear.forward uses weight and bias as they are now, of its own layer, replaced or overwritten in place."""
    # everything square: mistakes that shapes would give away show in the numbers
    layer, other = lab.Linear(3, 3), lab.Linear(3, 3)
    weights, biases = rng.normal(size=(3, 3, 3)), rng.normal(size=(3, 3))
    x = rng.normal(size=(3, 3))

    def expect_forward(which, number, how):
        y = which.forward(x.copy())
        call = f"Linear(3, 3).forward(x), weight and bias {how}"
        expect_array(y, x @ weights[number] + biases[number], call=call, rtol=settings["rtol"], advice=ADVICE)

    for which, number in ((layer, 0), (other, 1)):
        which.weight = weights[number].copy()
        which.bias = biases[number].copy()
    expect_forward(layer, 0, "set")
    expect_forward(other, 1, "set in another layer")
    own = lab.keep(lab.Network([layer]).parameters)
    for value in (weights[2], biases[2]):
        # the list's own arrays, first weight, then bias
        lab.keep(own.pop, 0).put(np.arange(value.size), value.ravel())
    expect_forward(layer, 2, "overwritten in place")
    layer.weight = weights[1].copy()
    layer.bias = biases[1].copy()
    expect_forward(layer, 1, "replaced")


def test_linear_forward_float32(lab, rng, settings):
    """Linear.forward keeps float32."""
    x, weight, bias = (rng.normal(size=shape).astype(np.float32) for shape in ((5, 4), (4, 3), 3))
    layer = lab.Linear(4, 3)
    layer.weight = weight.copy()
    layer.bias = bias.copy()
    call = "Linear(4, 3).forward(x) for float32 arrays"
    y = layer.forward(x.copy())
    expect_array(
        y, x @ weight + bias, call=call, rtol=settings["rtol_float32"], advice="The result keeps the dtype of x."
    )
