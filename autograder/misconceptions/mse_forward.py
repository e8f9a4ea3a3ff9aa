"""Mistakes in the value of the mean squared error."""

from gradekit.diagnosis import Misconception

PART = "mse"
TARGET = "losses.py:MSELoss.forward"

MISCONCEPTIONS = (
    Misconception(
        name="mse-loss-with-factor-half",
        part=PART,
        target=TARGET,
        title="The loss has an extra factor 1/2",
        hint="""The loss is half of what it should be. Many books put a factor 1/2 in front, so that the 2 of the derivative
            disappears. That is a convention, and this lab uses the other one: the plain mean of the squares. Both
            the loss and its gradient have to follow the same convention.""",
        source="""
def forward(self, prediction, target):
    self.difference = prediction - target
    return float(np.mean(self.difference**2) / 2)
""",
    ),
    Misconception(
        name="mse-loss-summed",
        part=PART,
        target=TARGET,
        title="The loss is a sum, not a mean",
        hint="""The loss is the sum of the squared differences, so that it grows with the batch. Here it is the mean over all
            elements: samples times columns. With a mean, losses of batches of different sizes can be compared, and the
            learning rate need not change with the batch. Look at what the sum is divided by.""",
        source="""
def forward(self, prediction, target):
    self.difference = prediction - target
    return float(np.sum(self.difference**2))
""",
    ),
    Misconception(
        name="mse-loss-half-sum",
        part=PART,
        target=TARGET,
        title="The loss is half the sum of squares",
        hint="""The loss is half the sum of the squared differences. This is the form from many textbooks; its derivative is
            short. Here the loss is the mean over all elements, without a factor 1/2. Compare both the factor and
            what the sum is divided by with the formula in the docstring.""",
        source="""
def forward(self, prediction, target):
    self.difference = prediction - target
    return float(np.sum(self.difference**2) / 2)
""",
    ),
    Misconception(
        name="mse-loss-divided-by-rows",
        part=PART,
        target=TARGET,
        title="The loss is divided by the number of samples only",
        hint="""The loss is too large by the number of columns: the sum over all elements was divided by the number of
            rows. With one column both are the same, and nothing shows. The mean is over all elements, that is over
            samples and columns. Look at what counts the elements in your formula.""",
        source="""
def forward(self, prediction, target):
    self.difference = prediction - target
    return float(np.sum(self.difference**2) / len(prediction))
""",
    ),
    Misconception(
        name="mse-loss-divided-by-columns",
        part=PART,
        target=TARGET,
        title="The loss is divided by the number of columns only",
        hint="""The loss is too large by the number of samples: the sum was divided by the number of columns, as if samples
            stood in columns. In this lab rows are samples, and the mean is over all elements. Look at the index of
            the shape that you divide by, and at what each of the two numbers counts.""",
        source="""
def forward(self, prediction, target):
    self.difference = prediction - target
    return float(np.sum(self.difference**2) / prediction.shape[1])
""",
    ),
    Misconception(
        name="mse-loss-averaged-twice",
        part=PART,
        target=TARGET,
        title="The loss is divided by the number of samples once too often",
        hint="""The loss is too small by the number of samples. A mean already contains the division by the number of
            elements; here there is one more. Count in your formula how often it divides, and note that np.mean does so
            by itself."""
        + " As a check, a batch that is repeated twice must have the same loss.",
        source="""
def forward(self, prediction, target):
    self.difference = prediction - target
    return float(np.mean(self.difference**2) / len(prediction))
""",
    ),
    Misconception(
        name="mse-loss-with-root",
        part=PART,
        target=TARGET,
        title="The root of the mean squared error",
        hint="""The loss is the square root of what it should be. The root has the unit of the target, which makes it
            pleasant to read in reports, but its derivative is another one. The loss of this lab stops at the mean
            of the squares. Look for a root or a norm in forward.""",
        source="""
def forward(self, prediction, target):
    self.difference = prediction - target
    return float(np.sqrt(np.mean(self.difference**2)))
""",
    ),
    Misconception(
        name="mse-loss-absolute-error",
        part=PART,
        target=TARGET,
        title="The mean absolute error in place of the squared one",
        hint="""The loss is the mean of the absolute differences. That is a loss as well, but another one: the squared error
            weighs large differences more. Take two differences, 1 and 3, work out the mean of their squares by hand,
            and compare with what your code makes of them.""",
        source="""
def forward(self, prediction, target):
    self.difference = prediction - target
    return float(np.mean(np.abs(self.difference)))
""",
    ),
    Misconception(
        name="mse-loss-mean-before-square",
        part=PART,
        target=TARGET,
        title="The mean is taken before the square",
        hint="""The differences were averaged first and squared afterwards. Positive and negative differences then cancel,
            and a prediction that is wrong everywhere can have the loss zero. The order matters: first each difference is
            squared, so that all of them count, then the mean is taken.""",
        source="""
def forward(self, prediction, target):
    self.difference = prediction - target
    return float(np.mean(self.difference) ** 2)
""",
    ),
    Misconception(
        name="mse-loss-not-squared",
        part=PART,
        target=TARGET,
        title="The differences are not squared",
        hint="""The loss is the mean of the differences themselves, which can be negative. Errors upwards and downwards
            cancel, and the training would try to make the predictions as small as possible. Look at what happens to the
            difference before it is averaged; a loss of this kind is never below zero.""",
        source="""
def forward(self, prediction, target):
    self.difference = prediction - target
    return float(np.mean(self.difference))
""",
    ),
    Misconception(
        name="mse-loss-per-sample",
        part=PART,
        target=TARGET,
        title="One loss per sample in place of one number",
        hint="""The result is an array with one loss for each sample. The contract asks for one number for the whole
            batch. A mean that is told an axis keeps the other one. Look at the axes that your mean runs over, and at what
            is left of the shape afterwards.""",
        source="""
def forward(self, prediction, target):
    self.difference = prediction - target
    return np.mean(self.difference**2, axis=1)
""",
    ),
    Misconception(
        name="mse-loss-per-column",
        part=PART,
        target=TARGET,
        title="One loss per column in place of one number",
        hint="""The result is an array with one loss for each column of the prediction. The contract asks for one number for
            the whole batch. A mean over the first axis keeps the columns. Look at the axes that your mean runs over, and
            at what is left of the shape afterwards.""",
        source="""
def forward(self, prediction, target):
    self.difference = prediction - target
    return np.mean(self.difference**2, axis=0)
""",
    ),
    Misconception(
        name="mse-loss-keeps-dimensions",
        part=PART,
        target=TARGET,
        title="The loss is a matrix with one element",
        hint="""The number is right, but it comes in an array of shape (1, 1). The contract asks for a plain number, so that
            losses can be printed, compared and collected in a list without surprise. Look for an option that keeps the
            summed axes, or for an array that is built around the number.""",
        source="""
def forward(self, prediction, target):
    self.difference = prediction - target
    return np.mean(self.difference**2, keepdims=True)
""",
    ),
    Misconception(
        name="mse-loss-array-of-one",
        part=PART,
        target=TARGET,
        title="The loss is an array with one element",
        hint="""The number is right, but it comes in an array of shape (1,). The contract asks for a plain number, so that
            losses can be printed, compared and collected in a list without surprise. Look for a list or an array that is
            built around the number, or for a sum that was told an axis.""",
        source="""
def forward(self, prediction, target):
    self.difference = prediction - target
    return np.array([np.mean(self.difference**2)])
""",
    ),
    Misconception(
        name="mse-loss-not-averaged",
        part=PART,
        target=TARGET,
        title="All squared differences in place of their mean",
        hint="""The result is an array of the shape of the prediction, holding the squared differences. They are right, but
            the loss is one number for the whole batch: their mean. Look at the last step of forward, and at what the
            docstring says under Returns.""",
        source="""
def forward(self, prediction, target):
    self.difference = prediction - target
    return self.difference**2
""",
    ),
    Misconception(
        name="mse-loss-rounded",
        part=PART,
        target=TARGET,
        title="The loss is rounded",
        hint="""The loss was rounded to a few decimals. That reads well on the screen, but it makes small improvements
            invisible and spoils every comparison with a numerical derivative. Return the number as it was computed, and
            round where it is printed, for example with a format such as :.4f.""",
        source="""
def forward(self, prediction, target):
    self.difference = prediction - target
    return round(float(np.mean(self.difference**2)), 4)
""",
    ),
    Misconception(
        name="mse-loss-not-returned",
        part=PART,
        target=TARGET,
        title="forward does not return anything",
        hint="""forward gives None back. The loss may be computed, printed or stored in self, but a function that ends
            without a return statement returns None. Look at the last line of forward: the training loop collects what it
            returns, in order to draw the learning curve.""",
        source="""
def forward(self, prediction, target):
    self.difference = prediction - target
    self.loss = float(np.mean(self.difference**2))
""",
    ),
    Misconception(
        name="mse-loss-writes-into-prediction",
        part=PART,
        target=TARGET,
        title="The prediction is overwritten",
        hint="""The loss is right, but the prediction that was passed in has become the difference. The operator -= writes
            into the array on its left, and that array belongs to the caller: it is the output of the network, and may
            be needed to count hits. Make a new array for the difference.""",
        source="""
def forward(self, prediction, target):
    prediction -= target
    self.difference = prediction
    return float(np.mean(self.difference**2))
""",
    ),
)
