"""Mistakes in what the sigmoid layer remembers between calls, and in arrays that it overwrites."""

from gradekit.diagnosis import Misconception

PART = "sigmoid-layer"
CLASS = "activations.py:Sigmoid"

MISCONCEPTIONS = (
    Misconception(
        name="sigmoid-layer-writes-into-grad-output",
        part=PART,
        target=f"{CLASS}.backward",
        title="grad_output is overwritten",
        hint="""The returned gradient is right, but the array that was passed in has changed as well. Operators such as *=
            write into the array on their left, and here that is the caller's own array, which may still be needed.
            Look for such an operator on the argument, and let the result be a new array.""",
        source="""
def backward(self, grad_output):
    grad_output *= self.a * (1 - self.a)
    return grad_output
""",
    ),
    Misconception(
        name="sigmoid-layer-writes-into-z",
        part=PART,
        target=f"{CLASS}.forward",
        title="The argument z is overwritten",
        hint="""forward returns the right values, but it has written them into the array that was passed in. That array is
            the output of the layer before, and somebody may still need it. Assignments to z[...], operators such as *= and
            the argument out= all do this. Let the result be a new array.""",
        source="""
def forward(self, z):
    self.a = sigmoid(z)
    z[...] = self.a
    return self.a
""",
    ),
    Misconception(
        name="sigmoid-layer-backward-writes-into-z",
        part=PART,
        target=CLASS,
        title="backward overwrites the input of the layer",
        hint="""forward has stored z without copying it, which is fine, but backward writes into what was stored: that is the
            caller's own array, the output of the layer before. Look for operators such as *= and for assignments to
            chosen elements of it in backward, and compute the derivative into a new array.""",
        source="""
class Sigmoid:
    def forward(self, z):
        self.z = z
        self.a = sigmoid(z)
        return self.a

    def backward(self, grad_output):
        self.z[...] = self.a * (1 - self.a)
        return grad_output * self.z
""",
    ),
    Misconception(
        name="sigmoid-layer-cache-shared-by-all-layers",
        part=PART,
        target=CLASS,
        title="All layers share one memory",
        hint="""One layer alone is right; with two layers, the later forward overwrites what the earlier one has to
            remember. A value that is stored on the class, in a global name or in a shared default argument exists only
            once. Look at where forward keeps its output, and whether every object has its own.""",
        source="""
class Sigmoid:
    def forward(self, z):
        Sigmoid.a = sigmoid(z)
        return Sigmoid.a

    def backward(self, grad_output):
        return grad_output * Sigmoid.a * (1 - Sigmoid.a)
""",
    ),
    Misconception(
        name="sigmoid-layer-remembers-first-batch",
        part=PART,
        target=CLASS,
        title="backward uses the first batch, not the last",
        hint="""The first call is right. After a second forward, backward still works with the output of the first: the
            outputs are collected in a list whose first element is read, or are stored only once. Look at what self holds
            after two calls of forward, and at which entry backward takes.""",
        source="""
class Sigmoid:
    def __init__(self):
        self.outputs = []

    def forward(self, z):
        self.outputs.append(sigmoid(z))
        return self.outputs[-1]

    def backward(self, grad_output):
        a = self.outputs[0]
        return grad_output * a * (1 - a)
""",
    ),
    Misconception(
        name="sigmoid-layer-cache-used-up",
        part=PART,
        target=CLASS,
        title="backward can be called only once",
        hint="""The first backward is right, and the second one raises an exception: what forward had stored was taken out,
            with pop or del. The contract says that backward may be called again after the same forward and gives the
            same. Read the stored array without removing it.""",
        source="""
class Sigmoid:
    def __init__(self):
        self.outputs = []

    def forward(self, z):
        self.outputs.append(sigmoid(z))
        return self.outputs[-1]

    def backward(self, grad_output):
        a = self.outputs.pop()
        return grad_output * a * (1 - a)
""",
    ),
    Misconception(
        name="sigmoid-layer-cache-overwritten-by-backward",
        part=PART,
        target=f"{CLASS}.backward",
        title="backward overwrites the stored output",
        hint="""The first backward is right, a second one is not: the first call has changed the array that forward had
            stored, for example with *=. A second name for an array is no copy of it, both mean the same numbers.
            Print what is stored in self before and after backward; the two must be equal.""",
        source="""
def backward(self, grad_output):
    derivative = self.a
    derivative *= 1 - self.a
    return grad_output * derivative
""",
    ),
    Misconception(
        name="sigmoid-layer-reuses-output-array",
        part=PART,
        target=f"{CLASS}.forward",
        title="forward writes every result into the same array",
        hint="""What the first forward returned changes when forward is called again: both results are the same array, which
            is kept in self and filled anew. Whoever holds the first result sees other numbers in it. Look for an array
            that is made once and written into later, and return a new one instead.""",
        source="""
def forward(self, z):
    if getattr(self, "a", None) is None or self.a.shape != z.shape or self.a.dtype != z.dtype:
        self.a = np.empty_like(z)
    self.a[...] = sigmoid(z)
    return self.a
""",
    ),
    Misconception(
        name="sigmoid-layer-reuses-gradient-array",
        part=PART,
        target=f"{CLASS}.backward",
        title="backward writes every result into the same array",
        hint="""What the first backward returned changes when backward is called again: both results are one array, which is
            kept in self and filled anew each time. Whoever still holds the first gradient sees other numbers in it. Look
            for an array that is made once and reused, and return a new one.""",
        source="""
def backward(self, grad_output):
    if getattr(self, "grad", None) is None or self.grad.shape != grad_output.shape:
        self.grad = np.empty_like(grad_output)
    self.grad[...] = grad_output * self.a * (1 - self.a)
    return self.grad
""",
    ),
)
