"""Mistakes in the two functions of the tiny lab."""

from gradekit.diagnosis import Misconception

MISCONCEPTIONS = (
    Misconception(
        name="predict-doubled",
        part="predict",
        target="regression.py:predict",
        title="Every prediction is twice as large as it should be",
        hint="""All predictions come out at exactly twice the expected numbers. Work one row through by hand with small
            whole numbers, once on paper and once with a print, and compare term by term. A factor that belongs to the
            derivative of a square has no place in the prediction itself, which has only products and their sum.""",
        source="def predict(x, weight):\n    return 2 * x @ weight\n",
    ),
    Misconception(
        name="predict-negated",
        part="predict",
        target="regression.py:predict",
        title="Every prediction has the wrong sign",
        hint="""The size of each prediction is as expected, but every sign is the opposite. Look for a minus sign, or for a
            difference whose two sides have changed places. Signs that cancel later, in a square for example, hide such
            a slip, and so it is worth testing this function alone before the ones that use it.""",
        source="def predict(x, weight):\n    return -x @ weight\n",
    ),
    Misconception(
        name="gradient-without-two",
        part="gradient",
        target="regression.py:gradient",
        title="The factor 2 of the square is missing",
        hint="""The gradient is exactly half of what is expected. The loss is the mean of squares, without a factor of one
            half in front of it, so that the derivative of the square keeps its exponent as a factor. Compare with a
            difference quotient of the loss in one weight to see the factor for yourself.""",
        source="def gradient(x, y, weight):\n    return x.T @ (x @ weight - y) / len(y)\n",
    ),
    Misconception(
        name="gradient-summed",
        part="gradient",
        target="regression.py:gradient",
        title="The sum over the samples is not divided by their number",
        hint="""The gradient is too large by the number of samples. The loss is a mean over all rows, so its derivative is a
            mean as well. Try the same data twice over, stacked below itself: neither loss nor gradient of a mean may
            change, while a sum doubles. Then look for where the number of samples comes in.""",
        source="def gradient(x, y, weight):\n    return 2 * x.T @ (x @ weight - y)\n",
    ),
)
