"""Mistakes in the function sigmoid."""

from gradekit.diagnosis import Misconception

TARGET = "activations.py:sigmoid"

MISCONCEPTIONS = (
    Misconception(
        name="sigmoid-unguarded-exp",
        part="sigmoid",
        target=TARGET,
        title="exp overflows for very small z",
        hint="""The values are right, but a warning about an overflow is printed on the way: for z = -1000 the formula
            asks for exp(1000), which no float can hold. Look at the sign of the number that exp receives. There are two
            equal forms of the sigmoid, and for every z one of them needs exp of a negative number only.""",
        source="""
def sigmoid(z):
    return 1 / (1 + np.exp(-z))
""",
    ),
    Misconception(
        name="sigmoid-infinity-over-infinity",
        part="sigmoid",
        target=TARGET,
        title="exp(z) / (1 + exp(z)) becomes nan for very large z",
        hint="""For z = 1000 numerator and denominator both become infinite, and infinity divided by infinity is nan.
            This form of the sigmoid is safe on one side of zero. Print exp(z) for z = -1000, 0 and 1000, and think about
            which form to use on which side.""",
        source="""
def sigmoid(z):
    return np.exp(z) / (1 + np.exp(z))
""",
    ),
    Misconception(
        name="sigmoid-exponent-without-minus",
        part="sigmoid",
        target=TARGET,
        title="The exponent has the wrong sign",
        hint="""The function falls where it should rise: large z give values near 0, and small z give values near 1. Try
            z = 3 by hand and compare with the formula, term by term. The place to look at is the sign of what is handed
            to exp, and on which side of the fraction it stands.""",
        source="""
def sigmoid(z):
    return 1 / (1 + np.exp(z))
""",
    ),
    Misconception(
        name="sigmoid-denominator-with-minus",
        part="sigmoid",
        target=TARGET,
        title="The denominator subtracts where it should add",
        hint="""Some values are negative and some are far above 1, and at z = 0 there is a division by zero. A sigmoid
            stays between 0 and 1 everywhere. Compute the denominator by hand for z = 0 and for z = 1, and compare its
            operators with those of the formula in the docstring.""",
        source="""
def sigmoid(z):
    return 1 / (1 - np.exp(-z))
""",
    ),
    Misconception(
        name="sigmoid-missing-parentheses",
        part="sigmoid",
        target=TARGET,
        title="The fraction ends too early: parentheses are missing",
        hint="""Division binds more strongly than addition, and so what Python computes is a sum of two terms rather than
            one fraction. The results are all above 1. Evaluate the expression by hand for z = 0, in the order in which
            Python does it, and see what belongs below the line of the fraction.""",
        source="""
def sigmoid(z):
    return 1 / 1 + np.exp(-z)
""",
    ),
    Misconception(
        name="sigmoid-epsilon-in-exponent",
        part="sigmoid",
        target=TARGET,
        title="A small constant is added where none is needed",
        hint="""The values are off by a few billionths: a small constant such as 1e-8 has been added inside the formula.
            Such constants protect a logarithm or a division from zero. Ask whether any number here can become zero at
            all, and what the constant does to the values that were right without it.""",
        source="""
def sigmoid(z):
    return 1 / (1 + np.exp(-z + 1e-8))
""",
    ),
    Misconception(
        name="sigmoid-clipped-too-early",
        part="sigmoid",
        target=TARGET,
        title="z is clipped to -10 ... 10",
        hint="""Clipping z keeps exp from overflowing, but at 10 the sigmoid still differs from 1 by 0.00005, and all
            larger z receive that same value. The contract asks for 1e-9 in the tails. Work out at which z the sigmoid is
            that close to 0 or 1, or find a form that needs no clipping.""",
        source="""
def sigmoid(z):
    z = np.clip(z, -10, 10)
    return 1 / (1 + np.exp(-z))
""",
    ),
    Misconception(
        name="sigmoid-absolute-value-on-both-sides",
        part="sigmoid",
        target=TARGET,
        title="Negative z are treated like positive ones",
        hint="""The values for positive z are right; those for negative z are the values of the positive z of the same
            size. Taking the absolute value keeps exp small, but it also throws away the sign. Look at what has to differ
            between the two sides, and where the sign of z still has to come in.""",
        source="""
def sigmoid(z):
    return 1 / (1 + np.exp(-np.abs(z)))
""",
    ),
    Misconception(
        name="sigmoid-negative-side-left-zero",
        part="sigmoid",
        target=TARGET,
        title="The side z < 0 is never filled in",
        hint="""For z >= 0 the values are right, and for z < 0 they are all exactly zero: the array was made with zeros, and
            one half of it was never written. A sigmoid is small for negative z, but not zero; at z = -1 it is about 0.27.
            Look at which elements the assignments reach.""",
        source="""
def sigmoid(z):
    a = np.zeros_like(z)
    positive = z >= 0
    a[positive] = 1 / (1 + np.exp(-z[positive]))
    return a
""",
    ),
    Misconception(
        name="sigmoid-is-tanh",
        part="sigmoid",
        target=TARGET,
        title="The hyperbolic tangent in place of the sigmoid",
        hint="""These are the values of the hyperbolic tangent. It has the same shape of an S, but it runs from -1 to 1 and
            is 0 at z = 0. The logistic sigmoid runs from 0 to 1 and is one half at z = 0. Compare the formula with the one
            in the docstring.""",
        source="""
def sigmoid(z):
    return np.tanh(z)
""",
    ),
    Misconception(
        name="sigmoid-tanh-not-rescaled",
        part="sigmoid",
        target=TARGET,
        title="Made from tanh, but twice as steep",
        hint="""The function is right in its range and at z = 0, but it rises twice as fast as it should. The sigmoid can
            indeed be written with the hyperbolic tangent: both the values and the argument have to be rescaled for that.
            Compare your value at z = 1 with 0.731, and look at the argument.""",
        source="""
def sigmoid(z):
    return (1 + np.tanh(z)) / 2
""",
    ),
    Misconception(
        name="sigmoid-bipolar",
        part="sigmoid",
        target=TARGET,
        title="Scaled to the range -1 ... 1",
        hint="""The values run from -1 to 1, and z = 0 gives 0. There is a variant of the sigmoid with that range in some
            books; this lab uses the one whose values lie between 0 and 1, so that they can be read as probabilities.
            Look for a factor and an offset that do not stand in the formula.""",
        source="""
def sigmoid(z):
    exp = np.exp(-np.abs(z))
    return 2 * np.where(z >= 0, 1, exp) / (1 + exp) - 1
""",
    ),
    Misconception(
        name="sigmoid-returns-derivative",
        part="sigmoid",
        target=TARGET,
        title="The derivative of the sigmoid in place of the sigmoid",
        hint="""The largest value is 1/4, at z = 0, and the function falls on both sides: this is the shape of the
            derivative. The function sigmoid itself is wanted here, which rises from 0 to 1. The derivative has its place
            in the backward method of the layer.""",
        source="""
def sigmoid(z):
    exp = np.exp(-np.abs(z))
    return exp / (1 + exp) ** 2
""",
    ),
    Misconception(
        name="sigmoid-is-softmax",
        part="sigmoid",
        target=TARGET,
        title="The elements share one sum, as in softmax",
        hint="""The results add up to 1 over the array, so that every element depends on all others: this is softmax. The
            sigmoid treats every element on its own. Call the function with one number, and then with that number
            among others: the value for it must not change.""",
        source="""
def sigmoid(z):
    return np.exp(z) / np.sum(np.exp(z))
""",
    ),
    Misconception(
        name="sigmoid-writes-into-argument",
        part="sigmoid",
        target=TARGET,
        title="The argument z is overwritten",
        hint="""After the call, the array that was passed in holds other numbers. Operators such as -= and *=, assignments
            to z[...] and the argument out= write into the caller's own array, which somebody may still need, for example
            the layer before. Look for such a line, and make a new array there instead.""",
        source="""
def sigmoid(z):
    positive = z >= 0
    np.abs(z, out=z)
    exp = np.exp(-z)
    return np.where(positive, 1, exp) / (1 + exp)
""",
    ),
    Misconception(
        name="sigmoid-always-float64",
        part="sigmoid",
        target=TARGET,
        title="The result is float64 whatever comes in",
        hint="""For a float32 array the result is float64. NumPy makes float64 whenever it is not told a dtype, for example
            in np.zeros, np.empty and np.array. Networks are often trained in float32, which halves memory and time. Look at
            where the array of results is made, and which dtype it should take over.""",
        source="""
def sigmoid(z):
    a = np.zeros(z.shape)
    for index, value in np.ndenumerate(z):
        exp = np.exp(-np.abs(value))
        a[index] = (1 if value >= 0 else exp) / (1 + exp)
    return a
""",
    ),
)
