"""Mistakes in the gradient of softmax and cross-entropy, and in what the loss remembers (bonus)."""

from gradekit.diagnosis import Misconception

PART = "softmax-cross-entropy"
CLASS = "losses.py:SoftmaxCrossEntropy"
BACKWARD = "losses.py:SoftmaxCrossEntropy.backward"

MISCONCEPTIONS = (
    Misconception(
        name="softmax-gradient-not-averaged",
        part=PART,
        target=BACKWARD,
        title="The gradient is not divided by the number of samples",
        hint="""The gradient is too large by the number of samples. The loss is a mean over the batch, and the factor in
            front of the sum stays there when it is differentiated. Compare with central differences of your own forward
            for a batch of two samples.""",
        source="""
def backward(self):
    grad = self.softmax.copy()
    grad[np.arange(len(self.labels)), self.labels] -= 1
    return grad
""",
    ),
    Misconception(
        name="softmax-gradient-averaged-over-classes",
        part=PART,
        target=BACKWARD,
        title="The gradient is divided by samples times classes",
        hint="""The gradient is too small by the number of classes: it was divided by the number of all its elements. The loss
            is the mean over the samples, one term for each row, so its derivative is divided by the number of rows. Look
            at what counts the elements.""",
        source="""
def backward(self):
    grad = self.softmax.copy()
    grad[np.arange(len(self.labels)), self.labels] -= 1
    return grad / grad.size
""",
    ),
    Misconception(
        name="softmax-gradient-without-labels",
        part=PART,
        target=BACKWARD,
        title="The labels do not enter the gradient",
        hint="""The gradient is the softmax alone, divided by the number of samples. Every logit would be pushed down,
            that of the true class as well. In the derivative, the true class of each row is treated differently from the
            others; each row of the gradient sums to zero. Look at where the labels come in.""",
        source="""
def backward(self):
    return self.softmax / len(self.labels)
""",
    ),
    Misconception(
        name="softmax-gradient-negated",
        part=PART,
        target=BACKWARD,
        title="The gradient has the wrong sign",
        hint="""The gradient has the right size and the wrong sign. Raising the logit of the true class makes the loss
            smaller, so that the derivative is negative there and positive elsewhere. Look at the order of the difference.
            The minus sign of descent belongs to the optimizer.""",
        source="""
def backward(self):
    grad = self.softmax.copy()
    grad[np.arange(len(self.labels)), self.labels] -= 1
    return -grad / len(self.labels)
""",
    ),
    Misconception(
        name="softmax-derivative-applied-twice",
        part=PART,
        target=BACKWARD,
        title="A factor p (1 - p) too many in the gradient",
        hint="""The gradient was multiplied by p (1 - p), the derivative of a sigmoid. The derivative of softmax and
            cross-entropy together is already complete without it: most factors cancel, and that is why the two are one
            class. Look for a factor that the formula does not have.""",
        source="""
def backward(self):
    grad = self.softmax.copy()
    grad[np.arange(len(self.labels)), self.labels] -= 1
    return grad * self.softmax * (1 - self.softmax) / len(self.labels)
""",
    ),
    Misconception(
        name="softmax-cache-overwritten-by-backward",
        part=PART,
        target=BACKWARD,
        title="backward overwrites the stored probabilities",
        hint="""The first backward is right, a second one after the same forward is not: 1 was subtracted from the stored
            probabilities themselves. A second name for an array is no copy of it. Print what is stored in self before and
            after backward; the two must be equal.""",
        source="""
def backward(self):
    grad = self.softmax
    grad[np.arange(len(self.labels)), self.labels] -= 1
    return grad / len(self.labels)
""",
    ),
    Misconception(
        name="softmax-cache-shared-by-all-losses",
        part=PART,
        target=CLASS,
        title="All losses share one memory",
        hint="""One loss object alone is right; with two, the later forward overwrites what the earlier one has to remember.
            A value that is stored on the class or in a global name exists only once. Look at where forward keeps the
            probabilities and the labels, and whether every object has its own.""",
        source="""
class SoftmaxCrossEntropy:
    def forward(self, logits, labels):
        shifted = logits - logits.max(axis=1, keepdims=True)
        log_softmax = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
        SoftmaxCrossEntropy.softmax = np.exp(log_softmax)
        SoftmaxCrossEntropy.labels = labels
        return float(-log_softmax[np.arange(len(labels)), labels].mean())
""",
    ),
)
