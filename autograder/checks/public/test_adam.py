import numpy as np
from checkkit import expect_array


def test_adam_values(lab, settings):
    """Adam.step gives the right parameters after three steps, in place."""
    start = (np.array([[1.0, -2.0], [3.0, -1.0]]), np.array([2.0]))
    parameters = [lab.put(value.copy()) for value in start]
    gradients = (
        (np.array([[2.0, -4.0], [1.0, 0.0]]), np.array([-2.0])),
        (np.array([[-1.0, 2.0], [0.0, 2.0]]), np.array([-4.0])),
        (np.array([[0.5, 1.0], [-2.0, 3.0]]), np.array([1.0])),
    )
    expected = (
        ([[0.9000000005, -1.90000000025], [2.900000001, -1.0]], [2.0999999995]),
        ([[0.8733662967024314, -1.8733662963681956], [2.8329941765341884, -1.074413681830646]], [2.196518201777006]),
        ([[0.8393233821389424, -1.8672274101122242], [2.866997623309778, -1.1594707750806992]], [2.2553788748274237]),
    )
    optimizer = lab.Adam(parameters, lr=0.1)
    for number, (pair, values) in enumerate(zip(gradients, expected, strict=True), start=1):
        optimizer.step([gradient.copy() for gradient in pair])
        for index, value in enumerate(values):
            expect_array(
                lab.get(parameters[index]),
                np.array(value),
                call=f"parameter {index + 1} of Adam(parameters, lr=0.1) after step {number}",
                rtol=settings["rtol_adam"],
                unshown={"the parameter before the first step": start[index]},
                given={f"gradient in step {step + 1}": gradients[step][index] for step in range(number)},
                advice="t counts the calls of step, and both means are divided by 1 - beta ** t before they are used.",
            )
