"""Mistakes in Adam (bonus)."""

import textwrap

from gradekit.diagnosis import Misconception

PART = "adam"
CLASS = "optimizers.py:Adam"
TARGET = "optimizers.py:Adam.step"


def step(
    *,
    before="self.steps += 1",
    mean="beta1 * mean + (1 - beta1) * gradient",
    square="beta2 * square + (1 - beta2) * gradient**2",
    mean_hat="mean / (1 - beta1**self.steps)",
    square_hat="square / (1 - beta2**self.steps)",
    update="parameter -= self.lr * mean_hat / (np.sqrt(square_hat) + self.eps)",
):
    """The text of Adam.step, in which the lines given differ from the right ones."""
    return f"""
def step(self, gradients):
    beta1, beta2 = self.betas
    {before}
    for index, (parameter, gradient) in enumerate(zip(self.parameters, gradients)):
        mean, square = self.means[index], self.squares[index]
        mean = {mean}
        square = {square}
        self.means[index], self.squares[index] = mean, square
        mean_hat = {mean_hat}
        square_hat = {square_hat}
        {update}
"""


MISCONCEPTIONS = (
    Misconception(
        name="adam-correction-without-power",
        part=PART,
        target=TARGET,
        title="The correction does not depend on the step",
        hint="""The first step is right, and all later ones are too large: both means are divided by the same number in every
            step. The correction undoes the start from zero, and has to fade as more gradients come in. Look at where the
            number of the step should enter, and whether you count the steps at all.""",
        source=step(mean_hat="mean / (1 - beta1)", square_hat="square / (1 - beta2)"),
    ),
    Misconception(
        name="adam-no-correction",
        part=PART,
        target=TARGET,
        title="The means are not corrected for their start at zero",
        hint="""The first step is about three times as large as the learning rate. Both means start at zero and are too small
            at first, the one of the squares by far more, so that the quotient is too large. Each is divided by a number
            that depends on its beta and on the step. Look for these two divisions.""",
        source=step(mean_hat="mean", square_hat="square"),
    ),
    Misconception(
        name="adam-corrects-first-mean-only",
        part=PART,
        target=TARGET,
        title="Only the mean of the gradients is corrected",
        hint="""The first step is about thirty times as large as the learning rate: the mean of the gradients is corrected
            for its start at zero, the mean of the squares is not. Both start at zero and both are too small at first,
            each by a number that depends on its own beta.""",
        source=step(square_hat="square"),
    ),
    Misconception(
        name="adam-corrects-second-mean-only",
        part=PART,
        target=TARGET,
        title="Only the mean of the squares is corrected",
        hint="""The first step is only a tenth of the learning rate: the mean of the squares is corrected for its start at
            zero, the mean of the gradients is not. Both start at zero and both are too small at first, each by a number
            that depends on its own beta.""",
        source=step(mean_hat="mean"),
    ),
    Misconception(
        name="adam-correction-stored",
        part=PART,
        target=TARGET,
        title="The corrected means are carried on to the next step",
        hint="""The first step is right. From the second on, the correction is applied to means that were already corrected,
            because the corrected values were stored in their place. The correction is for the use in one step only; what
            is remembered are the means as they are. Look at which variables are overwritten.""",
        source=step(
            update="""self.means[index], self.squares[index] = mean_hat, square_hat
        parameter -= self.lr * mean_hat / (np.sqrt(square_hat) + self.eps)"""
        ),
    ),
    Misconception(
        name="adam-counts-from-zero",
        part=PART,
        target=TARGET,
        title="The first step has the number 0",
        hint="""The first step gives nan or infinity: any number to the power 0 is 1, and so the correction divides by zero.
            The first call of step has the number 1. Look at where the counter is increased: before it is used, or
            after."""
        + " A counter that starts at 1 and is increased afterwards is right as well.",
        source=step(
            before="step, self.steps = self.steps, self.steps + 1",
            mean_hat="mean / np.float64(1 - beta1**step)",
            square_hat="square / np.float64(1 - beta2**step)",
        ),
    ),
    Misconception(
        name="adam-counts-parameters",
        part=PART,
        target=TARGET,
        title="The step counter runs with every parameter",
        hint="""The first parameter of the first step is right, the next ones are not: the counter is increased inside the
            loop, once for each array, so that the correction fades too early. It counts the calls of step, and is the
            same for all parameters of one call. Look at the indentation of that line.""",
        source=step(
            before="pass",
            mean_hat="""mean / (1 - beta1 ** (self.steps + 1))
        self.steps += 1""",
        ),
    ),
    Misconception(
        name="adam-counter-shared-by-optimizers",
        part=PART,
        target=CLASS,
        title="All optimizers share one step counter",
        hint="""One optimizer alone is right; with two used in turn, each also counts the steps of the other. A counter that
            is kept on the class or in a global name exists only once. Look at where the number of the step is stored,
            and whether every object has its own.""",
        source="""
class Adam:
    def __init__(self, parameters, lr=1e-3, betas=(0.9, 0.999), eps=1e-8):
        self.parameters = list(parameters)
        self.lr = lr
        self.betas = betas
        self.eps = eps
        self.means = [np.zeros_like(parameter) for parameter in self.parameters]
        self.squares = [np.zeros_like(parameter) for parameter in self.parameters]
        Adam.steps = 0
"""
        + textwrap.indent(step(before="Adam.steps += 1"), "    "),
    ),
    Misconception(
        name="adam-means-start-anew",
        part=PART,
        target=TARGET,
        title="Both means start at zero in every step",
        hint="""The first step is right. Later ones depend on the newest gradient alone: both means are made anew in every
            call, so that nothing is remembered. Whatever has to survive from one step to the next is made once, in the
            constructor, and kept in self.""",
        source=step(mean="(1 - beta1) * gradient", square="(1 - beta2) * gradient**2"),
    ),
    Misconception(
        name="adam-beta-one-in-squares",
        part=PART,
        target=TARGET,
        title="A factor of the mean of squares has the wrong beta",
        hint="""The new squared gradient enters with 1 - beta1 where 1 - beta2 belongs, so that the mean of the squares is
            about a hundred times too large and the steps are too small. Each mean has its own beta, in both of its
            terms. Compare the two lines with the formula, index by index.""",
        source=step(square="beta2 * square + (1 - beta1) * gradient**2"),
    ),
    Misconception(
        name="adam-betas-exchanged",
        part=PART,
        target=TARGET,
        title="The two betas are exchanged",
        hint="""The mean of the gradients fades with the beta of the squares and the other way round. The first of the two
            numbers in betas, 0.9 by default, belongs to the gradients, the second, 0.999, to their squares. The first step
            is the same, which hides the exchange. Look at the order in which they are unpacked.""",
        source=step(before="self.steps += 1\n    beta1, beta2 = beta2, beta1"),
    ),
    Misconception(
        name="adam-betas-hard-coded",
        part=PART,
        target=TARGET,
        title="The betas are fixed numbers",
        hint="""With the default betas all is right; with others, the steps are still those of 0.9 and 0.999. The numbers
            stand in the formula themselves, or come from somewhere else than the constructor's argument. Look at what
            step reads, and try an optimizer with other betas.""",
        source=step(before="self.steps += 1\n    beta1, beta2 = 0.9, 0.999"),
    ),
    Misconception(
        name="adam-learning-rate-hard-coded",
        part=PART,
        target=TARGET,
        title="The learning rate is always 0.001",
        hint="""The steps have the size 0.001, whatever learning rate the optimizer was made with. That is the default of the
            method, but the constructor accepts another one and keeps it in self. Look at what step multiplies the quotient
            with, and try two optimizers with different learning rates.""",
        source=step(update="parameter -= 1e-3 * mean_hat / (np.sqrt(square_hat) + self.eps)"),
    ),
    Misconception(
        name="adam-gradient-not-squared",
        part=PART,
        target=TARGET,
        title="The mean of the squares is formed without squares",
        hint="""The second mean collects the gradients themselves, so that it becomes negative and its root is nan. It is to
            measure how large the gradients usually are, whatever their sign. Look at what is added to the second mean in
            each step.""",
        source=step(square="beta2 * square + (1 - beta2) * gradient"),
    ),
    Misconception(
        name="adam-root-missing",
        part=PART,
        target=TARGET,
        title="The square root is missing",
        hint="""The step is divided by the mean of the squares itself. With the root, the quotient has no unit and the step
            is about as large as the learning rate; without it, small gradients make enormous steps. Look at what
            happens to the second mean between its correction and the division.""",
        source=step(update="parameter -= self.lr * mean_hat / (square_hat + self.eps)"),
    ),
    Misconception(
        name="adam-eps-outside-the-division",
        part=PART,
        target=TARGET,
        title="eps is added after the division",
        hint="""Division binds more strongly than addition: eps is added to the finished step and no longer protects the
            denominator. Where all gradients were zero, zero is divided by zero and gives nan. Look at what the parentheses
            embrace, and evaluate the line by hand for a gradient of zero.""",
        source=step(update="parameter -= self.lr * mean_hat / np.sqrt(square_hat) + self.eps"),
    ),
    Misconception(
        name="adam-eps-missing",
        part=PART,
        target=TARGET,
        title="eps is missing",
        hint="""Where all gradients so far were zero, the step divides zero by zero and gives nan, which spreads through the
            whole network in the next forward. A small constant in the denominator prevents that; the constructor keeps
            it in self. Look at the last line of the formula.""",
        source=step(update="parameter -= self.lr * mean_hat / np.sqrt(square_hat)"),
    ),
    Misconception(
        name="adam-eps-inside-the-root",
        part=PART,
        target=TARGET,
        title="eps is added inside the root",
        hint="""For large gradients there is no difference to be seen; for gradients around 0.001 the step is too small:
            eps was added before the root was taken, which makes it ten thousand times larger. Some methods do that,
            but in this contract it stands outside. Look at the order of root and sum.""",
        source=step(update="parameter -= self.lr * mean_hat / np.sqrt(square_hat + self.eps)"),
    ),
    Misconception(
        name="adam-climbs",
        part=PART,
        target=TARGET,
        title="The step goes up the gradient",
        hint="""The parameters move by the right amounts in the wrong direction: the step follows the gradient to where the
            loss grows. Descent goes the other way. Take one parameter whose gradients are positive: it has to become
            smaller. Look at the sign in the update.""",
        source=step(update="parameter += self.lr * mean_hat / (np.sqrt(square_hat) + self.eps)"),
    ),
    Misconception(
        name="adam-not-in-place",
        part=PART,
        target=TARGET,
        title="The parameters that were handed over do not change",
        hint="""After step the arrays hold the same numbers as before. A line that assigns a new array to a name, or to an
            entry of a list, does not change the array that stood there before, and that one is what the layers use. Look
            up the difference between writing into an array and giving a name to a new one.""",
        source=step(
            update="self.parameters[index] = parameter - self.lr * mean_hat / (np.sqrt(square_hat) + self.eps)"
        ),
    ),
    Misconception(
        name="adam-only-momentum",
        part=PART,
        target=TARGET,
        title="The mean of the squares is not used",
        hint="""The step is the learning rate times the mean gradient: the division by the root of the mean square is
            missing. It is what makes steps in steep and in flat directions equally long. Look at whether the second mean,
            once computed, occurs in the update.""",
        source=step(update="parameter -= self.lr * mean_hat"),
    ),
    Misconception(
        name="adam-only-scaling",
        part=PART,
        target=TARGET,
        title="The gradient itself is used in place of its mean",
        hint="""The newest gradient is divided by the root of the mean square: this is the method RMSprop. Adam also averages
            the gradients, so that directions which change from step to step cancel. The first step is the same in both.
            Look at what stands above the fraction in the update.""",
        source=step(update="parameter -= self.lr * gradient / (np.sqrt(square_hat) + self.eps)"),
    ),
    Misconception(
        name="adam-gradient-added-in-full",
        part=PART,
        target=TARGET,
        title="The first mean is a sum, not an average",
        hint="""The new gradient is added to the first mean in full, as to the velocity of momentum, and the steps become
            about ten times too large. A running average gives the old value one share and the new one the rest, so that
            both shares add up to 1. Look at the factor of the new gradient.""",
        source=step(mean="beta1 * mean + gradient"),
    ),
    Misconception(
        name="adam-writes-into-gradients",
        part=PART,
        target=TARGET,
        title="The gradients are overwritten",
        hint="""The parameters are right, but the gradient arrays that were passed in hold other numbers after the call.
            Operators such as *= and **= write into the array on their left, and these arrays belong to the layers. Look
            for an operator of that kind on a gradient, and compute into an array of your own.""",
        source=step(
            update="""parameter -= self.lr * mean_hat / (np.sqrt(square_hat) + self.eps)
        gradient *= gradient"""
        ),
    ),
)
