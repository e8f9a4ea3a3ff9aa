# keeps the weights that were best on 2,000 images held back; the result is a callable object
import numpy as np

from activations import ReLU
from layers import Linear
from losses import SoftmaxCrossEntropy
from network import Network
from optimizers import SGD


class Predictor:
    def __init__(self, net, classes):
        self.net, self.classes = net, classes

    def __call__(self, images):
        return self.classes[self.net.forward(images).argmax(axis=1)]


def fit_mnist(images, labels, *, seed):
    rng = np.random.default_rng(seed)
    classes, targets = np.unique(labels, return_inverse=True)
    net = Network([Linear(784, 128, rng), ReLU(), Linear(128, len(classes), rng)])
    for layer in net.layers:
        if hasattr(layer, "weight"):
            n_in, n_out = layer.weight.shape
            layer.weight = (rng.standard_normal((n_in, n_out)) * np.sqrt(2 / (n_in + n_out))).astype(np.float32)
            layer.bias = np.zeros(n_out, np.float32)
    order = rng.permutation(len(images))
    held = min(2_000, len(images) // 20)
    valid, train = order[:held], order[held:]
    predictor, loss = Predictor(net, classes), SoftmaxCrossEntropy()
    best, kept = -1.0, None
    epochs = max(4, 60_000 // len(train))
    for epoch in range(epochs):
        optimizer = SGD(net.parameters(), 0.08 * (1 - epoch / epochs), 0.9)
        rng.shuffle(train)
        for part in np.array_split(train, max(1, len(train) // 80)):
            loss.forward(net.forward(images[part]), targets[part])
            net.backward(loss.backward())
            optimizer.step(net.gradients())
        score = np.mean(predictor(images[valid]) == labels[valid])
        if score >= best:
            best, kept = score, [p.copy() for p in net.parameters()]
    for parameter, value in zip(net.parameters(), kept):
        parameter[...] = value
    return predictor
