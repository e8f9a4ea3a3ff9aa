import numpy as np
from checkkit import CheckFailure, require_array

STEPS = 100
SEED = 9  # of the first weights: from here a right training cannot get stuck


def test_xor_own_network(lab, data, settings):
    """A network of your own parts, trained with your optimizer, gets all of the XOR points right."""
    points, labels = data.xor_data()
    layers = [lab.Linear(2, 10), lab.Sigmoid(), lab.Linear(10, 10), lab.Sigmoid(), lab.Linear(10, 1), lab.Sigmoid()]
    rng = np.random.default_rng(SEED)
    for layer, shape in ((layers[0], (2, 10)), (layers[2], (10, 10)), (layers[4], (10, 1))):
        layer.weight = 2 * rng.normal(size=shape)
        layer.bias = np.zeros(shape[1])
    network, loss = lab.Network(layers), lab.MSELoss()
    optimizer = lab.SGD(lab.keep(network.parameters), lr=2.0, momentum=0.9)
    for _ in range(STEPS):
        loss.forward(lab.keep(network.forward, points.copy()), labels.copy())
        lab.keep(network.backward, lab.keep(loss.backward))
        optimizer.step(lab.keep(network.gradients))
    prediction = require_array(network.forward(points.copy()), labels.shape, call="forward of the network")
    accuracy = float(np.mean((prediction > 0.5) == (labels > 0.5)))
    if not accuracy >= settings["xor_accuracy"]:
        raise CheckFailure(
            "accuracy",
            called=f"the network after {STEPS} steps on the XOR points",
            got=f"{accuracy:.0%} of the points right",
            expected=f"{settings['xor_accuracy']:.0%}",
            advice="See to the checks of the single parts first, then to test_network_numeric.",
        )
