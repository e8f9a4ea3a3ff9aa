"""Mistakes in the gradient that the linear layer hands back, and in what it remembers and overwrites."""

from gradekit.diagnosis import Misconception

PART = "linear-backward"
CLASS = "layers.py:Linear"
BACKWARD = "layers.py:Linear.backward"
FORWARD = "layers.py:Linear.forward"

MISCONCEPTIONS = (
    Misconception(
        name="linear-grad-input-without-transpose",
        part=PART,
        target=BACKWARD,
        title="The weights are not transposed on the way back",
        hint="""The shapes in the product of grad_output and weights do not fit. Forward goes from inputs to outputs;
            backward goes from outputs to inputs, (N, out) to (N, in), through the same weights used the other way round.
            In a square layer this mistake raises no error and still gives wrong numbers.""",
        source="""
def backward(self, grad_output):
    self.grad_weight = self.x.T @ grad_output
    self.grad_bias = grad_output.sum(axis=0)
    return grad_output @ self.weight
""",
    ),
    Misconception(
        name="linear-grad-input-not-returned",
        part=PART,
        target=BACKWARD,
        title="backward does not return anything",
        hint="""backward sets the gradients of the parameters, but gives None back. The layer before needs the gradient of
            this layer's input as its own grad_output, and Network hands on what backward returns. Look at the last line
            of backward, and at what stands behind return.""",
        source="""
def backward(self, grad_output):
    self.grad_weight = self.x.T @ grad_output
    self.grad_bias = grad_output.sum(axis=0)
    self.grad_input = grad_output @ self.weight.T
""",
    ),
    Misconception(
        name="linear-grad-input-is-grad-output",
        part=PART,
        target=BACKWARD,
        title="grad_output is handed on as it came",
        hint="""backward returns the array that it received. That is the gradient with respect to this layer's output; the
            layer before needs the one with respect to its input, which has as many columns as there are inputs. Ask how
            much each input changes each output.""",
        source="""
def backward(self, grad_output):
    self.grad_weight = self.x.T @ grad_output
    self.grad_bias = grad_output.sum(axis=0)
    return grad_output.copy()
""",
    ),
    Misconception(
        name="linear-grad-input-is-grad-weight",
        part=PART,
        target=BACKWARD,
        title="The weight gradient is returned as the gradient of the input",
        hint="""backward returns grad_weight. There are three gradients here: two belong to the parameters and are kept in
            self, and the third, with respect to the input x, is returned, so that the layer before can go on. It
            has the shape of x, one row per sample.""",
        source="""
def backward(self, grad_output):
    self.grad_weight = self.x.T @ grad_output
    self.grad_bias = grad_output.sum(axis=0)
    return self.grad_weight.copy()
""",
    ),
    Misconception(
        name="linear-grad-input-negated",
        part=PART,
        target=BACKWARD,
        title="The gradient of the input has the wrong sign",
        hint="""The gradient that backward returns has the right size and the wrong sign. Where a weight is positive, a
            larger input makes the output larger, so the gradient keeps its sign on the way back. The minus of gradient
            descent belongs to the optimizer alone.""",
        source="""
def backward(self, grad_output):
    self.grad_weight = self.x.T @ grad_output
    self.grad_bias = grad_output.sum(axis=0)
    return -grad_output @ self.weight.T
""",
    ),
    Misconception(
        name="linear-grad-input-averaged",
        part=PART,
        target=BACKWARD,
        title="The gradient of the input is divided by the batch size",
        hint="""The gradient that backward returns is too small by the number of samples. Every layer that divides again
            makes the gradients of the layers before it smaller still. The mean over the batch is part of the loss, whose
            gradient already contains the division. Look for a mean or a division by N.""",
        source="""
def backward(self, grad_output):
    self.grad_weight = self.x.T @ grad_output
    self.grad_bias = grad_output.sum(axis=0)
    return grad_output @ self.weight.T / len(grad_output)
""",
    ),
    Misconception(
        name="linear-grad-input-summed-over-batch",
        part=PART,
        target=BACKWARD,
        title="The gradient of the input is summed over the samples",
        hint="""The result has one row for the whole batch. Sums over samples belong to the gradients of weight and bias,
            because all samples share these. Every sample has an input of its own, and so a gradient of its own: the
            result has the shape of x. Look for a sum over the first axis.""",
        source="""
def backward(self, grad_output):
    self.grad_weight = self.x.T @ grad_output
    self.grad_bias = grad_output.sum(axis=0)
    return (grad_output @ self.weight.T).sum(axis=0)
""",
    ),
    Misconception(
        name="linear-grad-input-with-activation",
        part=PART,
        target=BACKWARD,
        title="The derivative of the sigmoid is in the gradient of the input",
        hint="""The returned gradient was multiplied by x (1 - x), the derivative of a sigmoid whose output is x. That factor
            belongs to the activation layer before this one, which multiplies by it in its own backward; here it is
            counted twice. A linear layer knows nothing of activations.""",
        source="""
def backward(self, grad_output):
    self.grad_weight = self.x.T @ grad_output
    self.grad_bias = grad_output.sum(axis=0)
    return grad_output @ self.weight.T * self.x * (1 - self.x)
""",
    ),
    Misconception(
        name="linear-gradients-clipped",
        part=PART,
        target=BACKWARD,
        title="The incoming gradient is clipped",
        hint="""All elements of grad_output beyond -1 or 1 were cut off before they were used. Clipping is a remedy against
            steps that are too large, and is done by the training loop where it is wanted. The gradients of a layer have
            to be the exact derivatives. Look for a call that limits values.""",
        source="""
def backward(self, grad_output):
    grad_output = np.clip(grad_output, -1, 1)
    self.grad_weight = self.x.T @ grad_output
    self.grad_bias = grad_output.sum(axis=0)
    return grad_output @ self.weight.T
""",
    ),
    Misconception(
        name="linear-backward-updates-weights",
        part=PART,
        target=BACKWARD,
        title="backward updates the weights",
        hint="""After backward, the layer has other weights than before: it has taken a step of training itself. That is the
            work of the optimizer, after backward has gone through all layers; together they would take two steps. And
            where the update comes first, the returned gradient belongs to weights that forward has not used. Look for an
            assignment to weight or bias in backward.""",
        source="""
def backward(self, grad_output):
    self.grad_weight = self.x.T @ grad_output
    self.grad_bias = grad_output.sum(axis=0)
    grad_input = grad_output @ self.weight.T
    self.weight = self.weight - 0.1 * self.grad_weight
    self.bias = self.bias - 0.1 * self.grad_bias
    return grad_input
""",
    ),
    Misconception(
        name="linear-caches-output",
        part=PART,
        target=FORWARD,
        title="forward keeps its output in place of its input",
        hint="""grad_weight was formed with the layer's output where its input belongs, for the variable was overwritten
            before it was stored. The weight gradient pairs what came in with what comes back. Look at which value
            forward stores, and at the order of its lines.""",
        source="""
def forward(self, x):
    x = x @ self.weight + self.bias
    self.x = x
    return x
""",
    ),
    Misconception(
        name="linear-cache-shared-by-all-layers",
        part=PART,
        target=CLASS,
        title="All layers share one memory",
        hint="""One layer alone is right; with two layers, the later forward overwrites the input that the earlier one has
            to remember. A value that is stored on the class or in a global name exists only once. Look at where forward
            keeps its input, and whether every object has its own.""",
        source="""
class Linear:
    def forward(self, x):
        Linear.x = x
        return x @ self.weight + self.bias
""",
    ),
    Misconception(
        name="linear-remembers-first-batch",
        part=PART,
        target=CLASS,
        title="backward uses the first batch, not the last",
        hint="""The first call is right. After a second forward, the weight gradient is still formed with the input of the
            first: the inputs are collected in a list whose first element is read, or are stored only once. Look at what
            self holds after two calls of forward, and at what backward takes from it.""",
        source="""
class Linear:
    def forward(self, x):
        if not hasattr(self, "x"):
            self.x = x
        return x @ self.weight + self.bias
""",
    ),
    Misconception(
        name="linear-cache-used-up",
        part=PART,
        target=BACKWARD,
        title="backward can be called only once",
        hint="""The first backward is right, and a second one raises an exception: the stored input was taken out or
            replaced by None. The contract says that backward may be called again after the same forward and
            gives the same. Read what is stored without removing it.""",
        source="""
def backward(self, grad_output):
    x, self.x = self.x, None
    self.grad_weight = x.T @ grad_output
    self.grad_bias = grad_output.sum(axis=0)
    return grad_output @ self.weight.T
""",
    ),
    Misconception(
        name="linear-writes-into-grad-output",
        part=PART,
        target=BACKWARD,
        title="grad_output is overwritten",
        hint="""The gradients are right, but the array that was passed in has changed. Operators such as += and *=, and
            assignments to grad_output[...], write into the caller's own array, which may still be needed. Look for such
            a line, or for a helper that does it, and work on a new array.""",
        source="""
def backward(self, grad_output):
    self.grad_weight = self.x.T @ grad_output
    grad_input = grad_output @ self.weight.T
    grad_output[0] += grad_output[1:].sum(axis=0)
    self.grad_bias = grad_output[0].copy()
    return grad_input
""",
    ),
    Misconception(
        name="linear-backward-writes-into-x",
        part=PART,
        target=BACKWARD,
        title="backward overwrites the input of the layer",
        hint="""The gradients are right, but the array that forward was called with has changed. forward stores it without
            a copy, which is fine as long as nobody writes into it; backward does. Look for operators such as *= and -= on
            what was stored, and compute into a new array.""",
        source="""
def backward(self, grad_output):
    self.grad_weight = self.x.T @ grad_output
    self.grad_bias = grad_output.sum(axis=0)
    self.x *= 0
    return grad_output @ self.weight.T
""",
    ),
    Misconception(
        name="linear-reuses-gradient-array",
        part=PART,
        target=BACKWARD,
        title="backward writes every result into the same array",
        hint="""What the first backward returned changes when backward is called again: both results are one array, which is
            kept in self and filled anew each time. Whoever still holds the first gradient sees other numbers in it. Look
            for an array that is made once and reused, and return a new one.""",
        source="""
def backward(self, grad_output):
    self.grad_weight = self.x.T @ grad_output
    self.grad_bias = grad_output.sum(axis=0)
    grad_input = grad_output @ self.weight.T
    self.buffers = getattr(self, "buffers", {})
    buffer = self.buffers.setdefault(grad_input.shape, grad_input)
    buffer[...] = grad_input
    return buffer
""",
    ),
    Misconception(
        name="linear-backward-float64",
        part=PART,
        target=BACKWARD,
        title="backward makes float64 of float32",
        hint="""With float32 arrays a gradient comes back as float64. np.zeros, np.empty and np.array make float64 unless
            they are told a dtype, and one such array is enough to widen everything behind it. Look at where the arrays
            of results are made, and which dtype they should take over.""",
        source="""
def backward(self, grad_output):
    self.grad_weight = np.zeros(self.weight.shape)
    self.grad_weight += self.x.T @ grad_output
    self.grad_bias = np.zeros(self.bias.shape)
    self.grad_bias += grad_output.sum(axis=0)
    grad_input = np.zeros(self.x.shape)
    grad_input += grad_output @ self.weight.T
    return grad_input
""",
    ),
)
