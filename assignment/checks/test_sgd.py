import numpy as np
from checkkit import expect_array

# (gradient of the first parameter, gradient of the second) for three steps
GRADIENTS = (
    (np.array([[2.0, -4.0], [0.0, 1.0]]), np.array([1.0, 0.0, -2.0])),
    (np.array([[-1.0, 2.0], [4.0, 0.0]]), np.array([0.0, 2.0, -4.0])),
    (np.array([[1.0, 1.0], [-2.0, 2.0]]), np.array([4.0, -2.0, 1.0])),
)


def run_steps(lab, settings, momentum, expected):
    """Compare both parameters with ``expected`` after every step."""
    start = (np.array([[1.0, -2.0], [0.5, 4.0]]), np.array([3.0, -1.0, 2.0]))
    parameters = [lab.put(value.copy()) for value in start]
    keywords = {"momentum": momentum} if momentum else {}
    optimizer = lab.SGD(parameters, lr=0.25, **keywords)
    for number, (gradients, values) in enumerate(zip(GRADIENTS, expected, strict=False), start=1):
        optimizer.step([gradient.copy() for gradient in gradients])
        for index, value in enumerate(values):
            options = "".join(f", {name}={option}" for name, option in keywords.items())
            expect_array(
                lab.get(parameters[index]),
                np.array(value),
                call=f"parameter {index + 1} of SGD(parameters, lr=0.25{options}) after step {number}",
                rtol=settings["rtol"],
                unshown={"the parameter before the first step": start[index]},
                given={f"gradient in step {step + 1}": GRADIENTS[step][index] for step in range(number)},
                advice="The parameters are updated in place: the very arrays that were handed over must change.",
            )


def test_sgd_step_values(lab, settings):
    """SGD.step without momentum moves every parameter by -lr times its gradient, in place."""
    run_steps(lab, settings, 0.0, [([[0.5, -1.0], [0.5, 3.75]], [2.75, -1.0, 2.5])])


def test_sgd_momentum_values(lab, settings):
    """SGD.step with momentum keeps a velocity for every parameter from step to step."""
    expected = [
        ([[0.5, -1.0], [0.5, 3.75]], [2.75, -1.0, 2.5]),
        ([[0.5, -1.0], [-0.5, 3.625]], [2.625, -1.5, 3.75]),
        ([[0.25, -1.25], [-0.5, 3.0625]], [1.5625, -1.25, 4.125]),
    ]
    run_steps(lab, settings, 0.5, expected)
