"""Wrong submissions: the reference with one mistake, and the one part that it may cost points in."""

from __future__ import annotations

import textwrap

ACTIVATIONS = {
    "sigmoid: an S of straight lines": (
        "sigmoid",
        "def sigmoid(z):\n    return np.clip(z / 4 + z.dtype.type(0.5), 0, 1)",
    ),
    "layer: gradient cut off at 5": (
        "sigmoid-layer",
        """
        class Sigmoid(Sigmoid):
            def backward(self, grad_output):
                return super().backward(np.clip(grad_output, -5, 5))
        """,
    ),
    "relu: cut off at 6": (
        "relu",
        """
        class ReLU(ReLU):
            def forward(self, z):
                return np.minimum(super().forward(z), 6)
        """,
    ),
    "sigmoid: exp(z) / (1 + exp(z))": ("sigmoid", "def sigmoid(z):\n    return np.exp(z) / (1 + np.exp(z))"),
    "sigmoid: sign of z": ("sigmoid", "def sigmoid(z):\n    return 1 / (1 + np.exp(z))"),
    "sigmoid: stray epsilon": ("sigmoid", "def sigmoid(z):\n    return 1 / (1 + np.exp(-z + 1e-8))"),
    "sigmoid: tanh": ("sigmoid", "def sigmoid(z):\n    return np.tanh(z)"),
    "sigmoid: clips at 15": ("sigmoid", "def sigmoid(z):\n    return 1 / (1 + np.exp(-np.clip(z, -15, 15)))"),
    "sigmoid: in place": (
        "sigmoid",
        """
        _sigmoid = sigmoid

        def sigmoid(z):
            z[...] = _sigmoid(z)
            return z
        """,
    ),
    "sigmoid: always float64": (
        "sigmoid",
        """
        _sigmoid = sigmoid

        def sigmoid(z):
            return _sigmoid(z).astype(np.float64)
        """,
    ),
    "sigmoid: one buffer for all results": (
        "sigmoid",
        """
        _sigmoid, _buffers = sigmoid, {}

        def sigmoid(z):
            buffer = _buffers.setdefault((z.shape, z.dtype.str), np.empty_like(z))
            buffer[...] = _sigmoid(z)
            return buffer

        class Sigmoid(Sigmoid):
            def forward(self, z):
                self.a = _sigmoid(z)
                return self.a
        """,
    ),
    "layer: sigmoid of sigmoid in backward": (
        "sigmoid-layer",
        """
        class Sigmoid(Sigmoid):
            def backward(self, grad_output):
                a = sigmoid(self.a)
                return grad_output * a * (1 - a)
        """,
    ),
    "layer: 1 - a missing": (
        "sigmoid-layer",
        """
        class Sigmoid(Sigmoid):
            def backward(self, grad_output):
                return grad_output * self.a
        """,
    ),
    "layer: gradient passed through": (
        "sigmoid-layer",
        """
        class Sigmoid(Sigmoid):
            def backward(self, grad_output):
                return grad_output
        """,
    ),
    "layer: overwrites grad_output": (
        "sigmoid-layer",
        """
        class Sigmoid(Sigmoid):
            def backward(self, grad_output):
                grad_output *= self.a * (1 - self.a)
                return grad_output
        """,
    ),
    "layer: one cache for all objects": (
        "sigmoid-layer",
        """
        class Sigmoid(Sigmoid):
            def forward(self, z):
                Sigmoid.shared = sigmoid(z)
                return Sigmoid.shared

            def backward(self, grad_output):
                return grad_output * Sigmoid.shared * (1 - Sigmoid.shared)
        """,
    ),
    "layer: remembers only the first batch": (
        "sigmoid-layer",
        """
        class Sigmoid(Sigmoid):
            def forward(self, z):
                a = sigmoid(z)
                if getattr(self, "first", a).shape != a.shape or not hasattr(self, "first"):
                    self.first = a
                return a

            def backward(self, grad_output):
                return grad_output * self.first * (1 - self.first)
        """,
    ),
    "layer: uses up what forward kept": (
        "sigmoid-layer",
        """
        class Sigmoid(Sigmoid):
            def backward(self, grad_output):
                grad_input = super().backward(grad_output)
                self.a = np.ones_like(self.a)
                return grad_input
        """,
    ),
    "relu: in place": (
        "relu",
        """
        class ReLU(ReLU):
            def forward(self, z):
                self.positive = z > 0
                z[z < 0] = 0
                return z
        """,
    ),
    "relu: overwrites z in backward": (
        "relu",
        """
        class ReLU(ReLU):
            def forward(self, z):
                self.z = z
                return super().forward(z)

            def backward(self, grad_output):
                self.z[self.z <= 0] = 0
                self.z[self.z > 0] = 1
                return grad_output * self.z
        """,
    ),
    "layer: overwrites z in backward": (
        "sigmoid-layer",
        """
        class Sigmoid(Sigmoid):
            def forward(self, z):
                self.z = z
                return super().forward(z)

            def backward(self, grad_output):
                self.z *= 0
                return super().backward(grad_output)
        """,
    ),
    "relu: gradient of the output's sign": (
        "relu",
        """
        class ReLU(ReLU):
            def backward(self, grad_output):
                return np.where(grad_output > 0, grad_output, 0)
        """,
    ),
}

_BACKWARD = """
        class Linear(Linear):
            def forward(self, x):
                self.seen = x
                return super().forward(x)

            def backward(self, grad_output):
                grad_input = super().backward(grad_output)
                {line}
                return grad_input
"""

LAYERS = {
    "forward: cut off at 50": (
        "linear-forward",
        """
        class Linear(Linear):
            def forward(self, x):
                return np.clip(super().forward(x), -50, 50)
        """,
    ),
    "backward: grad_weight cut off at 5": (
        "linear-backward",
        _BACKWARD.format(line="self.grad_weight = np.clip(self.grad_weight, -5, 5)"),
    ),
    "forward: no bias": (
        "linear-forward",
        """
        class Linear(Linear):
            def forward(self, x):
                super().forward(x)
                return x @ self.weight
        """,
    ),
    "forward: bias twice": (
        "linear-forward",
        """
        class Linear(Linear):
            def forward(self, x):
                return super().forward(x) + self.bias
        """,
    ),
    "forward: keeps the weights of the first call": (
        "linear-forward",
        """
        class Linear(Linear):
            def forward(self, x):
                if not hasattr(self, "copies"):
                    self.copies = self.weight.copy(), self.bias.copy()
                super().forward(x)
                return x @ self.copies[0] + self.copies[1]
        """,
    ),
    "forward: first bias for all": (
        "linear-forward",
        """
        class Linear(Linear):
            def forward(self, x):
                super().forward(x)
                return x @ self.weight + self.bias[0]
        """,
    ),
    "backward: grad_weight averaged": ("linear-backward", _BACKWARD.format(line="self.grad_weight /= len(self.seen)")),
    "backward: grad_bias averaged": (
        "linear-backward",
        _BACKWARD.format(line="self.grad_bias = grad_output.mean(axis=0)"),
    ),
    "backward: grad_bias not summed": ("linear-backward", _BACKWARD.format(line="self.grad_bias = grad_output")),
    "backward: grad_bias summed over all": (
        "linear-backward",
        _BACKWARD.format(line="self.grad_bias = np.full_like(self.bias, grad_output.sum())"),
    ),
    "backward: grad_bias zero": ("linear-backward", _BACKWARD.format(line="self.grad_bias = np.zeros_like(self.bias)")),
    "backward: grad_weight transposed": (
        "linear-backward",
        _BACKWARD.format(line="self.grad_weight = self.grad_weight.T"),
    ),
    "backward: grad_weight negated": ("linear-backward", _BACKWARD.format(line="self.grad_weight = -self.grad_weight")),
    "backward: square weights not transposed": (
        "linear-backward",
        _BACKWARD.format(
            line="grad_input = grad_output @ (self.weight if self.weight.shape[0] == self.weight.shape[1] "
            "else self.weight.T)"
        ),
    ),
    "backward: overwrites x": ("linear-backward", _BACKWARD.format(line="self.seen *= 2")),
    "backward: overwrites grad_output": ("linear-backward", _BACKWARD.format(line="grad_output *= 2")),
    "backward: updates the weights": (
        "linear-backward",
        _BACKWARD.format(line="self.weight -= 0.01 * self.grad_weight"),
    ),
    "backward: gradients add up": (
        "linear-backward",
        """
        class Linear(Linear):
            def backward(self, grad_output):
                before = self.grad_weight.copy()
                grad_input = super().backward(grad_output)
                self.grad_weight = self.grad_weight + before
                return grad_input
        """,
    ),
    "backward: one cache for all objects": (
        "linear-backward",
        """
        class Linear(Linear):
            def forward(self, x):
                Linear.shared = x
                return super().forward(x)

            def backward(self, grad_output):
                grad_input = super().backward(grad_output)
                self.grad_weight = Linear.shared.T @ grad_output if len(Linear.shared) == len(grad_output) else None
                return grad_input
        """,
    ),
}

LOSSES = {
    "mse: straight beyond 10": (
        "mse",
        """
        class MSELoss(MSELoss):
            def forward(self, prediction, target):
                super().forward(prediction, target)
                off = np.abs(prediction - target)
                return float(np.mean(np.where(off < 10, off**2, 20 * off - 100)))
        """,
    ),
    "mse: gradient rounded": (
        "mse",
        """
        class MSELoss(MSELoss):
            def backward(self):
                return np.round(super().backward(), 6)
        """,
    ),
    "mse: sum": (
        "mse",
        """
        class MSELoss(MSELoss):
            def forward(self, prediction, target):
                return super().forward(prediction, target) * prediction.size
        """,
    ),
    "mse: mean over the rows": (
        "mse",
        """
        class MSELoss(MSELoss):
            def forward(self, prediction, target):
                return super().forward(prediction, target) * prediction.shape[1]

            def backward(self):
                grad = super().backward()
                return grad * grad.shape[1]
        """,
    ),
    "mse: no 2": (
        "mse",
        """
        class MSELoss(MSELoss):
            def backward(self):
                return super().backward() / 2
        """,
    ),
    "mse: sign": (
        "mse",
        """
        class MSELoss(MSELoss):
            def backward(self):
                return -super().backward()
        """,
    ),
    "mse: array of one number": (
        "mse",
        """
        class MSELoss(MSELoss):
            def forward(self, prediction, target):
                return np.array([super().forward(prediction, target)])
        """,
    ),
    "mse: overwrites the prediction": (
        "mse",
        """
        class MSELoss(MSELoss):
            def forward(self, prediction, target):
                loss = super().forward(prediction, target)
                prediction -= target
                return loss
        """,
    ),
    "softmax: not stable": (
        "softmax-cross-entropy",
        """
        class SoftmaxCrossEntropy(SoftmaxCrossEntropy):
            def forward(self, logits, labels):
                self.labels = labels
                self.softmax = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
                return float(-np.log(self.softmax[np.arange(len(labels)), labels]).mean())
        """,
    ),
    "softmax: gradient not divided by N": (
        "softmax-cross-entropy",
        """
        class SoftmaxCrossEntropy(SoftmaxCrossEntropy):
            def backward(self):
                return super().backward() * len(self.labels)
        """,
    ),
}

_STEP = """
        class {name}({name}):
            def step(self, gradients):
                {line}
"""

OPTIMIZERS = {
    "sgd: long gradients shortened": (
        "sgd",
        _STEP.format(name="SGD", line="super().step([g / max(1, np.linalg.norm(g) / 5) for g in gradients])"),
    ),
    "adam: gradients cut off at 5": (
        "adam",
        _STEP.format(name="Adam", line="super().step([np.clip(g, -5, 5) for g in gradients])"),
    ),
    "sgd: ascent": ("sgd", _STEP.format(name="SGD", line="super().step([-g for g in gradients])")),
    "sgd: no learning rate": (
        "sgd",
        _STEP.format(name="SGD", line="self.lr = 1.0; super().step(gradients)"),
    ),
    "sgd: not in place": (
        "sgd",
        _STEP.format(
            name="SGD", line="self.parameters = [p - self.lr * g for p, g in zip(self.parameters, gradients)]"
        ),
    ),
    "sgd: momentum not stored": (
        "sgd",
        """
        class SGD(SGD):
            def step(self, gradients):
                for parameter, gradient in zip(self.parameters, gradients):
                    parameter -= self.lr * gradient
        """,
    ),
    "sgd: velocity is the previous gradient": (
        "sgd",
        """
        class SGD(SGD):
            def step(self, gradients):
                previous = getattr(self, "previous", [np.zeros_like(g) for g in gradients])
                for parameter, gradient, old in zip(self.parameters, gradients, previous):
                    parameter -= self.lr * (gradient + self.momentum * old)
                self.previous = [g.copy() for g in gradients]
        """,
    ),
    "sgd: running average": (
        "sgd",
        _STEP.format(name="SGD", line="super().step([(1 - self.momentum) * g for g in gradients])"),
    ),
    "sgd: keeps the caller's gradient as velocity": (
        "sgd",
        """
        class SGD(SGD):
            def step(self, gradients):
                if not hasattr(self, "kept"):
                    self.kept = list(gradients)
                else:
                    self.kept = [self.momentum * v + g for v, g in zip(self.kept, gradients)]
                for parameter, velocity in zip(self.parameters, self.kept):
                    parameter -= self.lr * velocity
        """,
    ),
    "sgd: one velocity for all objects": (
        "sgd",
        """
        class SGD(SGD):
            shared = {}

            def step(self, gradients):
                for parameter, gradient in zip(self.parameters, gradients):
                    key = parameter.shape
                    self.shared[key] = self.momentum * self.shared.get(key, 0) + gradient
                    parameter -= self.lr * self.shared[key]
        """,
    ),
    "sgd: one velocity for parameters of one shape": (
        "sgd",
        """
        class SGD(SGD):
            def step(self, gradients):
                self.kept = getattr(self, "kept", {})
                for parameter, gradient in zip(self.parameters, gradients):
                    self.kept[parameter.shape] = self.momentum * self.kept.get(parameter.shape, 0) + gradient
                    parameter -= self.lr * self.kept[parameter.shape]
        """,
    ),
    "adam: other learning rate by default": (
        "adam",
        """
        class Adam(Adam):
            def __init__(self, parameters, lr=1e-2, betas=(0.9, 0.999), eps=1e-8):
                super().__init__(parameters, lr, betas, eps)
        """,
    ),
    "adam: no bias correction": (
        "adam",
        """
        class Adam(Adam):
            def step(self, gradients):
                for p, m, s, g in zip(self.parameters, self.means, self.squares, gradients):
                    m += (1 - self.betas[0]) * (g - m)
                    s += (1 - self.betas[1]) * (g**2 - s)
                    p -= self.lr * m / (np.sqrt(s) + self.eps)
        """,
    ),
    "adam: t counts parameters": (
        "adam",
        """
        class Adam(Adam):
            def step(self, gradients):
                for p, m, s, g in zip(self.parameters, self.means, self.squares, gradients):
                    self.steps += 1
                    m += (1 - self.betas[0]) * (g - m)
                    s += (1 - self.betas[1]) * (g**2 - s)
                    m_hat, s_hat = m / (1 - self.betas[0] ** self.steps), s / (1 - self.betas[1] ** self.steps)
                    p -= self.lr * m_hat / (np.sqrt(s_hat) + self.eps)
        """,
    ),
    "adam: eps inside the root": (
        "adam",
        """
        class Adam(Adam):
            def step(self, gradients):
                self.steps += 1
                for p, m, s, g in zip(self.parameters, self.means, self.squares, gradients):
                    m += (1 - self.betas[0]) * (g - m)
                    s += (1 - self.betas[1]) * (g**2 - s)
                    m_hat, s_hat = m / (1 - self.betas[0] ** self.steps), s / (1 - self.betas[1] ** self.steps)
                    p -= self.lr * m_hat / np.sqrt(s_hat + self.eps)
        """,
    ),
}

# title -> (part, module, code added at the end of the module)
WRONG = {
    title: (part, module, textwrap.dedent(code))
    for module, variants in (
        ("activations", ACTIVATIONS),
        ("layers", LAYERS),
        ("losses", LOSSES),
        ("optimizers", OPTIMIZERS),
    )
    for title, (part, code) in variants.items()
}
