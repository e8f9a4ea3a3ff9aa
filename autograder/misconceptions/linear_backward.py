"""Mistakes in the gradients of weight and bias of the linear layer."""

from gradekit.diagnosis import Misconception

PART = "linear-backward"
TARGET = "layers.py:Linear.backward"

MISCONCEPTIONS = (
    Misconception(
        name="linear-bias-gradient-not-summed",
        part=PART,
        target=TARGET,
        title="The bias gradient is not summed over the batch",
        hint="""grad_bias has one row per sample. The same bias is added to every sample, so that all of them have their
            share in its gradient: what the rows say has to be brought together, and the result has the shape of the bias,
            (out,). Look at the axis that runs over the samples.""",
        source="""
def backward(self, grad_output):
    self.grad_weight = self.x.T @ grad_output
    self.grad_bias = grad_output.copy()
    return grad_output @ self.weight.T
""",
    ),
    Misconception(
        name="linear-bias-gradient-summed-over-everything",
        part=PART,
        target=TARGET,
        title="The bias gradient is one number for all outputs",
        hint="""grad_bias is a single number: the sum ran over samples and outputs. Each output has a bias of its own and
            needs a gradient of its own, so that the result has the shape (out,). Look at which axes the sum runs over
            when it is not told any.""",
        source="""
def backward(self, grad_output):
    self.grad_weight = self.x.T @ grad_output
    self.grad_bias = np.sum(grad_output)
    return grad_output @ self.weight.T
""",
    ),
    Misconception(
        name="linear-bias-gradient-same-for-all-outputs",
        part=PART,
        target=TARGET,
        title="All outputs get the same bias gradient",
        hint="""All elements of grad_bias are equal: the sum ran over samples and outputs, and was handed to every output.
            Each output has a bias of its own, so that only its own column of grad_output counts for it. Look at which
            axes the sum runs over, and what shape it leaves.""",
        source="""
def backward(self, grad_output):
    self.grad_weight = self.x.T @ grad_output
    self.grad_bias = np.full_like(self.bias, grad_output.sum())
    return grad_output @ self.weight.T
""",
    ),
    Misconception(
        name="linear-bias-gradient-averaged",
        part=PART,
        target=TARGET,
        title="The bias gradient is averaged over the batch",
        hint="""grad_bias is too small by the number of samples: a mean was taken where the sum belongs. The mean over the
            batch is part of the loss, and its gradient already contains that division. A second one would make the
            bias learn more slowly the larger the batch is.""",
        source="""
def backward(self, grad_output):
    self.grad_weight = self.x.T @ grad_output
    self.grad_bias = grad_output.mean(axis=0)
    return grad_output @ self.weight.T
""",
    ),
    Misconception(
        name="linear-bias-gradient-wrong-axis",
        part=PART,
        target=TARGET,
        title="The bias gradient is summed over the outputs",
        hint="""grad_bias has one number per sample: the sum ran over the outputs and left the samples. It should be the
            other way round, one number per output, like the bias itself. Write down the shape of grad_output, and which
            of its two axes has to disappear.""",
        source="""
def backward(self, grad_output):
    self.grad_weight = self.x.T @ grad_output
    self.grad_bias = grad_output.sum(axis=1)
    return grad_output @ self.weight.T
""",
    ),
    Misconception(
        name="linear-bias-gradient-two-dimensional",
        part=PART,
        target=TARGET,
        title="The bias gradient is a matrix of one row",
        hint="""The numbers in grad_bias are right, but its shape is (1, out), while the bias is (out,). An update in
            place may still work by broadcasting, other code will not. A gradient has the shape of what it is the gradient
            of. Look for an option of the sum that keeps the summed axis.""",
        source="""
def backward(self, grad_output):
    self.grad_weight = self.x.T @ grad_output
    self.grad_bias = grad_output.sum(axis=0, keepdims=True)
    return grad_output @ self.weight.T
""",
    ),
    Misconception(
        name="linear-bias-gradient-not-set",
        part=PART,
        target=TARGET,
        title="The bias gradient stays zero",
        hint="""grad_bias still holds the zeros of a fresh layer after backward: it is not set, or the result is stored
            under another name. The optimizer reads the attribute grad_bias, so the bias would never be trained. Look at
            what backward assigns, and compare the names with those in the docstring of the class.""",
        source="""
def backward(self, grad_output):
    self.grad_weight = self.x.T @ grad_output
    return grad_output @ self.weight.T
""",
    ),
    Misconception(
        name="linear-bias-gradient-ones",
        part=PART,
        target=TARGET,
        title="The bias gradient is 1 for every output",
        hint="""grad_bias holds ones. It is true that the output changes by 1 when its bias changes by 1; but the question
            is how the loss changes, and that goes through grad_output. The chain rule multiplies the two, and every
            sample of the batch contributes.""",
        source="""
def backward(self, grad_output):
    self.grad_weight = self.x.T @ grad_output
    self.grad_bias = np.ones_like(self.bias)
    return grad_output @ self.weight.T
""",
    ),
    Misconception(
        name="linear-bias-gradient-times-bias",
        part=PART,
        target=TARGET,
        title="The bias gradient is multiplied by the bias",
        hint="""grad_bias holds the right numbers times the bias itself. The output is a sum in which the bias stands
            alone, without a factor, so that its derivative does not depend on how large the bias is. As a check: a
            bias of zero would never learn anything with this formula.""",
        source="""
def backward(self, grad_output):
    self.grad_weight = self.x.T @ grad_output
    self.grad_bias = (grad_output * self.bias).sum(axis=0)
    return grad_output @ self.weight.T
""",
    ),
    Misconception(
        name="linear-weight-gradient-averaged",
        part=PART,
        target=TARGET,
        title="The gradients are averaged over the batch",
        hint="""The gradients of the parameters are too small by the number of samples: they were divided by N. The loss
            takes the mean over its elements, and its gradient already contains that division; whoever divides again gets
            a learning rate that depends on the batch size. Look at grad_weight and at grad_bias.""",
        source="""
def backward(self, grad_output):
    self.grad_weight = self.x.T @ grad_output / len(grad_output)
    self.grad_bias = grad_output.sum(axis=0) / len(grad_output)
    return grad_output @ self.weight.T
""",
    ),
    Misconception(
        name="linear-weight-gradient-transposed",
        part=PART,
        target=TARGET,
        title="The weight gradient is transposed",
        hint="""The numbers in grad_weight are right, but rows and columns are exchanged: its shape is (out, in). A gradient
            has the shape of what it is the gradient of, and the weights are (in, out). Look at the order of the two
            factors, and at which of them is transposed. With a square layer nothing would have complained.""",
        source="""
def backward(self, grad_output):
    self.grad_weight = grad_output.T @ self.x
    self.grad_bias = grad_output.sum(axis=0)
    return grad_output @ self.weight.T
""",
    ),
    Misconception(
        name="linear-weight-gradient-not-set",
        part=PART,
        target=TARGET,
        title="The gradients of the parameters stay zero",
        hint="""After backward, grad_weight still holds the zeros of a fresh layer: the gradients are not computed, or are
            stored under other names. The optimizer reads the attributes grad_weight and grad_bias, so nothing would be
            trained. Compare the names that backward assigns with those in the docstring of the class.""",
        source="""
def backward(self, grad_output):
    self.dW = self.x.T @ grad_output
    self.db = grad_output.sum(axis=0)
    return grad_output @ self.weight.T
""",
    ),
    Misconception(
        name="linear-weight-gradient-negated",
        part=PART,
        target=TARGET,
        title="The gradients of the parameters have the wrong sign",
        hint="""grad_weight has the right size and the wrong sign. A gradient points to where the loss grows. The minus sign
            of gradient descent belongs to the optimizer, which subtracts; if the layer turns the sign as well, the
            training climbs. Look for a minus sign or a reversed difference in backward.""",
        source="""
def backward(self, grad_output):
    self.grad_weight = -(self.x.T @ grad_output)
    self.grad_bias = -grad_output.sum(axis=0)
    return grad_output @ self.weight.T
""",
    ),
    Misconception(
        name="linear-gradients-accumulated",
        part=PART,
        target=TARGET,
        title="The gradients add up from call to call",
        hint="""The first backward is right; every later one adds to what was there before. Some libraries do that and ask
            for the gradients to be cleared in between. Here nobody clears them: each backward sets grad_weight and
            grad_bias afresh. Look at the operator that assigns them.""",
        source="""
def backward(self, grad_output):
    self.grad_weight = self.grad_weight + self.x.T @ grad_output
    self.grad_bias = self.grad_bias + grad_output.sum(axis=0)
    return grad_output @ self.weight.T
""",
    ),
    Misconception(
        name="linear-weight-gradient-last-sample",
        part=PART,
        target=TARGET,
        title="Only the last sample counts for the weight gradient",
        hint="""grad_weight is what the last sample of the batch contributes; the others are lost. In a loop over samples
            an assignment replaces the result of the round before, whereas the contributions have to be added up. Look
            at the assignment inside the loop, and at what the result starts from.""",
        source="""
def backward(self, grad_output):
    for x, grad in zip(self.x, grad_output):
        self.grad_weight = np.outer(x, grad)
    self.grad_bias = grad_output.sum(axis=0)
    return grad_output @ self.weight.T
""",
    ),
    Misconception(
        name="linear-weight-gradient-product-of-sums",
        part=PART,
        target=TARGET,
        title="Summed over the batch before the product",
        hint="""The inputs and the gradients were each summed over the batch first, and multiplied afterwards. That also
            pairs the input of one sample with the gradient of another. Each sample contributes the product of its
            own two rows, and these products are summed. For a batch of one sample both ways agree.""",
        source="""
def backward(self, grad_output):
    self.grad_weight = np.outer(self.x.sum(axis=0), grad_output.sum(axis=0))
    self.grad_bias = grad_output.sum(axis=0)
    return grad_output @ self.weight.T
""",
    ),
    Misconception(
        name="linear-weight-gradient-with-weight-decay",
        part=PART,
        target=TARGET,
        title="A multiple of the weights is added to their gradient",
        hint="""grad_weight contains a small multiple of the weights themselves, as L2 regularisation adds it. That is a
            useful method, but it changes the loss, and this contract asks for the derivative of the loss as it stands.
            Look for a term with the weights in the gradient of the weights.""",
        source="""
def backward(self, grad_output):
    self.grad_weight = self.x.T @ grad_output + 0.01 * self.weight
    self.grad_bias = grad_output.sum(axis=0)
    return grad_output @ self.weight.T
""",
    ),
    Misconception(
        name="linear-weight-gradient-with-activation",
        part=PART,
        target=TARGET,
        title="The derivative of the sigmoid is in the weight gradient",
        hint="""The weight gradient was multiplied by the derivative of a sigmoid. In this lab the activation is a layer of
            its own, and what arrives here as grad_output has already passed through its backward. Multiplying again
            counts the activation twice. Look for the factors of an activation in this layer.""",
        source="""
def backward(self, grad_output):
    a = 1 / (1 + np.exp(-(self.x @ self.weight + self.bias)))
    self.grad_weight = self.x.T @ (grad_output * a * (1 - a))
    self.grad_bias = grad_output.sum(axis=0)
    return grad_output @ self.weight.T
""",
    ),
)
