"""Mistakes in the rectified linear unit (bonus)."""

from gradekit.diagnosis import Misconception

PART = "relu"
CLASS = "activations.py:ReLU"
FORWARD = "activations.py:ReLU.forward"
BACKWARD = "activations.py:ReLU.backward"

MISCONCEPTIONS = (
    Misconception(
        name="relu-writes-into-z",
        part=PART,
        target=FORWARD,
        title="The argument z is overwritten",
        hint="""The values are right, but the zeros were written into the array that was passed in. An assignment to chosen
            elements changes the caller's own array, here the output of the layer before, and whoever still needs it
            finds other numbers. Work on a copy, or let NumPy make a new array.""",
        source="""
def forward(self, z):
    self.positive = z > 0
    z[z < 0] = 0
    return z
""",
    ),
    Misconception(
        name="relu-writes-into-grad-output",
        part=PART,
        target=BACKWARD,
        title="grad_output is overwritten",
        hint="""The returned gradient is right, but its zeros were written into the array that was passed in. That array
            belongs to the caller and may still be needed. Look for an assignment to chosen elements of grad_output, or an
            operator such as *=, and let the result be a new array.""",
        source="""
def backward(self, grad_output):
    grad_output[~self.positive] = 0
    return grad_output
""",
    ),
    Misconception(
        name="relu-backward-writes-into-z",
        part=PART,
        target=CLASS,
        title="backward overwrites the input of the layer",
        hint="""forward has stored z without copying it, which is fine, but backward writes zeros and ones into what was
            stored: that is the caller's own array, the output of the layer before. A comparison makes a new array of
            its own; use that in place of assignments to chosen elements of z.""",
        source="""
class ReLU:
    def forward(self, z):
        self.z = z
        return np.maximum(z, 0)

    def backward(self, grad_output):
        self.z[self.z <= 0] = 0
        self.z[self.z > 0] = 1
        return grad_output * self.z
""",
    ),
    Misconception(
        name="relu-gradient-ignores-grad-output",
        part=PART,
        target=BACKWARD,
        title="The gradient is the derivative alone",
        hint="""The result holds zeros and ones only: the derivative of ReLU, without grad_output. The layer stands inside a
            chain, and what comes back from the layers behind has to be multiplied with the derivative, element by
            element. Look at whether the argument of backward occurs in the formula.""",
        source="""
def backward(self, grad_output):
    return self.positive.astype(grad_output.dtype)
""",
    ),
    Misconception(
        name="relu-gradient-passed-through",
        part=PART,
        target=BACKWARD,
        title="grad_output is handed on everywhere",
        hint="""The result is grad_output itself. Where z was negative, the output is 0 whatever z does there, and so
            the gradient has to stop. Look at what forward must remember, so that backward knows at each place whether z was positive.""",
        source="""
def backward(self, grad_output):
    return grad_output.copy()
""",
    ),
    Misconception(
        name="relu-mask-from-gradient",
        part=PART,
        target=BACKWARD,
        title="The sign of grad_output decides in place of that of z",
        hint="""Negative elements of grad_output were set to zero and positive ones passed. What decides whether the gradient
            passes is the sign of the input z at that place; grad_output may have any sign. Look at which array the
            comparison with zero is made with, and what forward has to remember.""",
        source="""
def backward(self, grad_output):
    return grad_output * (grad_output > 0)
""",
    ),
    Misconception(
        name="relu-mask-inverted",
        part=PART,
        target=BACKWARD,
        title="The gradient passes where it should stop",
        hint="""The gradient passes where z was negative and stops where it was positive: the comparison is the wrong way
            round. Where z is positive, the output follows z with slope 1; elsewhere it does not move. Look at the
            comparison, and at which of its two cases gets the zero.""",
        source="""
def backward(self, grad_output):
    return grad_output * ~self.positive
""",
    ),
    Misconception(
        name="relu-gradient-times-output",
        part=PART,
        target=CLASS,
        title="The gradient is multiplied by the output",
        hint="""Where z is positive, grad_output was multiplied by z itself. The slope of ReLU is 1 there, however large z
            is: a line through the origin has the same slope everywhere. Look at what grad_output is multiplied with; it
            should be either 0 or 1.""",
        source="""
class ReLU:
    def forward(self, z):
        self.a = np.maximum(z, 0)
        return self.a

    def backward(self, grad_output):
        return grad_output * self.a
""",
    ),
    Misconception(
        name="relu-leaky",
        part=PART,
        target=FORWARD,
        title="Negative values are made small, not zero",
        hint="""Negative elements come out as one hundredth of themselves: this is the leaky variant of ReLU. It is a
            respectable activation, but the contract asks for the plain one, which gives exactly 0 there. Compare with the
            formula in the docstring."""
        + " The derivative for negative z is 0 as well.",
        source="""
def forward(self, z):
    self.positive = z > 0
    return np.where(z > 0, z, 0.01 * z)
""",
    ),
    Misconception(
        name="relu-leaky-gradient",
        part=PART,
        target=BACKWARD,
        title="A little of the gradient passes where z is negative",
        hint="""forward is right, but where z was negative, backward passes one hundredth of the gradient, as the leaky
            variant of ReLU does. There the output of the plain ReLU is 0 whatever z is, and its derivative is exactly 0.
            Forward and backward have to belong to the same function.""",
        source="""
def backward(self, grad_output):
    return np.where(self.positive, grad_output, 0.01 * grad_output)
""",
    ),
    Misconception(
        name="relu-absolute-value",
        part=PART,
        target=FORWARD,
        title="Negative values change their sign",
        hint="""Negative elements come out as positive numbers of the same size: this is the absolute value. ReLU gives 0
            for them. Try z = -2 by hand with the formula in the docstring, and look at what your code does with negative
            numbers."""
        + " The two functions agree only where z is positive.",
        source="""
def forward(self, z):
    self.positive = z > 0
    return np.abs(z)
""",
    ),
    Misconception(
        name="relu-minimum",
        part=PART,
        target=FORWARD,
        title="The positive values are cut off, not the negative ones",
        hint="""Negative elements pass and positive ones become 0: the function is mirrored. It is either a minimum in place
            of a maximum, or a comparison the wrong way round. Try z = 3 and z = -3 by hand, and compare with the
            formula in the docstring.""",
        source="""
def forward(self, z):
    self.positive = z > 0
    return np.minimum(z, 0)
""",
    ),
    Misconception(
        name="relu-step-function",
        part=PART,
        target=FORWARD,
        title="forward returns 0 and 1",
        hint="""The output holds zeros and ones only: this is the derivative of ReLU, or the comparison z > 0 itself.
            Forward has to let positive numbers pass with their value. Look at which array forward returns; the zeros and
            ones are what backward needs.""",
        source="""
def forward(self, z):
    self.positive = z > 0
    return self.positive.astype(z.dtype)
""",
    ),
    Misconception(
        name="relu-clipped-at-one",
        part=PART,
        target=FORWARD,
        title="Values above 1 are cut off",
        hint="""Elements above 1 come out as 1. ReLU has no upper limit: that it does not flatten for large z is the
            reason why gradients survive in deep networks. Look for a call that limits the values on both sides, or
            for an upper bound that was meant for probabilities.""",
        source="""
def forward(self, z):
    self.positive = z > 0
    return np.clip(z, 0, 1)
""",
    ),
    Misconception(
        name="relu-cache-shared-by-all-layers",
        part=PART,
        target=CLASS,
        title="All layers share one memory",
        hint="""One layer alone is right; with two layers, the later forward overwrites what the earlier one has to
            remember. A value that is stored on the class or in a global name exists only once. Look at where forward
            keeps what backward needs, and whether every object has its own.""",
        source="""
class ReLU:
    def forward(self, z):
        ReLU.positive = z > 0
        return np.maximum(z, 0)
""",
    ),
    Misconception(
        name="relu-remembers-first-batch",
        part=PART,
        target=FORWARD,
        title="backward uses the first batch, not the last",
        hint="""The first call is right. After a second forward, backward still decides by the signs of the first batch: what
            it needs is stored only once. Look at what self holds after two calls of forward, and whether every call
            stores it anew.""",
        source="""
def forward(self, z):
    if not hasattr(self, "positive"):
        self.positive = z > 0
    return np.maximum(z, 0)
""",
    ),
    Misconception(
        name="relu-forward-float64",
        part=PART,
        target=FORWARD,
        title="forward makes float64 of float32",
        hint="""With float32 arrays the output comes back as float64. np.zeros, np.empty and np.array make float64 unless
            they are told a dtype, and one such array is enough to widen everything behind it. Look at where the array
            of results is made, and which dtype it should take over.""",
        source="""
def forward(self, z):
    self.positive = z > 0
    a = np.zeros(z.shape)
    a[self.positive] = z[self.positive]
    return a
""",
    ),
)
