# ReLU network, cross-entropy, momentum; the learning rate falls epoch by epoch
import numpy as np

from activations import ReLU
from layers import Linear
from losses import SoftmaxCrossEntropy
from network import Network
from optimizers import SGD


def fit_mnist(images, labels, *, seed):
    rng = np.random.default_rng(seed)
    net = Network([Linear(784, 128, rng), ReLU(), Linear(128, 10, rng)])
    for layer in net.layers:
        if hasattr(layer, "weight"):
            n_in, n_out = layer.weight.shape
            layer.weight = (rng.standard_normal((n_in, n_out)) * np.sqrt(2 / (n_in + n_out))).astype(np.float32)
            layer.bias = np.zeros(n_out, np.float32)
    loss = SoftmaxCrossEntropy()
    epochs = max(3, 60_000 // len(images))  # more rounds where there are few images
    for epoch in range(epochs):
        optimizer = SGD(net.parameters(), lr=0.1 * (1 - epoch / epochs), momentum=0.9)
        order = rng.permutation(len(images))
        for start in range(0, len(order), 64):
            rows = order[start : start + 64]
            loss.forward(net.forward(images[rows]), labels[rows])
            net.backward(loss.backward())
            optimizer.step(net.gradients())

    def predict(images):
        return net.forward(images).argmax(axis=1)

    return predict
