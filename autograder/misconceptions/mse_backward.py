"""Mistakes in the gradient of the mean squared error."""

from gradekit.diagnosis import Misconception

PART = "mse"
CLASS = "losses.py:MSELoss"
TARGET = "losses.py:MSELoss.backward"

MISCONCEPTIONS = (
    Misconception(
        name="mse-gradient-not-averaged",
        part=PART,
        target=TARGET,
        title="The gradient is not divided by the number of elements",
        hint="""The gradient is too large by the number of elements. The loss is a mean, and the factor in front of its sum
            stays there when the sum is differentiated. Without it the gradient belongs to the sum of squares, and the
            steps of the training grow with the batch. Compare with central differences of your own forward.""",
        source="""
def backward(self):
    return 2 * self.difference
""",
    ),
    Misconception(
        name="mse-gradient-without-factor-two",
        part=PART,
        target=TARGET,
        title="The factor 2 is missing in the gradient",
        hint="""The gradient is half of what it should be: the derivative of a square brings a factor 2 with it. It would
            cancel against a factor 1/2 in the loss, but the loss of this lab has none. Differentiate forward by hand
            for a single element, and compare.""",
        source="""
def backward(self):
    return self.difference / self.difference.size
""",
    ),
    Misconception(
        name="mse-gradient-is-difference",
        part=PART,
        target=TARGET,
        title="The gradient is the bare difference",
        hint="""The gradient is prediction minus target, without any factor. That is the derivative of half the sum of
            squares, a loss that many books use. Here the loss is the mean of the squares, and both of its factors show in
            the derivative. Compare with central differences of your own forward.""",
        source="""
def backward(self):
    return self.difference.copy()
""",
    ),
    Misconception(
        name="mse-gradient-divided-by-rows",
        part=PART,
        target=TARGET,
        title="The gradient is divided by the number of samples only",
        hint="""The gradient is too large by the number of columns: it was divided by the number of rows. The loss is the
            mean over all elements, samples times columns, and its derivative has the same divisor. With a single column
            the two agree, which is why it may have looked right before.""",
        source="""
def backward(self):
    return 2 * self.difference / len(self.difference)
""",
    ),
    Misconception(
        name="mse-gradient-half-and-by-rows",
        part=PART,
        target=TARGET,
        title="Without the factor 2, and divided by the samples only",
        hint="""The gradient is prediction minus target, divided by the number of rows. Two things differ from the derivative
            of this loss: the factor that a square brings with it, and the number of elements that the mean runs
            over, which counts samples and columns. With two columns both happen to cancel.""",
        source="""
def backward(self):
    return self.difference / len(self.difference)
""",
    ),
    Misconception(
        name="mse-gradient-divided-by-columns",
        part=PART,
        target=TARGET,
        title="The gradient is divided by the number of columns only",
        hint="""The gradient is too large by the number of samples: it was divided by the number of columns. Rows are samples
            here, and the mean in the loss runs over all elements. Look at the index of the shape that you divide by, and
            say in words what that number counts.""",
        source="""
def backward(self):
    return 2 * self.difference / self.difference.shape[1]
""",
    ),
    Misconception(
        name="mse-gradient-negated",
        part=PART,
        target=TARGET,
        title="The gradient has the wrong sign",
        hint="""The gradient has the right size and the wrong sign. Where the prediction lies above the target, raising it
            makes the loss grow, so that the derivative is positive there. Look at the order of the difference. The
            minus sign of descent belongs to the optimizer, not to the loss.""",
        source="""
def backward(self):
    return -2 * self.difference / self.difference.size
""",
    ),
    Misconception(
        name="mse-gradient-one-number",
        part=PART,
        target=TARGET,
        title="The gradient is one number for the whole batch",
        hint="""backward returns a single number. The loss is one number, but it depends on every element of the prediction,
            and each of them has a derivative of its own: the gradient has the shape of the prediction. Look for a mean
            or a sum in backward, which brings all elements together.""",
        source="""
def backward(self):
    return float(2 * np.mean(self.difference))
""",
    ),
    Misconception(
        name="mse-gradient-same-for-all",
        part=PART,
        target=TARGET,
        title="Every element gets the same gradient",
        hint="""All elements of the gradient are equal: the mean difference was handed to every sample. Then a sample that
            is predicted too high and one that is too low are corrected in the same direction. Each element's derivative
            depends on its own difference only. Look for a mean inside backward.""",
        source="""
def backward(self):
    mean = 2 * np.mean(self.difference) / self.difference.size
    return np.full_like(self.difference, mean)
""",
    ),
    Misconception(
        name="mse-gradient-summed-over-batch",
        part=PART,
        target=TARGET,
        title="The gradient is summed over the samples",
        hint="""The gradient has one row for the whole batch. Each sample has a prediction of its own and needs a derivative
            of its own; the sums over the batch come later, in the gradients of the weights. The result has the shape of
            the prediction. Look for a sum or a mean along the first axis.""",
        source="""
def backward(self):
    return 2 * self.difference.sum(axis=0) / self.difference.size
""",
    ),
    Misconception(
        name="mse-gradient-of-squares",
        part=PART,
        target=TARGET,
        title="The square is still there in the derivative",
        hint="""Every element of the gradient is positive or zero: the difference is still squared. Differentiating lowers
            the power by one, so that the sign of the difference survives, and with it the direction in which the
            prediction has to move. Differentiate a single square by hand, and compare.""",
        source="""
def backward(self):
    return 2 * self.difference**2 / self.difference.size
""",
    ),
    Misconception(
        name="mse-gradient-sign-only",
        part=PART,
        target=TARGET,
        title="Only the sign of the difference counts",
        hint="""All elements of the gradient have the same size, and only their sign differs: this is the derivative of the
            absolute error. With squares, a large difference pulls harder than a small one. Differentiate the loss of
            this lab for one element, and see how the difference enters.""",
        source="""
def backward(self):
    return np.sign(self.difference) / self.difference.size
""",
    ),
    Misconception(
        name="mse-gradient-with-activation",
        part=PART,
        target="losses.py:MSELoss",
        title="The derivative of the sigmoid is in the gradient of the loss",
        hint="""The gradient contains the derivative of a sigmoid, p (1 - p). The loss only knows predictions, not how they
            were made; the sigmoid that made them is a layer of its own and multiplies by its derivative in its own
            backward. Here it would be counted twice. Look for such factors in the loss.""",
        source="""
class MSELoss:
    def forward(self, prediction, target):
        self.prediction = prediction
        self.difference = prediction - target
        return float(np.mean(self.difference**2))

    def backward(self):
        return 2 * self.difference / self.difference.size * self.prediction * (1 - self.prediction)
""",
    ),
    Misconception(
        name="mse-gradient-not-returned",
        part=PART,
        target=TARGET,
        title="backward does not return anything",
        hint="""backward gives None back: the gradient is computed or stored in self, but the method ends without a return
            statement. The backward pass of the network starts with what this method returns. Look at its last line,
            and at whether anything stands behind return.""",
        source="""
def backward(self):
    self.grad = 2 * self.difference / self.difference.size
""",
    ),
    Misconception(
        name="mse-cache-overwritten-by-backward",
        part=PART,
        target=TARGET,
        title="backward overwrites what forward has stored",
        hint="""The first backward is right, a second one after the same forward is not: the stored difference was changed by
            the first, for example with *= or /=. Such operators write into the array itself. Print what is stored in self
            before and after backward; the two must be equal.""",
        source="""
def backward(self):
    self.difference *= 2 / self.difference.size
    return self.difference.copy()
""",
    ),
    Misconception(
        name="mse-cache-shared-by-all-losses",
        part=PART,
        target=CLASS,
        title="All losses share one memory",
        hint="""One loss object alone is right; with two, the later forward overwrites what the earlier one has to remember.
            A value that is stored on the class or in a global name exists only once. Look at where forward keeps the
            difference, and whether every object has its own.""",
        source="""
class MSELoss:
    def forward(self, prediction, target):
        MSELoss.difference = prediction - target
        return float(np.mean(MSELoss.difference**2))
""",
    ),
    Misconception(
        name="mse-remembers-first-batch",
        part=PART,
        target=CLASS,
        title="backward uses the first batch, not the last",
        hint="""The first call is right. After a second forward, backward still works with the difference of the first: it
            is stored only once, or collected in a list whose first element is read. Look at what self holds after two
            calls of forward, and at what backward takes from it.""",
        source="""
class MSELoss:
    def forward(self, prediction, target):
        difference = prediction - target
        if not hasattr(self, "difference"):
            self.difference = difference
        return float(np.mean(difference**2))
""",
    ),
    Misconception(
        name="mse-reuses-gradient-array",
        part=PART,
        target=TARGET,
        title="backward writes every result into the same array",
        hint="""What the first backward returned changes when backward is called again for another batch: both results are
            one array, which is kept in self and filled anew each time. Whoever still holds the first gradient sees other
            numbers in it. Look for an array that is made once and reused, and return a new one.""",
        source="""
def backward(self):
    if getattr(self, "grad", None) is None or self.grad.shape != self.difference.shape:
        self.grad = np.empty_like(self.difference)
    self.grad[...] = 2 * self.difference / self.difference.size
    return self.grad
""",
    ),
    Misconception(
        name="mse-backward-float64",
        part=PART,
        target=TARGET,
        title="backward makes float64 of float32",
        hint="""With float32 arrays the gradient comes back as float64. np.zeros, np.empty and np.array make float64 unless
            they are told a dtype, and from there on the whole backward pass runs in float64. Look at where the array
            of results is made, and which dtype it should take over.""",
        source="""
def backward(self):
    grad = np.zeros(self.difference.shape)
    grad += 2 * self.difference / self.difference.size
    return grad
""",
    ),
)
