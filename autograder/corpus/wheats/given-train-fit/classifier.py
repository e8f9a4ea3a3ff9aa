# fit comes from the given train.py; a new optimizer for every epoch lets the learning rate fall
import numpy as np

from activations import ReLU
from layers import Linear
from losses import SoftmaxCrossEntropy
from network import Network
from optimizers import SGD


def fit_mnist(images, labels, *, seed):
    from train import fit

    rng = np.random.default_rng(seed)
    network = Network([Linear(784, 128, rng), ReLU(), Linear(128, 10, rng)])
    for layer in network.layers[::2]:
        layer.weight = (layer.weight / 4).astype(np.float32)  # drawn for the sigmoid
        layer.bias = layer.bias.astype(np.float32)
    epochs = max(3, 60_000 // len(images))
    for epoch in range(epochs):
        sgd = SGD(network.parameters(), lr=0.1 * (1 - epoch / epochs), momentum=0.9)
        fit(network, SoftmaxCrossEntropy(), sgd, images, labels, epochs=1, batch_size=64, rng=rng)
    return lambda images: network.forward(images).argmax(axis=1)
