import numpy as np
from checkkit import (
    CheckFailure,
    call_unchanged,
    expect_array,
    expect_kept,
    expect_unchanged,
    mismatch,
    own_or_right,
    stands_in,
)

FORWARD = "Sigmoid().forward(z)"
BACKWARD = "Sigmoid().backward(grad_output) after forward(z)"
ADVICE = "grad_input = grad_output * a * (1 - a), with a the output of this layer's last forward."


def draw(rng, shape):
    """Numbers on both sides, some of them where the sigmoid is flat: there an S made of straight lines is no straight line."""
    z = 2 * rng.normal(size=shape)
    z[0, :2] = rng.uniform(4, 6), -rng.uniform(4, 6)
    return z


def expect_forward(lab, reference, a, z, rtol, call=FORWARD):
    """The layer is right when it gives the sigmoid, or what the submission's own sigmoid gives."""
    right = reference.sigmoid(z)
    if mismatch(a, right, rtol=rtol):
        expect_array(a, own_or_right(lab.sigmoid, z, right), call=call, rtol=rtol, unshown={"z": z})


def leaves_unchanged(lab, function, z):
    """Whether a function can be called and leaves its argument as it is."""
    try:
        call_unchanged(lab, "", function, z=z)
    except CheckFailure as failure:
        return failure.category != "argument-changed"
    except Exception:  # said by its own checks
        return True
    return True


def expected_backward(reference, a, z, grad_output):
    """The gradient for the layer's own output, unless that is no function worth the name."""
    right = reference.sigmoid(z)
    own = stands_in(a, z, right) and np.ptp(a - a * a) > 1e-3
    a = a if own else right
    return (grad_output * a * (1 - a)).astype(z.dtype)


def test_sigmoid_layer_forward_random(lab, reference, rng, settings):
    """Sigmoid.forward is right for batches of several sizes, and writes neither into its argument nor into earlier results."""
    layer = lab.Sigmoid()
    first, second = draw(rng, (5, 3)), draw(rng, (5, 3))
    for z in (first, draw(rng, (2, 4))):
        argument = lab.put(z.copy())
        a = layer.forward(argument)
        expect_forward(lab, reference, a, z, settings["rtol"])
        if leaves_unchanged(lab, lab.sigmoid, z):  # else that is counted there
            expect_unchanged("z", z, lab.get(argument), call=FORWARD)
    kept = lab.keep(layer.forward, first.copy())
    before = lab.get(kept)
    lab.keep(layer.forward, second.copy())
    expect_kept("what forward returned first", before, lab.get(kept), call=f"{FORWARD}, a second call")


def test_sigmoid_layer_backward_random(lab, reference, rng, settings):
    """Sigmoid.backward is right for batches of several sizes, twice in a row, and leaves grad_output as it is."""
    layer = lab.Sigmoid()
    for shape, scale in (((5, 3), 1), ((2, 4), 100)):
        z, grad_output, other = draw(rng, shape), scale * rng.normal(size=shape), rng.normal(size=shape)
        argument = lab.put(z.copy())
        a = lab.get(lab.keep(layer.forward, argument))
        before = lab.get(argument)
        for call, grad in ((BACKWARD, grad_output), (f"{BACKWARD}, again", grad_output), (f"{BACKWARD}, again", other)):
            grad_input = call_unchanged(lab, BACKWARD, layer.backward, grad_output=grad)
            expect_array(
                grad_input,
                expected_backward(reference, a, z, grad),
                call=call,
                rtol=settings["rtol_gradient"],
                unshown={"grad_output": grad, "z": z, "a": a},
                advice=ADVICE,
            )
        expect_unchanged("z", before, lab.get(argument), call=BACKWARD)
    kept = lab.keep(layer.backward, grad_output.copy())
    before = lab.get(kept)
    lab.keep(layer.backward, other.copy())
    expect_kept("what backward returned first", before, lab.get(kept), call=f"{BACKWARD}, a second call")


def test_sigmoid_layer_instances(lab, reference, rng, settings):
    """Two Sigmoid layers used in turn do not disturb each other, and each remembers its last batch."""
    layers = (lab.Sigmoid(), lab.Sigmoid())
    inputs = (draw(rng, (4, 3)), draw(rng, (4, 3)))
    grads = (rng.normal(size=(4, 3)), rng.normal(size=(4, 3)))
    layers[0].forward(rng.normal(size=(4, 3)))
    outputs = [lab.get(lab.keep(layer.forward, z.copy())) for layer, z in zip(layers, inputs, strict=True)]
    for layer, z, a, grad_output in zip(layers, inputs, outputs, grads, strict=True):
        expect_array(
            layer.backward(grad_output.copy()),
            expected_backward(reference, a, z, grad_output),
            call="Sigmoid().backward(grad_output), two layers used in turn",
            rtol=settings["rtol_gradient"],
            unshown={"grad_output": grad_output},
            advice="Each object remembers its own last batch, in self: not in a global name, the class, or a list that grows.",
        )


def test_sigmoid_layer_float32(lab, reference, rng, settings):
    """Sigmoid keeps float32, forward and backward."""
    z, grad_output = draw(rng, (4, 3)).astype(np.float32), rng.normal(size=(4, 3)).astype(np.float32)
    rtol = settings["rtol_float32"]
    layer = lab.Sigmoid()
    a = lab.get(lab.keep(layer.forward, z.copy()))
    grad_input = layer.backward(grad_output.copy())
    if type(a) is np.ndarray and a.dtype == np.float64 and widens(lab.sigmoid, z):
        # that sigmoid itself makes float64 is counted there
        a = a.astype(np.float32)
        if type(grad_input) is np.ndarray and grad_input.dtype == np.float64:
            grad_input = grad_input.astype(np.float32)
    expect_forward(lab, reference, a, z, rtol, call="Sigmoid().forward(z) for a float32 array z")
    call = "Sigmoid().backward(grad_output) for float32 arrays"
    expect_array(grad_input, expected_backward(reference, a, z, grad_output), call=call, rtol=rtol)


def widens(function, z):
    """Whether a function makes float64 of float32."""
    try:
        return stands_in(function(z.copy()), z, z.astype(np.float64))
    except Exception:  # said by its own checks
        return False
