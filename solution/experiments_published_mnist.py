# %% [markdown]
# ## What was published on handwritten digits (given)
#
# The reports state the network, the loss and the rate, but neither the first weights nor the number
# of images in a step. One guess agrees with most of their figures: weights uniform in -1 ... 1, and 64
# images. These weights are far too large for 784 inputs, and every further layer makes the outputs
# larger still: that is why the deeper networks came out worse. The accuracy is that on the 10,000 test
# images.

# %%
from dataclasses import replace

# %% tags=["file-only"]
from experiments_mnist import DigitsSetting
from experiments_published import Claim, accuracy_after, loss_after, within

# %%
LARGE = "uniform(-1, 1)"
ONE_HIDDEN = DigitsSetting(hidden=(360,), weights=LARGE, batch_size=64, lr=0.1, epochs=30)
TWO_HIDDEN = replace(ONE_HIDDEN, hidden=(360, 100), epochs=10)
THREE_HIDDEN = replace(ONE_HIDDEN, hidden=(360, 100, 50), epochs=3)
SIGMOIDS = replace(THREE_HIDDEN, activation="sigmoid")

NET = "MNIST 784-360-10, ReLU, softmax cross-entropy, SGD, lr 0.1"
DEEP = "MNIST 784-360-100-10, ReLU, softmax cross-entropy, SGD, lr 0.1"
DEEPER = "MNIST 784-360-100-50-10, softmax cross-entropy, SGD, lr 0.1"


def stalled(accuracy):
    """Whether an accuracy is that of a network that answers nearly the same for every image."""
    return 0.09 <= accuracy <= 0.19


def first_loss(network, setting, remark=""):
    """The training loss in the first epoch, of which nothing was published."""
    statement = f"{setting.weights}: training loss in the first epoch"
    return Claim(network, statement, "no figure", (setting,), loss_after(1), None, "{:.3g}", remark)


def accuracy(network, statement, published, setting, epoch, holds, remark=""):
    """A claim about the accuracy after so many epochs."""
    return Claim(network, statement, published, (setting,), accuracy_after(epoch), holds, remark=remark)


DIGITS_CLAIMS = (
    accuracy(
        NET,
        "accuracy after 1 epoch",
        "92 %",
        ONE_HIDDEN,
        1,
        within(0.92),
        "First weights uniform(-1, 1), 64 images in a step.",
    ),
    accuracy(NET, "accuracy after 10 epochs", "95.9 %", ONE_HIDDEN, 10, within(0.959)),
    accuracy(NET, "accuracy after 30 epochs", "96.5 % (after 30 to 40)", ONE_HIDDEN, 30, within(0.965)),
    accuracy(
        NET,
        "He's first weights: accuracy after 10 epochs",
        "no figure",
        replace(ONE_HIDDEN, weights="He", epochs=10),
        10,
        None,
        "Weights of the right size are worth more than twenty further epochs.",
    ),
    accuracy(
        NET,
        "PyTorch's first weights: accuracy after 10 epochs",
        "94.4 % (PyTorch)",
        replace(ONE_HIDDEN, weights="1/sqrt(in)", batch_size=512, epochs=10),
        10,
        within(0.944),
        "NumPy, with PyTorch's default for linear layers and 512 images in a step; with fewer it comes out higher.",
    ),
    accuracy(
        DEEP,
        "accuracy after 10 epochs",
        "88 %",
        TWO_HIDDEN,
        10,
        within(0.88),
        "First weights uniform(-1, 1): worse than with one hidden layer, as published, but not by as much.",
    ),
    accuracy(
        DEEP,
        "He's first weights: accuracy after 10 epochs",
        "no figure",
        replace(TWO_HIDDEN, weights="He"),
        10,
        None,
        "The deeper network is not the worse one any more.",
    ),
    accuracy(
        DEEPER,
        "ReLU: accuracy after 3 epochs",
        "stalls near 10 to 18 %",
        THREE_HIDDEN,
        3,
        stalled,
        "First weights uniform(-1, 1). The widths of the fourth layer are not stated.",
    ),
    accuracy(
        DEEPER,
        "ReLU, first weights normal(0, 0.01): accuracy after 1 epoch",
        "stalls near 10 to 18 %",
        replace(THREE_HIDDEN, weights="normal(0, 0.01)"),
        1,
        stalled,
        "Too small does the same as too large, for a while.",
    ),
    accuracy(
        DEEPER,
        "ReLU, first weights normal(0, 0.01): accuracy after 3 epochs",
        "no figure",
        replace(THREE_HIDDEN, weights="normal(0, 0.01)"),
        3,
        None,
    ),
    accuracy(
        DEEPER,
        "ReLU, He's first weights: accuracy after 3 epochs",
        "no figure",
        replace(THREE_HIDDEN, weights="He"),
        3,
        None,
        "The cure: the size of the first weights alone.",
    ),
    accuracy(
        DEEPER,
        "sigmoid: accuracy after 3 epochs",
        "stalls near 10 to 18 %",
        SIGMOIDS,
        3,
        stalled,
        "First weights uniform(-1, 1): they saturate the sigmoids, which slows them but does not stop them.",
    ),
    accuracy(
        DEEPER,
        "sigmoid, first weights normal(0, 0.01): accuracy after 3 epochs",
        "stalls near 10 to 18 %",
        replace(SIGMOIDS, weights="normal(0, 0.01)"),
        3,
        stalled,
        "Of the weights tried, those with which plain sigmoid stalls.",
    ),
    accuracy(
        DEEPER,
        "sigmoid, first weights 4 x Glorot: accuracy after 3 epochs",
        "no figure",
        replace(SIGMOIDS, weights="4 x Glorot"),
        3,
        None,
        "The cure for the sigmoid.",
    ),
    first_loss(NET, ONE_HIDDEN, "ln 10 = 2.3 is the loss of a network that knows nothing."),
    first_loss(DEEP, TWO_HIDDEN, "Why deeper came out worse: every layer makes the outputs larger."),
    first_loss(DEEP, replace(TWO_HIDDEN, weights="He")),
    first_loss(DEEPER, THREE_HIDDEN, "With one layer more the loss overflows."),
    first_loss(DEEPER, replace(THREE_HIDDEN, weights="He")),
)
