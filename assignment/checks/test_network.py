from checkkit import central_difference, expect_array, require_array, require_number


def test_network_numeric(lab, rng, settings):
    """The gradients of a network of your own layers agree with numerical derivatives of its loss."""
    layers = [lab.Linear(2, 3), lab.Sigmoid(), lab.Linear(3, 2), lab.Sigmoid()]
    network, loss = lab.Network(layers), lab.MSELoss()
    x, target = rng.normal(size=(5, 2)), rng.uniform(size=(5, 2))
    values = [rng.normal(size=shape) for shape in ((2, 3), 3, (3, 2), 2)]
    places = [(layers[0], "weight"), (layers[0], "bias"), (layers[2], "weight"), (layers[2], "bias")]
    for (layer, name), value in zip(places, values, strict=True):
        setattr(layer, name, value.copy())

    loss.forward(network.forward(x.copy()), target.copy())
    network.backward(loss.backward())
    gradients = [lab.get(getattr(layer, f"grad_{name}")) for layer, name in places]

    for index, ((layer, name), value, gradient) in enumerate(zip(places, values, gradients, strict=True)):

        def loss_at(value, layer=layer, name=name):
            setattr(layer, name, value)
            prediction = require_array(network.forward(x.copy()), target.shape, call="forward of the network")
            return require_number(loss.forward(prediction, target.copy()), call="the loss of the network")

        expect_array(
            gradient,
            central_difference(loss_at, value),
            call=f"grad_{name} of linear layer {index // 2 + 1} in a network, against central differences of its loss",
            rtol=settings["rtol_composition"],
            advice="If the checks of the single layers pass: does every layer object remember its own last batch?",
        )
        setattr(layer, name, value.copy())
