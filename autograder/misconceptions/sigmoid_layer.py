"""Mistakes in the values of the sigmoid layer; those of its memory are in sigmoid_layer_memory.py."""

from gradekit.diagnosis import Misconception

PART = "sigmoid-layer"
FORWARD = "activations.py:Sigmoid.forward"
BACKWARD = "activations.py:Sigmoid.backward"

MISCONCEPTIONS = (
    Misconception(
        name="sigmoid-layer-double-sigmoid",
        part=PART,
        target=BACKWARD,
        title="The sigmoid is applied once more in the derivative",
        hint="""The factors on grad_output lie between 0.19 and 0.25, nearly the same for all elements: the sigmoid was
            applied to a value that already was its output. Follow one element through forward and backward, and write
            down for each variable whether it holds z or a. The derivative is written in terms of a.""",
        source="""
def backward(self, grad_output):
    a = sigmoid(self.a)
    return grad_output * a * (1 - a)
""",
    ),
    Misconception(
        name="sigmoid-layer-derivative-of-z",
        part=PART,
        target="activations.py:Sigmoid",
        title="The derivative is computed from z in place of a",
        hint="""The formula for the derivative was used with the input z where the output a belongs. The factors become
            negative and large, while the slope of a sigmoid is never negative and at most 1/4. Look at which of the two
            arrays forward keeps in self, and which of them backward reads.""",
        source="""
class Sigmoid:
    def forward(self, z):
        self.z = z
        return sigmoid(z)

    def backward(self, grad_output):
        return grad_output * self.z * (1 - self.z)
""",
    ),
    Misconception(
        name="sigmoid-layer-factor-one-minus-a-missing",
        part=PART,
        target=BACKWARD,
        title="One of the two factors of the derivative is missing",
        hint="""The gradient is grad_output times a: one factor of the derivative is missing. Check by its size: the
            derivative is largest where the sigmoid is steepest, at z = 0, and nearly zero where a is close to 1. Compare
            that with what your factor does there, and with the formula.""",
        source="""
def backward(self, grad_output):
    return grad_output * self.a
""",
    ),
    Misconception(
        name="sigmoid-layer-factor-a-missing",
        part=PART,
        target=BACKWARD,
        title="The factor a of the derivative is missing",
        hint="""The gradient is grad_output times (1 - a): one factor of the derivative is missing. For very negative z the
            sigmoid is flat, therefore its derivative must be close to zero there; yours is close to 1. Compare the number
            of factors with the formula in the docstring.""",
        source="""
def backward(self, grad_output):
    return grad_output * (1 - self.a)
""",
    ),
    Misconception(
        name="sigmoid-layer-plus-in-derivative",
        part=PART,
        target=BACKWARD,
        title="A plus where the derivative has a minus",
        hint="""The second factor is larger than 1, so that the gradient grows where the sigmoid is flat. The slope of the
            sigmoid vanishes in both tails: a close to 0 and a close to 1 must both give a factor close to 0. Compare the
            sign inside the parentheses with the formula.""",
        source="""
def backward(self, grad_output):
    return grad_output * self.a * (1 + self.a)
""",
    ),
    Misconception(
        name="sigmoid-layer-gradient-negated",
        part=PART,
        target=BACKWARD,
        title="The gradient has the wrong sign",
        hint="""All numbers have the right size and the wrong sign. A sigmoid rises everywhere, so its derivative is
            positive and the gradient keeps the sign of grad_output. Look at the order of the difference in your formula;
            the minus sign of descent belongs to the optimizer and to no layer.""",
        source="""
def backward(self, grad_output):
    return grad_output * self.a * (self.a - 1)
""",
    ),
    Misconception(
        name="sigmoid-layer-derivative-applied-twice",
        part=PART,
        target=BACKWARD,
        title="The derivative is multiplied in twice",
        hint="""Every element has the factor a (1 - a) squared: the derivative of the activation came in twice. That
            happens when a helper already multiplies by it, or when it is applied once for the loss and once for the layer.
            Count in your code how often the derivative meets grad_output.""",
        source="""
def backward(self, grad_output):
    derivative = self.a * (1 - self.a)
    return grad_output * derivative * derivative
""",
    ),
    Misconception(
        name="sigmoid-layer-factor-a-twice",
        part=PART,
        target=BACKWARD,
        title="The factor a of the derivative comes in twice",
        hint="""The gradient has one factor a too many. The derivative of the sigmoid has two factors, and it is the same
            for a and for 1 - a: small on both sides, and largest in the middle. Yours leans to one side. Count the factors
            in your formula, also those inside variables that were computed before.""",
        source="""
def backward(self, grad_output):
    return grad_output * self.a * self.a * (1 - self.a)
""",
    ),
    Misconception(
        name="sigmoid-layer-tanh-derivative",
        part=PART,
        target=BACKWARD,
        title="The derivative of the hyperbolic tangent",
        hint="""The factor on grad_output is the derivative of the hyperbolic tangent, written in terms of its output.
            Each activation has a derivative of its own. At z = 0 the sigmoid has the slope 1/4; see what your formula
            gives for the a that belongs to z = 0.""",
        source="""
def backward(self, grad_output):
    return grad_output * (1 - self.a**2)
""",
    ),
    Misconception(
        name="sigmoid-layer-ignores-grad-output",
        part=PART,
        target=BACKWARD,
        title="grad_output is not used",
        hint="""The result is the derivative of the sigmoid alone; changing grad_output does not change it. The layer stands
            inside a chain: what comes back from the layers behind it has to be multiplied with its own derivative,
            element by element. Look at whether the argument of backward occurs in the formula.""",
        source="""
def backward(self, grad_output):
    return self.a * (1 - self.a)
""",
    ),
    Misconception(
        name="sigmoid-layer-passes-gradient-through",
        part=PART,
        target=BACKWARD,
        title="grad_output is handed on without the derivative",
        hint="""The result is grad_output itself: the layer's own derivative is missing, as if the activation were not
            there. In the chain rule every layer adds its factor on the way back, also one without parameters. Ask how
            much the output a changes when z changes a little, at each element.""",
        source="""
def backward(self, grad_output):
    return grad_output.copy()
""",
    ),
    Misconception(
        name="sigmoid-layer-adds-derivative",
        part=PART,
        target=BACKWARD,
        title="The derivative is added in place of multiplied",
        hint="""The result is the sum of grad_output and the derivative. The chain rule multiplies the derivatives along a
            path; sums occur only where several paths meet. As a check: where grad_output is zero, the gradient of the
            input has to be zero as well.""",
        source="""
def backward(self, grad_output):
    return grad_output + self.a * (1 - self.a)
""",
    ),
    Misconception(
        name="sigmoid-layer-averages-over-batch",
        part=PART,
        target=BACKWARD,
        title="The gradient is divided by the number of samples",
        hint="""The gradient is too small by a factor that is the number of rows, so the error grows with the batch. The mean
            over the batch is part of the loss, whose gradient already contains that division. No layer divides
            again. Look for a division or a mean in backward.""",
        source="""
def backward(self, grad_output):
    return grad_output * self.a * (1 - self.a) / len(grad_output)
""",
    ),
    Misconception(
        name="sigmoid-layer-sums-over-batch",
        part=PART,
        target=BACKWARD,
        title="The gradient of the input is summed over the samples",
        hint="""The result has one row in place of one row per sample. Sums over the batch belong to the gradients of
            parameters, which all samples share. The input of an activation is different for each sample, and so is its
            gradient: it has the shape of z. Look for a sum or a mean along the first axis.""",
        source="""
def backward(self, grad_output):
    return (grad_output * self.a * (1 - self.a)).sum(axis=0)
""",
    ),
    Misconception(
        name="sigmoid-layer-matrix-product",
        part=PART,
        target=BACKWARD,
        title="A matrix product where an elementwise product belongs",
        hint="""The result is square, with one row and one column per sample: grad_output and the derivative were combined
            by a matrix product. The sigmoid acts on each element on its own, so the output at one place depends on the
            input at that place only. Think about which product pairs equal places.""",
        source="""
def backward(self, grad_output):
    return grad_output @ (self.a * (1 - self.a)).T
""",
    ),
    Misconception(
        name="sigmoid-layer-derivative-at-gradient",
        part=PART,
        target=BACKWARD,
        title="The derivative is taken at grad_output",
        hint="""The derivative of the sigmoid was computed from the incoming gradient, as if that were the input. Two things
            enter backward: grad_output, which arrives as its argument, and the place at which the slope is taken, which
            forward has seen. Look at which of the two your formula uses for the slope.""",
        source="""
def backward(self, grad_output):
    a = sigmoid(grad_output)
    return a * (1 - a)
""",
    ),
    Misconception(
        name="sigmoid-layer-backward-returns-nothing",
        part=PART,
        target=BACKWARD,
        title="backward does not return anything",
        hint="""backward computes something, but gives None back: it ends without a return statement, or stores the gradient
            in self only. The layer before needs this array as its own grad_output, and Network hands it on. Look at
            the last line of backward.""",
        source="""
def backward(self, grad_output):
    self.grad_input = grad_output * self.a * (1 - self.a)
""",
    ),
    Misconception(
        name="sigmoid-layer-backward-float64",
        part=PART,
        target=BACKWARD,
        title="backward makes float64 of float32",
        hint="""With float32 arrays the gradient comes back as float64. np.zeros, np.empty and np.array make float64 unless
            they are told a dtype, and one such array is enough to widen everything behind it. Look at where the array
            of results is made, and which dtype it should take over.""",
        source="""
def backward(self, grad_output):
    grad_input = np.zeros(grad_output.shape)
    grad_input += grad_output * self.a * (1 - self.a)
    return grad_input
""",
    ),
    Misconception(
        name="sigmoid-layer-forward-returns-input",
        part=PART,
        target=FORWARD,
        title="forward returns its input",
        hint="""What forward returns is z, unchanged. The output of the sigmoid may have been computed and stored for
            backward, but the next layer receives what stands behind return. Look at which of the variables that is, and
            print its smallest and largest value: both must lie between 0 and 1.""",
        source="""
def forward(self, z):
    self.a = sigmoid(z)
    return z.copy()
""",
    ),
    Misconception(
        name="sigmoid-layer-forward-returns-nothing",
        part=PART,
        target=FORWARD,
        title="forward does not return anything",
        hint="""forward gives None back. The output has been computed, and may be stored in self, but a function that ends
            without a return statement returns None, and the next layer receives that. Look at the last line of forward,
            and at what backward still needs in self.""",
        source="""
def forward(self, z):
    self.a = sigmoid(z)
""",
    ),
    Misconception(
        name="sigmoid-layer-forward-sigmoid-twice",
        part=PART,
        target=FORWARD,
        title="forward applies the sigmoid twice",
        hint="""All outputs lie between 0.5 and 0.73: the sigmoid was applied to its own output. Follow one number through
            forward and count how often it passes through the function, also inside helpers that you call. For z = 0 the
            layer must give one half.""",
        source="""
def forward(self, z):
    self.a = sigmoid(sigmoid(z))
    return self.a
""",
    ),
)
