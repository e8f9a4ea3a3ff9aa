"""Mistakes in the value of softmax and cross-entropy (bonus)."""

from gradekit.diagnosis import Misconception

PART = "softmax-cross-entropy"
FORWARD = "losses.py:SoftmaxCrossEntropy.forward"

MISCONCEPTIONS = (
    Misconception(
        name="softmax-not-shifted",
        part=PART,
        target=FORWARD,
        title="exp of large logits overflows",
        hint="""For ordinary logits everything is right; for logits around 1000 exp is infinite, and the loss is not a number.
            Softmax does not change when the same number is subtracted from a whole row. Think about which number makes
            every exponent harmless, also when the rows differ much.""",
        source="""
def forward(self, logits, labels):
    exp = np.exp(logits)
    self.softmax = exp / exp.sum(axis=1, keepdims=True)
    self.labels = labels
    return float(-np.log(self.softmax[np.arange(len(labels)), labels]).mean())
""",
    ),
    Misconception(
        name="softmax-logarithm-of-zero",
        part=PART,
        target=FORWARD,
        title="The logarithm of a probability that has become 0",
        hint="""The exponents are safe, but a class whose logit lies 1000 below the largest gets the probability 0, and the
            logarithm of that is minus infinity. The logarithm of a quotient is a difference of logarithms: written out,
            the exponential of the true class disappears from the formula.""",
        source="""
def forward(self, logits, labels):
    exp = np.exp(logits - logits.max(axis=1, keepdims=True))
    self.softmax = exp / exp.sum(axis=1, keepdims=True)
    self.labels = labels
    return float(-np.log(self.softmax[np.arange(len(labels)), labels]).mean())
""",
    ),
    Misconception(
        name="softmax-over-the-whole-batch",
        part=PART,
        target=FORWARD,
        title="The probabilities of all rows together sum to 1",
        hint="""The exponentials were divided by the sum over the whole array, so that the rows share one total. Each sample
            has its own distribution: every row has to sum to 1. Look at the axis of the sum, and at how to keep its shape
            so that the division fits the rows.""",
        source="""
def forward(self, logits, labels):
    exp = np.exp(logits - logits.max())
    self.softmax = exp / exp.sum()
    self.labels = labels
    return float(-np.log(self.softmax[np.arange(len(labels)), labels]).mean())
""",
    ),
    Misconception(
        name="softmax-over-the-samples",
        part=PART,
        target=FORWARD,
        title="The columns sum to 1, not the rows",
        hint="""The sum in the denominator runs over the samples, so that every column sums to 1. Rows are samples here: the
            classes of one sample compete with each other, and different samples have nothing to do with one another.
            Look at the axis of the sum.""",
        source="""
def forward(self, logits, labels):
    exp = np.exp(logits - logits.max(axis=0))
    self.softmax = exp / exp.sum(axis=0)
    self.labels = labels
    return float(-np.log(self.softmax[np.arange(len(labels)), labels]).mean())
""",
    ),
    Misconception(
        name="cross-entropy-summed",
        part=PART,
        target=FORWARD,
        title="The loss is a sum over the samples",
        hint="""The loss is too large by the number of samples: it is the sum over the batch, where the contract asks for
            the mean. With a mean, batches of different sizes can be compared, and the learning rate need not change with
            them. Look at the last step of forward.""",
        source="""
def forward(self, logits, labels):
    shifted = logits - logits.max(axis=1, keepdims=True)
    log_softmax = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    self.softmax = np.exp(log_softmax)
    self.labels = labels
    return float(-log_softmax[np.arange(len(labels)), labels].sum())
""",
    ),
    Misconception(
        name="cross-entropy-averaged-over-classes",
        part=PART,
        target=FORWARD,
        title="The loss is divided by samples times classes",
        hint="""The loss is too small by the number of classes: the mean ran over an array with one column per class, most of
            whose elements are zero. The mean is over the samples only. Look at the shape of what you average, and
            how many of its elements carry anything.""",
        source="""
def forward(self, logits, labels):
    shifted = logits - logits.max(axis=1, keepdims=True)
    log_softmax = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    self.softmax = np.exp(log_softmax)
    self.labels = labels
    onehot = np.eye(logits.shape[1])[labels]
    return float(np.mean(-onehot * log_softmax))
""",
    ),
    Misconception(
        name="cross-entropy-without-minus",
        part=PART,
        target=FORWARD,
        title="The loss is negative",
        hint="""The loss has the right size and the wrong sign. The logarithm of a probability is negative or zero; the loss
            is its negative, so that a sure and right answer costs nothing and a wrong one much. Look for the minus sign in
            the formula."""
        + " Training with this sign would make the true class less likely.",
        source="""
def forward(self, logits, labels):
    shifted = logits - logits.max(axis=1, keepdims=True)
    log_softmax = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    self.softmax = np.exp(log_softmax)
    self.labels = labels
    return float(log_softmax[np.arange(len(labels)), labels].mean())
""",
    ),
    Misconception(
        name="cross-entropy-per-sample",
        part=PART,
        target=FORWARD,
        title="One loss per sample in place of one number",
        hint="""The result is an array with one loss for each sample. The numbers are right, but the contract asks for one
            number for the whole batch, their mean. Look at the last step of forward, and at what the docstring says under
            Returns.""",
        source="""
def forward(self, logits, labels):
    shifted = logits - logits.max(axis=1, keepdims=True)
    log_softmax = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    self.softmax = np.exp(log_softmax)
    self.labels = labels
    return -log_softmax[np.arange(len(labels)), labels]
""",
    ),
    Misconception(
        name="cross-entropy-base-two",
        part=PART,
        target=FORWARD,
        title="The logarithm has base 2",
        hint="""The loss is too large by the factor 1.44: the logarithm was taken to the base 2, as information theory does
            when it counts in bits. The contract uses the natural logarithm, whose derivative has no extra factor. Look up
            which function of NumPy takes which base.""",
        source="""
def forward(self, logits, labels):
    shifted = logits - logits.max(axis=1, keepdims=True)
    log_softmax = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    self.softmax = np.exp(log_softmax)
    self.labels = labels
    return float(-log_softmax[np.arange(len(labels)), labels].mean() / np.log(2))
""",
    ),
    Misconception(
        name="cross-entropy-small-constant-in-logarithm",
        part=PART,
        target=FORWARD,
        title="A small constant is added inside the logarithm",
        hint="""The loss is off by a little everywhere, and bounded where it should be large: a constant such as 1e-7 was
            added to the probability, so that its logarithm stays finite. That hides the difficulty rather than solving
            it. There is a form of the logarithm of softmax in which no zero occurs.""",
        source="""
def forward(self, logits, labels):
    exp = np.exp(logits - logits.max(axis=1, keepdims=True))
    self.softmax = exp / exp.sum(axis=1, keepdims=True)
    self.labels = labels
    return float(-np.log(self.softmax[np.arange(len(labels)), labels] + 1e-7).mean())
""",
    ),
    Misconception(
        name="cross-entropy-without-logarithm",
        part=PART,
        target=FORWARD,
        title="The logarithm is missing",
        hint="""The loss is the mean probability of the true classes, with a minus sign: the logarithm is missing. With it,
            a sample whose true class gets almost no probability costs very much, and that is what drives the learning.
            Compare each step of forward with the formula.""",
        source="""
def forward(self, logits, labels):
    exp = np.exp(logits - logits.max(axis=1, keepdims=True))
    self.softmax = exp / exp.sum(axis=1, keepdims=True)
    self.labels = labels
    return float(-self.softmax[np.arange(len(labels)), labels].mean())
""",
    ),
    Misconception(
        name="cross-entropy-of-predicted-class",
        part=PART,
        target=FORWARD,
        title="The largest probability is used in place of the true class's",
        hint="""The loss is formed with the largest probability of each row, whichever class that belongs to. Then it does
            not depend on the labels at all, and a network that is sure and wrong has a small loss. Look at how the element
            is chosen from each row.""",
        source="""
def forward(self, logits, labels):
    shifted = logits - logits.max(axis=1, keepdims=True)
    log_softmax = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    self.softmax = np.exp(log_softmax)
    self.labels = labels
    return float(-log_softmax.max(axis=1).mean())
""",
    ),
    Misconception(
        name="cross-entropy-binary",
        part=PART,
        target=FORWARD,
        title="The other classes are counted as well, as in binary cross-entropy",
        hint="""Besides the true class, every other class adds the logarithm of one minus its probability: this is the
            loss for independent yes-or-no questions. With softmax the classes exclude one another, and only the
            probability of the true class counts. Look for a second term in the loss.""",
        source="""
def forward(self, logits, labels):
    exp = np.exp(logits - logits.max(axis=1, keepdims=True))
    self.softmax = exp / exp.sum(axis=1, keepdims=True)
    self.labels = labels
    onehot = np.eye(logits.shape[1])[labels]
    terms = onehot * np.log(self.softmax) + (1 - onehot) * np.log(1 - self.softmax)
    return float(-terms.sum(axis=1).mean())
""",
    ),
    Misconception(
        name="softmax-writes-into-logits",
        part=PART,
        target=FORWARD,
        title="The logits are overwritten",
        hint="""The loss is right, but the logits that were passed in have changed: their largest element was subtracted with
            -=, which writes into the caller's own array. That array is the output of the network and may still be needed,
            for example to find the predicted class. Let the shifted logits be a new array.""",
        source="""
def forward(self, logits, labels):
    logits -= logits.max(axis=1, keepdims=True)
    log_softmax = logits - np.log(np.exp(logits).sum(axis=1, keepdims=True))
    self.softmax = np.exp(log_softmax)
    self.labels = labels
    return float(-log_softmax[np.arange(len(labels)), labels].mean())
""",
    ),
)
