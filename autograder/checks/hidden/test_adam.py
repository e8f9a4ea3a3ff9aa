import numpy as np
from checkkit import expect_array, expect_unchanged

SHAPES = ((3, 2), (4,), (4,))
STEPS = 5


def draw(rng, shape, dtype):
    """Gradients of unit scale, some as small as 0.001 and some exactly 0: there eps shows."""
    gradient = rng.choice([-1.0, 1.0], size=shape) * rng.uniform(0.1, 2.0, size=shape)
    gradient.flat[0] = rng.choice([-0.001, 0.001])
    gradient.flat[1] = 0.0
    return gradient.astype(dtype)


def draw_start(rng, shape):
    """Numbers of which the largest is 1, so that a relative tolerance is the same absolute one for every seed."""
    value = rng.normal(size=shape)
    return value / np.abs(value).max()


def test_adam_steps(lab, reference, rng, settings):
    """Adam is right over several steps, for optimizers with other options used in turn, and for float32."""
    pairs = []
    for dtype, options, rtol in (
        # First, for with the default betas some mistakes begin alike. With betas as small as these it hardly matters whether eps is
        # added before or after the correction, both of which are right; so here it can be told whether it is added at all.
        # A gradient of 0.001 tells: without eps, the parameter is off by 3e-7 at once; added earlier, by 8e-8 in all steps together.
        (np.float64, {"lr": 0.03, "betas": (0.4, 0.3)}, settings["rtol_adam"] / 27),
        (np.float64, {}, settings["rtol_adam"]),
        # with this rate, eps added earlier moves a parameter by 1.6e-4 in all steps together
        (np.float32, {"lr": 0.1}, 30 * settings["rtol_float32"]),
    ):
        start = [draw_start(rng, shape).astype(dtype) for shape in SHAPES]
        handles = [lab.put(value.copy()) for value in start]
        pairs.append((handles, lab.Adam(handles, **options), start, reference.Adam(start, **options), rtol))
    for step in range(1, STEPS + 1):
        for handles, optimizer, right, right_optimizer, rtol in pairs:
            dtype = right[0].dtype
            scale = 100 if step == STEPS else 1  # large ones are no other case
            gradients = [scale * draw(rng, shape, dtype) for shape in SHAPES]
            arguments = [lab.put(gradient.copy()) for gradient in gradients]
            optimizer.step(arguments)
            right_optimizer.step(gradients)
            for parameter, value in zip(lab.get(handles), right, strict=True):
                expect_array(
                    parameter,
                    value,
                    call=f"a parameter of Adam after step {step}",
                    rtol=rtol,
                    advice="Both means are kept for each parameter and divided by 1 - beta ** t; eps is added outside the root.",
                )
            for after, gradient in zip(lab.get(arguments), gradients, strict=True):
                expect_unchanged("a gradient", gradient, after, call=f"Adam.step, step {step}")
