"""Mistakes in the forward pass of the linear layer."""

from gradekit.diagnosis import Misconception

PART = "linear-forward"
TARGET = "layers.py:Linear.forward"

MISCONCEPTIONS = (
    Misconception(
        name="linear-forward-bias-missing",
        part=PART,
        target=TARGET,
        title="The bias is not added",
        hint="""Every output is off by the bias of its column: the product with the weights is there, the bias is not. With
            a bias of zero, as a fresh layer has it, the mistake cannot be seen. Set the bias to something else, try a
            batch of zeros, and see what the layer should give.""",
        source="""
def forward(self, x):
    self.x = x
    return x @ self.weight
""",
    ),
    Misconception(
        name="linear-forward-bias-subtracted",
        part=PART,
        target=TARGET,
        title="The bias is subtracted",
        hint="""Every output is off by twice the bias of its column: the bias comes in with the wrong sign. Some books write
            a threshold that is subtracted; here the bias is added. Try a batch of zeros: the layer has to return
            its bias in every row.""",
        source="""
def forward(self, x):
    self.x = x
    return x @ self.weight - self.bias
""",
    ),
    Misconception(
        name="linear-forward-bias-added-twice",
        part=PART,
        target=TARGET,
        title="The bias is added twice",
        hint="""Every output is off by the bias of its column: the bias came in twice. That happens when a helper already
            adds it, or when it is added before and after an intermediate result. Try a batch of zeros: the layer has to
            return its bias in every row, and you will see a multiple of it.""",
        source="""
def forward(self, x):
    self.x = x
    return x @ self.weight + 2 * self.bias
""",
    ),
    Misconception(
        name="linear-forward-one-bias-for-all-outputs",
        part=PART,
        target=TARGET,
        title="All outputs get the first bias",
        hint="""The first column is right; in the others the bias of the first output was added. Each output has a bias of
            its own, so the bias has as many elements as the result has columns. Look for an index or a conversion that
            makes one number out of the bias.""",
        source="""
def forward(self, x):
    self.x = x
    return x @ self.weight + self.bias[0]
""",
    ),
    Misconception(
        name="linear-forward-bias-added-to-weight",
        part=PART,
        target=TARGET,
        title="The bias is added before the product",
        hint="""The bias was added to the weights, so that it is multiplied by the inputs as well. Parentheses decide what
            the matrix product is applied to. With an input of zeros your layer returns zeros, whereas the bias should
            remain. Look at the order in which product and sum are carried out.""",
        source="""
def forward(self, x):
    self.x = x
    return x @ (self.weight + self.bias)
""",
    ),
    Misconception(
        name="linear-forward-bias-as-column",
        part=PART,
        target=TARGET,
        title="The bias is added as a column",
        hint="""The bias was turned into a column, which NumPy tries to add to the samples rather than to the outputs. In
            this lab rows are samples, and the bias of shape (out,) fits the columns of the result as it is. Write
            down the three shapes that meet in the sum.""",
        source="""
def forward(self, x):
    self.x = x
    return x @ self.weight + self.bias[:, np.newaxis]
""",
    ),
    Misconception(
        name="linear-forward-weight-transposed",
        part=PART,
        target=TARGET,
        title="The weights are transposed",
        hint="""The weights already have the shape (in, out), so that a batch of shape (N, in) fits in front of them. Many
            libraries store them the other way round and transpose in their formula; here that makes the inner lengths
            differ. Write the shapes below each factor and see which lengths have to meet.""",
        source="""
def forward(self, x):
    self.x = x
    return x @ self.weight.T + self.bias
""",
    ),
    Misconception(
        name="linear-forward-weight-in-front",
        part=PART,
        target=TARGET,
        title="The weights stand in front of the input",
        hint="""The factors of the product are in the order of a book in which samples are columns. In this lab samples are
            rows: x is (N, in) and the weights are (in, out). Write the shapes below each factor; in a matrix product the
            inner lengths have to be equal, and the outer ones give the result.""",
        source="""
def forward(self, x):
    self.x = x
    return self.weight @ x + self.bias
""",
    ),
    Misconception(
        name="linear-forward-elementwise-product",
        part=PART,
        target=TARGET,
        title="An elementwise product in place of the matrix product",
        hint="""The input and the weights were multiplied with an operator that pairs elements at equal places, and their
            shapes do not fit for that. Each output is a sum over all inputs, each times its weight. Look up what
            the different product operators of NumPy do with two-dimensional arrays.""",
        source="""
def forward(self, x):
    self.x = x
    return x * self.weight + self.bias
""",
    ),
    Misconception(
        name="linear-forward-result-transposed",
        part=PART,
        target=TARGET,
        title="The result is transposed",
        hint="""The numbers are right, but rows and columns are exchanged: the result is (out, N). In this lab every row is a
            sample, on the way in and on the way out, and the next layer relies on it. Look at which arrays you transpose,
            and whether the last one is turned back.""",
        source="""
def forward(self, x):
    self.x = x
    return self.weight.T @ x.T + self.bias[:, np.newaxis]
""",
    ),
    Misconception(
        name="linear-forward-first-sample-only",
        part=PART,
        target=TARGET,
        title="Only the first sample is computed",
        hint="""The result is one row: the output for the first sample of the batch. The layer receives all samples at
            once, one per row, and returns as many rows. Look for an index on x, or for a loop that returns in its first
            round.""",
        source="""
def forward(self, x):
    self.x = x
    return x[0] @ self.weight + self.bias
""",
    ),
    Misconception(
        name="linear-forward-sums-over-batch",
        part=PART,
        target=TARGET,
        title="The outputs are summed over the samples",
        hint="""The result has one row, the sum of what belongs to the single samples. In the forward pass samples do not
            meet: row n of the output depends on row n of the input alone. Look for a sum over the first axis; such sums
            have their place in the gradients of the parameters.""",
        source="""
def forward(self, x):
    self.x = x
    return (x @ self.weight + self.bias).sum(axis=0)
""",
    ),
    Misconception(
        name="linear-forward-with-activation",
        part=PART,
        target=TARGET,
        title="The layer applies the sigmoid as well",
        hint="""All outputs lie between 0 and 1: the activation was applied inside the linear layer. Here the activation is a
            layer of its own, which stands behind this one in the network, and would be applied twice. The linear layer
            returns its sum as it is, which may be any number.""",
        source="""
def forward(self, x):
    self.x = x
    return 1 / (1 + np.exp(-(x @ self.weight + self.bias)))
""",
    ),
    Misconception(
        name="linear-forward-divided-by-inputs",
        part=PART,
        target=TARGET,
        title="The product is averaged over the inputs",
        hint="""The product of input and weights is too small by the number of inputs: a mean was taken where a sum belongs.
            Scaling by the number of inputs has its place in the first random weights, which the given constructor draws.
            Look for a mean or a division in forward.""",
        source="""
def forward(self, x):
    self.x = x
    return x @ self.weight / x.shape[1] + self.bias
""",
    ),
    Misconception(
        name="linear-forward-returns-nothing",
        part=PART,
        target=TARGET,
        title="forward does not return anything",
        hint="""forward gives None back. The output may be computed, and stored in self, but a function that ends without a
            return statement returns None, and the next layer receives that. Look at the last line of forward, and at
            what backward still needs in self.""",
        source="""
def forward(self, x):
    self.x = x
    self.y = x @ self.weight + self.bias
""",
    ),
    Misconception(
        name="linear-forward-parameters-of-first-call",
        part=PART,
        target=TARGET,
        title="Weights and bias are those of the first call",
        hint="""The first forward is right. When weights or bias are replaced afterwards, the layer still computes with the
            old ones: it keeps a second name or a copy of them. Training would then seem to have no effect. Look at
            whether forward reads the attributes of the layer anew in every call.""",
        source="""
def forward(self, x):
    self.x = x
    if getattr(self, "kept", None) is None:
        self.kept = (self.weight.copy(), self.bias.copy())
    weight, bias = self.kept
    return x @ weight + bias
""",
    ),
    Misconception(
        name="linear-forward-reuses-output-array",
        part=PART,
        target=TARGET,
        title="forward writes every result into the same array",
        hint="""What the first forward returned changes when forward is called again: both results are one array, which is
            kept in self and filled anew. Whoever holds the first result sees other numbers in it. Look for an array that
            is made once and written into later, and return a new one.""",
        source="""
def forward(self, x):
    self.x = x
    y = x @ self.weight + self.bias
    self.buffers = getattr(self, "buffers", {})
    buffer = self.buffers.setdefault(y.shape, y)
    buffer[...] = y
    return buffer
""",
    ),
    Misconception(
        name="linear-forward-float64",
        part=PART,
        target=TARGET,
        title="forward makes float64 of float32",
        hint="""With float32 arrays the output comes back as float64. np.zeros, np.empty and np.array make float64 unless
            they are told a dtype, and one such array is enough to widen everything behind it. Look at where the array of
            results is made, and which dtype it should take over.""",
        source="""
def forward(self, x):
    self.x = x
    y = np.zeros((len(x), len(self.bias)))
    for n in range(len(x)):
        y[n] = x[n] @ self.weight + self.bias
    return y
""",
    ),
)
