import time

import numpy as np
from checkkit import call_unchanged, expect_array, expect_kept, expect_unchanged

ADVICE = {
    "grad_input": "grad_input (N, in): every row of grad_output goes back through the weights.",
    "grad_weight": "grad_weight (in, out) is the sum over the batch of this call alone: no average, nothing added up from calls before.",
    "grad_bias": "grad_bias (out,) is the sum of grad_output over the rows: one number for each output.",
}

DEAR_SHAPE = (224, 160)
DEAR = 5  # times the loops


def make(lab, weight, bias):
    """A layer with these parameters."""
    layer = lab.Linear(*weight.shape)
    layer.weight = weight.copy()
    layer.bias = bias.copy()
    return layer


def right(name, x, weight, grad_output):
    """The gradient called ``name``, from its formula."""
    formulas = {
        "grad_input": lambda: grad_output @ weight.T,
        "grad_weight": lambda: x.T @ grad_output,
        "grad_bias": lambda: grad_output.sum(axis=0),
    }
    return formulas[name]()


def expect_gradients(got, names, x, weight, grad_output, call, rtol):
    """Compare the gradients called ``names``; ``got`` maps a name to what came back."""
    for name in names:
        expect_array(
            got[name],
            right(name, x, weight, grad_output),
            call=f"{name} of {call}",
            rtol=rtol,
            unshown={"x": x, "grad_output": grad_output},
            advice=ADVICE[name],
        )


def try_forward(lab, layer, x):
    """The output of the layer; None where forward raises, which is counted there: backward may have all that it needs."""
    try:
        return lab.get(lab.keep(layer.forward, x))
    except Exception as error:
        if isinstance(error, NotImplementedError) or getattr(error, "status", "raised") != "raised":
            raise
        return None


def run(lab, layer, x, grad_output):
    """Forward, backward, and the three gradients by name."""
    try_forward(lab, layer, x.copy())
    grad_input = layer.backward(grad_output.copy())
    return {"grad_input": grad_input, "grad_weight": layer.grad_weight, "grad_bias": layer.grad_bias}


def test_linear_backward_grad_input(lab, rng, settings):
    """Linear.backward returns the right gradient for its input, for batches of several sizes."""
    for shape, n, scale in (((3, 3), 5, 1), ((4, 3), 7, 100), ((2, 5), 1, 0.001)):
        x, weight, bias = rng.normal(size=(n, shape[0])), rng.normal(size=shape), rng.normal(size=shape[1])
        grad_output = scale * rng.normal(size=(n, shape[1]))
        got = run(lab, make(lab, weight, bias), x, grad_output)
        call = f"Linear{shape} after forward(x), backward(grad_output), N = {n}"
        expect_gradients(got, ("grad_input",), x, weight, grad_output, call, settings["rtol_gradient"])


def test_linear_backward_grad_parameters(lab, rng, settings, flag):
    """Linear.backward sets grad_weight and grad_bias right, for batches of several sizes."""
    for shape, n, scale in (((4, 3), 7, 1), ((3, 3), 3, 100), ((2, 5), 1, 0.001)):
        x, weight, bias = rng.normal(size=(n, shape[0])), rng.normal(size=shape), rng.normal(size=shape[1])
        grad_output = scale * rng.normal(size=(n, shape[1]))
        got = run(lab, make(lab, weight, bias), x, grad_output)
        call = f"Linear{shape} after forward(x), backward(grad_output), N = {n}"
        expect_gradients(got, ("grad_weight", "grad_bias"), x, weight, grad_output, call, settings["rtol_gradient"])
    if is_dear(lab, rng):
        flag("Linear costs as much as one forward for every single weight: a derivative by differences in layers.py?")


def test_linear_backward_repeated(lab, rng, settings):
    """Linear.backward starts afresh in every call, and writes into nothing that it did not make."""
    weight, bias = rng.normal(size=(4, 3)), rng.normal(size=3)
    layer = make(lab, weight, bias)
    for n in (7, 2):
        x, grad_output, other = rng.normal(size=(n, 4)), rng.normal(size=(n, 3)), rng.normal(size=(n, 3))
        argument = lab.put(x.copy())
        try_forward(lab, layer, argument)
        for grad, how in ((grad_output, ""), (grad_output, ", again"), (other, ", again")):
            call = f"Linear(4, 3) after forward(x), backward(grad_output){how}"
            grad_input = call_unchanged(lab, call, layer.backward, grad_output=grad)
            expect_unchanged("x", x, lab.get(argument), call=call)
            expect_unchanged("weight", weight, layer.weight, call=call)
            expect_unchanged("bias", bias, layer.bias, call=call)
            got = {"grad_input": grad_input, "grad_weight": layer.grad_weight, "grad_bias": layer.grad_bias}
            expect_gradients(got, got, x, weight, grad, call, settings["rtol_gradient"])
    kept = lab.keep(layer.backward, grad_output.copy())
    before = lab.get(kept)
    lab.keep(layer.backward, other.copy())
    expect_kept("what backward returned first", before, lab.get(kept), call=call)


def test_linear_backward_instances(lab, rng, settings):
    """Two Linear layers used in turn do not disturb each other, and each remembers its last batch."""
    cases = []
    for _ in range(2):
        x, weight, bias = rng.normal(size=(5, 4)), rng.normal(size=(4, 3)), rng.normal(size=3)
        cases.append((make(lab, weight, bias), x, weight, rng.normal(size=(5, 3))))
    try_forward(lab, cases[0][0], rng.normal(size=(5, 4)))
    for layer, x, _, _ in cases:
        try_forward(lab, layer, x.copy())
    returned = [lab.get(lab.keep(layer.backward, grad_output.copy())) for layer, _, _, grad_output in cases]
    for (layer, x, weight, grad_output), grad_input in zip(cases, returned, strict=True):
        got = {"grad_input": grad_input, "grad_weight": layer.grad_weight, "grad_bias": layer.grad_bias}
        call = "Linear(4, 3), two layers used in turn"
        expect_gradients(got, got, x, weight, grad_output, call, settings["rtol_gradient"])


def test_linear_backward_float32(lab, rng, settings):
    """Linear.backward keeps float32."""
    x, weight, bias, grad_output = (rng.normal(size=s).astype(np.float32) for s in ((5, 4), (4, 3), 3, (5, 3)))
    got = run(lab, make(lab, weight, bias), x, grad_output)
    expect_gradients(got, got, x, weight, grad_output, "Linear(4, 3) for float32 arrays", settings["rtol_float32"])


def is_dear(lab, rng):
    """Whether forward and backward cost far more CPU time than loops in plain Python over all weights would.

    Loops cost what the layer has weights, differences that times a whole forward: with 35,840 weights the CPU time of one
    forward and backward is at most about twice that of the loops below for honest code, and 11 to 30 times that for differences.
    """
    n, m = DEAR_SHAPE
    x, weight, bias, grad_output = (rng.normal(size=shape) for shape in ((1, n), (n, m), m, (1, m)))
    layer = make(lab, weight, bias)
    before = lab.cpu_seconds()
    run(lab, layer, x, grad_output)
    cost = lab.cpu_seconds() - before
    # a machine on which the loops need less than a thousandth of a second would be a hundred times faster than today's
    return cost > 0.01 and cost > DEAR * min(loops_seconds(x, weight, grad_output) for _ in range(3))


def loops_seconds(x, weight, grad_output):
    """CPU time of a forward and a backward for one sample, element by element."""
    n, m = weight.shape
    before = time.process_time()
    y, grad_input, grad_weight = np.zeros((1, m)), np.zeros((1, n)), np.zeros((n, m))
    for i in range(n):
        for j in range(m):
            y[0, j] += x[0, i] * weight[i, j]
            grad_weight[i, j] += x[0, i] * grad_output[0, j]
            grad_input[0, i] += grad_output[0, j] * weight[i, j]
    return time.process_time() - before
