"""Mistakes in stochastic gradient descent, with and without momentum."""

from gradekit.diagnosis import Misconception

PART = "sgd"
TARGET = "optimizers.py:SGD.step"

MISCONCEPTIONS = (
    Misconception(
        name="sgd-climbs",
        part=PART,
        target=TARGET,
        title="The step goes up the gradient",
        hint="""The parameters move in the wrong direction: the gradient says where the loss grows, and the step goes
            there. Descent means to go the other way. Take one parameter with a positive gradient: after the step it has
            to be smaller. Look at the sign in the update.""",
        source="""
def step(self, gradients):
    for parameter, velocity, gradient in zip(self.parameters, self.velocities, gradients):
        velocity *= self.momentum
        velocity += gradient
        parameter += self.lr * velocity
""",
    ),
    Misconception(
        name="sgd-learning-rate-not-used",
        part=PART,
        target=TARGET,
        title="The learning rate is not used",
        hint="""The step is the whole gradient, whatever the learning rate is: with lr = 0.1 it is ten times too large. The
            constructor keeps lr in self, and every step has to be scaled by it. Look at whether lr occurs in step at
            all."""
        + " With lr = 1 the mistake would not show.",
        source="""
def step(self, gradients):
    for parameter, velocity, gradient in zip(self.parameters, self.velocities, gradients):
        velocity *= self.momentum
        velocity += gradient
        parameter -= velocity
""",
    ),
    Misconception(
        name="sgd-learning-rate-hard-coded",
        part=PART,
        target=TARGET,
        title="The learning rate is a fixed number",
        hint="""The step is always 0.01 times the velocity, whatever learning rate the optimizer was made with. A number from
            an earlier experiment may have stayed in the formula. The constructor keeps lr in self; look at what step
            multiplies with. Two optimizers with different lr must take different steps.""",
        source="""
def step(self, gradients):
    for parameter, velocity, gradient in zip(self.parameters, self.velocities, gradients):
        velocity *= self.momentum
        velocity += gradient
        parameter -= 0.01 * velocity
""",
    ),
    Misconception(
        name="sgd-learning-rate-applied-twice",
        part=PART,
        target=TARGET,
        title="The learning rate is applied twice",
        hint="""The steps are scaled by the square of the learning rate: it comes in once where the velocity is formed and
            once more where the parameter is updated. Either place alone gives the same steps, as long as lr is constant,
            but not both. Count how often lr occurs in step.""",
        source="""
def step(self, gradients):
    for parameter, velocity, gradient in zip(self.parameters, self.velocities, gradients):
        velocity *= self.momentum
        velocity += self.lr * gradient
        parameter -= self.lr * velocity
""",
    ),
    Misconception(
        name="sgd-learning-rate-decays",
        part=PART,
        target=TARGET,
        title="The learning rate shrinks from step to step",
        hint="""The first step is right, and every later one is smaller than it should be: the learning rate is lowered in
            each step. Schedules of that kind are useful and common, but they are not part of this contract, in which
            lr stays as it was given. Look for an assignment to lr in step.""",
        source="""
def step(self, gradients):
    for parameter, velocity, gradient in zip(self.parameters, self.velocities, gradients):
        velocity *= self.momentum
        velocity += gradient
        parameter -= self.lr * velocity
    self.lr *= 0.99
""",
    ),
    Misconception(
        name="sgd-not-in-place",
        part=PART,
        target=TARGET,
        title="The parameters that were handed over do not change",
        hint="""After step the arrays hold the same numbers as before. A line that assigns a new array to a name does not
            change the array that the name meant before, and that one is what the layers use. Look up the difference
            between writing into an array and giving a name to a new one.""",
        source="""
def step(self, gradients):
    for index, (velocity, gradient) in enumerate(zip(self.velocities, gradients)):
        velocity *= self.momentum
        velocity += gradient
        self.parameters[index] = self.parameters[index] - self.lr * velocity
""",
    ),
    Misconception(
        name="sgd-parameter-replaced-by-step",
        part=PART,
        target=TARGET,
        title="The step replaces the parameter",
        hint="""After step the parameter is the step itself; its former value is lost. The update is a small change to what
            is there, so the old value has to occur on the right-hand side, or an operator has to be used that adds to
            it. Look at the assignment to the parameter.""",
        source="""
def step(self, gradients):
    for parameter, velocity, gradient in zip(self.parameters, self.velocities, gradients):
        velocity *= self.momentum
        velocity += gradient
        parameter[...] = -self.lr * velocity
""",
    ),
    Misconception(
        name="sgd-first-parameter-only",
        part=PART,
        target=TARGET,
        title="Only the first parameter is updated",
        hint="""The first array moves as it should, the others stay where they are: the loop ends after its first round, or
            there is no loop. A return inside a loop ends the whole method. Look at the indentation of the last line, and
            try an optimizer with two parameters of different shapes.""",
        source="""
def step(self, gradients):
    for parameter, velocity, gradient in zip(self.parameters, self.velocities, gradients):
        velocity *= self.momentum
        velocity += gradient
        parameter -= self.lr * velocity
        return
""",
    ),
    Misconception(
        name="sgd-divides-by-rows",
        part=PART,
        target=TARGET,
        title="The gradient is divided by the number of its rows",
        hint="""The step is too small by the length of the gradient's first axis, as if that were the number of samples. The
            optimizer receives gradients of parameters: their first axis counts inputs or outputs, and the mean over the
            batch was taken by the loss. Look for a division in step.""",
        source="""
def step(self, gradients):
    for parameter, velocity, gradient in zip(self.parameters, self.velocities, gradients):
        velocity *= self.momentum
        velocity += gradient / len(gradient)
        parameter -= self.lr * velocity
""",
    ),
    Misconception(
        name="sgd-sign-of-gradient",
        part=PART,
        target=TARGET,
        title="Only the sign of the gradient is used",
        hint="""Every element moves by the same amount, whatever the size of its gradient. In gradient descent a steep
            direction makes a large step and a flat one a small step. Look for a function that keeps the sign and drops the
            size, or for a division of the gradient by its own absolute value.""",
        source="""
def step(self, gradients):
    for parameter, velocity, gradient in zip(self.parameters, self.velocities, gradients):
        velocity *= self.momentum
        velocity += np.sign(gradient)
        parameter -= self.lr * velocity
""",
    ),
    Misconception(
        name="sgd-weight-decay",
        part=PART,
        target=TARGET,
        title="The parameters shrink a little in every step",
        hint="""Besides the step along the gradient, the parameters lose a small part of themselves: this is weight decay.
            It is a useful method, but not a part of this contract; an element whose gradient is zero has to stay
            exactly where it is. Look for the parameter on the right-hand side of the update.""",
        source="""
def step(self, gradients):
    for parameter, velocity, gradient in zip(self.parameters, self.velocities, gradients):
        velocity *= self.momentum
        velocity += gradient + 1e-4 * parameter
        parameter -= self.lr * velocity
""",
    ),
    Misconception(
        name="sgd-writes-into-gradients",
        part=PART,
        target=TARGET,
        title="The gradients are overwritten",
        hint="""The parameters are right, but the gradient arrays that were passed in hold other numbers after the call.
            Operators such as *= and += write into the array on their left, and these arrays belong to the layers. Look
            for an operator of that kind on a gradient, and compute into an array of your own.""",
        source="""
def step(self, gradients):
    for parameter, velocity, gradient in zip(self.parameters, self.velocities, gradients):
        velocity *= self.momentum
        velocity += gradient
        gradient[...] = self.lr * velocity
        parameter -= gradient
""",
    ),
)
