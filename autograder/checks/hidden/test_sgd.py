import numpy as np
from checkkit import CheckFailure, expect_array, expect_unchanged

SHAPES = ((4, 3), (2,), (2,))
STEPS = 4


class Descent:
    """An optimizer of the submission on parameters of equal and other shapes, followed step by step by the reference's."""

    def __init__(self, lab, reference, rng, dtype=np.float64, **options):
        start = [rng.normal(size=shape).astype(dtype) for shape in SHAPES]
        self.lab = lab
        self.parameters = [lab.put(value.copy()) for value in start]
        self.optimizer = lab.SGD(self.parameters, **options)
        self.right = start
        self.right_optimizer = reference.SGD(self.right, **options)
        # the owner writes every step's gradients into the same arrays
        self.gradients = [lab.put(np.zeros_like(value)) for value in start]
        self.call = "SGD(parameters" + "".join(f", {name}={value:g}" for name, value in options.items()) + ")"
        self.steps = 0

    def step(self, rng, rtol):
        """One step with new gradients, then compare everything."""
        gradients = [rng.normal(size=value.shape).astype(value.dtype) for value in self.right]
        gradients[0][self.steps % 4, 1] = 0
        if self.steps == STEPS - 1:
            gradients = [100 * gradient for gradient in gradients]  # large ones are no other case
        for handle, gradient in zip(self.gradients, gradients, strict=True):
            handle.put(np.arange(gradient.size), gradient.ravel())
        before = [value.copy() for value in self.right]
        self.optimizer.step(self.gradients)
        self.right_optimizer.step(gradients)
        self.steps += 1
        call = f"{self.call}, step {self.steps}"
        found = zip(self.lab.get(self.parameters), self.right, strict=True)
        for number, (parameter, right) in enumerate(found):
            expect_array(
                parameter,
                right,
                call=f"parameter {number + 1} after {call}",
                rtol=rtol,
                unshown={"the parameter before the step": before[number]},
                advice="v = momentum * v + gradient, then parameter -= lr * v: in place, with a velocity for each parameter.",
            )
        for after, gradient in zip(self.lab.get(self.gradients), gradients, strict=True):
            expect_unchanged("a gradient", gradient, after, call=call)


def follow(descents, rng, rtol):
    """Some steps of optimizers used in turn; what fails goes on, for mistakes that begin alike differ later."""
    failures = []
    for _ in range(STEPS):
        for descent in descents:
            try:
                descent.step(rng, rtol)
            except CheckFailure as failure:
                if hasattr(failure, "status"):  # the submission raised something, or is gone
                    raise
                failures.append(failure)
    if failures:
        failures[0].actual = tuple(value for failure in failures for value in failure.actual)
        raise failures[0]


def test_sgd_steps(lab, reference, rng, settings):
    """SGD without momentum is right over several steps with changing gradients."""
    follow([Descent(lab, reference, rng, lr=lr) for lr in (0.3, 2.0)], rng, settings["rtol"])


def test_sgd_float32(lab, reference, rng, settings):
    """SGD without momentum updates float32 parameters, which stay float32."""
    follow([Descent(lab, reference, rng, dtype=np.float32, lr=0.3)], rng, settings["rtol_float32"])


def test_sgd_momentum_steps(lab, reference, rng, settings):
    """SGD with momentum is right over several steps, for two optimizers used in turn."""
    options = ((0.3, 0.9), (1.5, 0.4))
    descents = [Descent(lab, reference, rng, lr=lr, momentum=momentum) for lr, momentum in options]
    follow(descents, rng, settings["rtol"])
    follow([Descent(lab, reference, rng, dtype=np.float32, lr=0.3, momentum=0.9)], rng, settings["rtol_float32"])
