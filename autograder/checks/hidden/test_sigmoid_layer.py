import numpy as np
from checkkit import call_unchanged, expect_array, expect_kept, mismatch, own_or_right, stands_in

FORWARD = "Sigmoid().forward(z)"
BACKWARD = "Sigmoid().backward(grad_output) after forward(z)"
ADVICE = "grad_input = grad_output * a * (1 - a), with a the output of this layer's last forward."


def expect_forward(lab, reference, a, z, rtol, call=FORWARD):
    """The layer is right when it gives the sigmoid, or what the submission's own sigmoid gives."""
    right = reference.sigmoid(z)
    if mismatch(a, right, rtol=rtol):
        expect_array(a, own_or_right(lab.sigmoid, z, right), call=call, rtol=rtol, unshown={"z": z})


def expected_backward(reference, a, z, grad_output):
    """The gradient for the layer's own output, unless that is no function worth the name."""
    right = reference.sigmoid(z)
    own = stands_in(a, z, right) and np.ptp(a - a * a) > 1e-3
    a = a if own else right
    return (grad_output * a * (1 - a)).astype(z.dtype)


def test_sigmoid_layer_forward_random(lab, reference, rng, settings):
    """Sigmoid.forward is right for batches of several sizes, and writes neither into its argument nor into earlier results."""
    layer = lab.Sigmoid()
    first, second = 2 * rng.normal(size=(5, 3)), 2 * rng.normal(size=(5, 3))
    for z in (first, 2 * rng.normal(size=(2, 4))):
        a = call_unchanged(lab, FORWARD, layer.forward, z=z)
        expect_forward(lab, reference, a, z, settings["rtol"])
    kept = lab.keep(layer.forward, first.copy())
    before = lab.get(kept)
    lab.keep(layer.forward, second.copy())
    expect_kept("what forward returned first", before, lab.get(kept), call=f"{FORWARD}, a second call")


def test_sigmoid_layer_backward_random(lab, reference, rng, settings):
    """Sigmoid.backward is right for batches of several sizes, twice in a row, and leaves grad_output as it is."""
    layer = lab.Sigmoid()
    for shape in ((5, 3), (2, 4)):
        z, grad_output, other = 2 * rng.normal(size=shape), rng.normal(size=shape), rng.normal(size=shape)
        a = lab.get(lab.keep(layer.forward, z.copy()))
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
    kept = lab.keep(layer.backward, grad_output.copy())
    before = lab.get(kept)
    lab.keep(layer.backward, other.copy())
    expect_kept("what backward returned first", before, lab.get(kept), call=f"{BACKWARD}, a second call")


def test_sigmoid_layer_instances(lab, reference, rng, settings):
    """Two Sigmoid layers used in turn do not disturb each other, and each remembers its last batch."""
    layers = (lab.Sigmoid(), lab.Sigmoid())
    inputs = (rng.normal(size=(4, 3)), 2 * rng.normal(size=(4, 3)))
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
    z, grad_output = (rng.normal(size=(4, 3)).astype(np.float32) for _ in range(2))
    layer = lab.Sigmoid()
    a = lab.get(lab.keep(layer.forward, z.copy()))
    rtol = settings["rtol_float32"]
    expect_forward(lab, reference, a, z, rtol, call="Sigmoid().forward(z) for a float32 array z")
    grad_input = layer.backward(grad_output.copy())
    call = "Sigmoid().backward(grad_output) for float32 arrays"
    expect_array(grad_input, expected_backward(reference, a, z, grad_output), call=call, rtol=rtol)
