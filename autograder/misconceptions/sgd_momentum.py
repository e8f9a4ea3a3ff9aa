"""Mistakes in the momentum of stochastic gradient descent."""

from gradekit.diagnosis import Misconception

PART = "sgd"
CLASS = "optimizers.py:SGD"
TARGET = "optimizers.py:SGD.step"

MISCONCEPTIONS = (
    Misconception(
        name="sgd-momentum-not-used",
        part=PART,
        target=TARGET,
        title="Momentum has no effect",
        hint="""With momentum the steps are those of plain gradient descent. Either momentum does not occur in the update, or
            the velocity starts at zero again in every step and has nothing to remember. Look at where the velocity is
            made, how long it lives, and whether the new value is stored.""",
        source="""
def step(self, gradients):
    for parameter, gradient in zip(self.parameters, gradients):
        parameter -= self.lr * gradient
""",
    ),
    Misconception(
        name="sgd-momentum-previous-gradient",
        part=PART,
        target=TARGET,
        title="The previous gradient is used as velocity",
        hint="""The first two steps are right, the third is not: what is kept from step to step is the last gradient alone.
            The velocity is a sum of all gradients so far, in which older ones fade; it has to be stored after the
            new gradient was added. Look at what is assigned to the variable that survives the call.""",
        source="""
def step(self, gradients):
    for index, (parameter, gradient) in enumerate(zip(self.parameters, gradients)):
        parameter -= self.lr * (self.momentum * self.velocities[index] + gradient)
        self.velocities[index] = gradient.copy()
""",
    ),
    Misconception(
        name="sgd-momentum-running-average",
        part=PART,
        target=TARGET,
        title="The velocity is a running average",
        hint="""The new gradient enters the velocity with the factor 1 - momentum, so that the first step is already too
            small by it. Some methods average in this way; the velocity of this lab is a sum, to which the gradient is
            added in full. With momentum = 0 both agree. Compare the factors with the formula.""",
        source="""
def step(self, gradients):
    for parameter, velocity, gradient in zip(self.parameters, self.velocities, gradients):
        velocity *= self.momentum
        velocity += (1 - self.momentum) * gradient
        parameter -= self.lr * velocity
""",
    ),
    Misconception(
        name="sgd-momentum-wrong-sign",
        part=PART,
        target=TARGET,
        title="The velocity brakes in place of carrying on",
        hint="""The old velocity enters with a minus sign: it works against the step where it should carry it on. The usual
            cause is a mixture of two conventions, one in which the velocity points along the gradient and one in which it
            points downhill. Keep to one of them in both lines.""",
        source="""
def step(self, gradients):
    for parameter, velocity, gradient in zip(self.parameters, self.velocities, gradients):
        velocity *= -self.momentum
        velocity += gradient
        parameter -= self.lr * velocity
""",
    ),
    Misconception(
        name="sgd-momentum-nesterov",
        part=PART,
        target=TARGET,
        title="Nesterov's variant of momentum",
        hint="""The steps are those of Nesterov's method, which looks ahead along the velocity: momentum is applied once
            more on top of the new velocity. It is a good method, but the contract asks for the classical one, whose
            first step is plain gradient descent. Compare the last line of the formula.""",
        source="""
def step(self, gradients):
    for parameter, velocity, gradient in zip(self.parameters, self.velocities, gradients):
        velocity *= self.momentum
        velocity += gradient
        parameter -= self.lr * (gradient + self.momentum * velocity)
""",
    ),
    Misconception(
        name="sgd-momentum-looks-back",
        part=PART,
        target=TARGET,
        title="A look-ahead in the wrong direction",
        hint="""The update subtracts the velocity, scaled by momentum, where a look-ahead would add it: the step is made
            shorter instead of longer. This happens when a formula in which the velocity is added to the parameters is
            mixed with one in which it is subtracted. The contract needs no look-ahead at all.""",
        source="""
def step(self, gradients):
    for parameter, velocity, gradient in zip(self.parameters, self.velocities, gradients):
        velocity *= self.momentum
        velocity += gradient
        parameter -= self.lr * (gradient - self.momentum * velocity)
""",
    ),
    Misconception(
        name="sgd-momentum-step-before-velocity",
        part=PART,
        target=TARGET,
        title="The step uses the velocity of the step before",
        hint="""The first step does not move anything, and every later one is what the step before should have been: the
            parameter is updated first, and the velocity afterwards. Look at the order of the two lines. The new
            gradient has to be in the velocity before the parameter follows it.""",
        source="""
def step(self, gradients):
    for parameter, velocity, gradient in zip(self.parameters, self.velocities, gradients):
        parameter -= self.lr * velocity
        velocity *= self.momentum
        velocity += gradient
""",
    ),
    Misconception(
        name="sgd-momentum-fades-the-gradient",
        part=PART,
        target=TARGET,
        title="Momentum is applied to the new gradient as well",
        hint="""The gradient was added to the velocity before both were multiplied by momentum, so that the newest gradient
            already fades, and with momentum = 0 nothing moves at all. Look at the order of the two operations: only what
            is left from earlier steps is to be faded.""",
        source="""
def step(self, gradients):
    for parameter, velocity, gradient in zip(self.parameters, self.velocities, gradients):
        velocity += gradient
        velocity *= self.momentum
        parameter -= self.lr * velocity
""",
    ),
    Misconception(
        name="sgd-momentum-never-fades",
        part=PART,
        target=TARGET,
        title="Old gradients never fade",
        hint="""All gradients so far are added up in full, as if momentum were 1; the steps grow longer and longer, also
            when momentum is 0. The velocity has to lose a part of itself before the new gradient is added. Look at where
            momentum enters, and test with momentum = 0 over several steps.""",
        source="""
def step(self, gradients):
    for parameter, velocity, gradient in zip(self.parameters, self.velocities, gradients):
        velocity += gradient
        parameter -= self.lr * velocity
""",
    ),
    Misconception(
        name="sgd-momentum-and-learning-rate-exchanged",
        part=PART,
        target=TARGET,
        title="Learning rate and momentum are exchanged",
        hint="""The velocity fades by the learning rate, and the step is scaled by momentum; with momentum = 0 nothing moves.
            The two numbers have changed places, in the update or where the constructor stores them. Say for each of them
            what it does, then compare with the formula line by line.""",
        source="""
def step(self, gradients):
    for parameter, velocity, gradient in zip(self.parameters, self.velocities, gradients):
        velocity *= self.lr
        velocity += gradient
        parameter -= self.momentum * velocity
""",
    ),
    Misconception(
        name="sgd-one-velocity-for-all-parameters",
        part=PART,
        target=TARGET,
        title="All parameters share one velocity",
        hint="""There is a single velocity for all parameters, so that the gradients of different arrays meet in it; where
            their shapes differ, an exception is raised. Every parameter has a velocity of its own, of its own shape.
            Look at how many velocities exist, and which one each parameter uses.""",
        source="""
def step(self, gradients):
    velocity = getattr(self, "velocity", 0)
    for parameter, gradient in zip(self.parameters, gradients):
        velocity = self.momentum * velocity + gradient
        parameter -= self.lr * velocity
    self.velocity = velocity
""",
    ),
    Misconception(
        name="sgd-velocities-shared-by-optimizers",
        part=PART,
        target=CLASS,
        title="All optimizers share their velocities",
        hint="""One optimizer alone is right; with two of them, each disturbs what the other remembers. A value that is kept
            on the class or in a global name exists only once. Look at where the velocities are stored, and whether every
            object makes its own in the constructor.""",
        source="""
class SGD:
    def __init__(self, parameters, lr, momentum=0.0):
        self.parameters = list(parameters)
        self.lr = lr
        self.momentum = momentum
        SGD.velocities = [np.zeros_like(parameter) for parameter in self.parameters]
""",
    ),
    Misconception(
        name="sgd-first-velocity-not-copied",
        part=PART,
        target=CLASS,
        title="The first velocity is the caller's gradient array",
        hint="""The first gradient was stored as velocity without a copy. When its owner writes the next gradient into the
            same array, the velocity changes with it, and the old one is lost. A second name for an array is no copy of
            it. Look at the assignment that fills the velocity for the first time.""",
        source="""
class SGD:
    def step(self, gradients):
        if not hasattr(self, "started"):
            self.started = True
            self.velocities = list(gradients)
        else:
            pairs = zip(self.velocities, gradients)
            self.velocities = [self.momentum * velocity + gradient for velocity, gradient in pairs]
        for parameter, velocity in zip(self.parameters, self.velocities):
            parameter -= self.lr * velocity
""",
    ),
    Misconception(
        name="sgd-velocity-is-the-gradient-array",
        part=PART,
        target=CLASS,
        title="The velocity is the gradient array itself",
        hint="""The first gradient was stored as velocity without a copy, so that both names mean the same array. When the
            velocity is updated, the caller's gradient changes, and when the caller writes the next gradient into it, the
            velocity is gone. Look at the assignment that fills the velocity for the first time.""",
        source="""
class SGD:
    def step(self, gradients):
        if not hasattr(self, "started"):
            self.started = True
            self.velocities = list(gradients)
        else:
            for velocity, gradient in zip(self.velocities, gradients):
                velocity *= self.momentum
                velocity += gradient
        for parameter, velocity in zip(self.parameters, self.velocities):
            parameter -= self.lr * velocity
""",
    ),
)
