import numpy as np
from checkkit import call_unchanged, expect_array, expect_kept, expect_unchanged


def test_relu_random(lab, rng, settings):
    """ReLU is right for small and large numbers in batches of several sizes, for layers used in turn, twice in a row, and for float32."""
    layers = (lab.ReLU(), lab.ReLU())
    for shape, dtype, scale in (((5, 3), np.float64, 1), ((2, 4), np.float64, 100), ((4, 3), np.float32, 1)):
        rtol = settings["rtol"] if dtype is np.float64 else settings["rtol_float32"]
        inputs = [scale * rng.normal(size=shape).astype(dtype) for _ in layers]
        arguments = [lab.put(z.copy()) for z in inputs]
        for layer, z, argument in zip(layers, inputs, arguments, strict=True):
            a = layer.forward(argument)
            expect_array(a, np.maximum(z, 0), call="ReLU().forward(z)", rtol=rtol, unshown={"z": z})
            expect_unchanged("z", z, lab.get(argument), call="ReLU().forward(z)")
        for layer, z in zip(layers, inputs, strict=True):
            for call in ("ReLU().backward(grad_output) after forward(z)", "ReLU().backward(grad_output), again"):
                grad_output = scale * rng.normal(size=shape).astype(dtype)
                grad_input = call_unchanged(lab, call, layer.backward, grad_output=grad_output)
                expect_array(
                    grad_input,
                    np.where(z > 0, grad_output, 0).astype(dtype),
                    call=call,
                    rtol=rtol,
                    unshown={"grad_output": grad_output, "z": z},
                    advice="grad_output is passed on where z was positive; elsewhere the gradient is 0.",
                )
        for z, argument in zip(inputs, arguments, strict=True):
            expect_unchanged("z", z, lab.get(argument), call="ReLU().backward(grad_output)")
    for name, method in (("forward", layers[0].forward), ("backward", layers[0].backward)):
        kept = lab.keep(method, rng.normal(size=(4, 3)))
        before = lab.get(kept)
        lab.keep(method, rng.normal(size=(4, 3)))
        expect_kept(f"what {name} returned first", before, lab.get(kept), call=f"ReLU().{name}, a second call")
