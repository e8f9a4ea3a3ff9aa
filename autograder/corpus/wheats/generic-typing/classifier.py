# sigmoid hidden layer, cross-entropy by hand, the hidden layer learns three times as fast
import numpy as np

from activations import Sigmoid
from layers import Linear
from optimizers import SGD


def softmax(z):
    z = np.exp(z - np.max(z, axis=1, keepdims=True))
    return z / np.sum(z, axis=1, keepdims=True)


def fit_mnist(images, labels, *, seed):
    generator = np.random.default_rng(seed)
    mu, sd = images.mean(dtype=np.float32), images.std(dtype=np.float32)
    fc1, act, fc2 = Linear(784, 176, generator), Sigmoid(), Linear(176, 10, generator)
    for fc in (fc1, fc2):
        fc.weight = np.asarray(fc.weight / 4, dtype=np.float32)
        fc.bias = np.asarray(fc.bias, dtype=np.float32)
    x, y = (images - mu) / sd, np.eye(10, dtype=np.float32)[labels]
    epochs = max(5, 60_000 // len(x))
    for epoch in range(epochs):
        rate = 0.2 * (1 - epoch / epochs)
        slow = SGD([fc2.weight, fc2.bias], lr=rate, momentum=0.9)
        fast = SGD([fc1.weight, fc1.bias], lr=3 * rate, momentum=0.9)
        shuffled = generator.permutation(len(x))
        for k in range(0, len(x), 100):
            b = shuffled[k : k + 100]
            delta = (softmax(fc2.forward(act.forward(fc1.forward(x[b])))) - y[b]) / len(b)
            fc1.backward(act.backward(fc2.backward(delta)))
            slow.step([fc2.grad_weight, fc2.grad_bias])
            fast.step([fc1.grad_weight, fc1.grad_bias])

    def predict(pictures):
        return np.argmax(fc2.forward(act.forward(fc1.forward((pictures - mu) / sd))), axis=1)

    return predict
