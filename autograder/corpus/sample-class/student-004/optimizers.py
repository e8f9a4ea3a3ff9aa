# ## Optimizers
#
# The gradient $g$ says in which direction the loss grows; a step goes the other way. With
# momentum $\mu$ the step follows a velocity $v$, a sum of all gradients so far in which older
# ones fade. Slopes that keep their direction add up, those that swing to and fro cancel:
#
# $$ v \leftarrow \mu \, v + g \qquad p \leftarrow p - \eta \, v $$
#
# $\eta$ is the learning rate (`lr`), and every parameter $p$ has a velocity of its own, of its
# own shape.

import numpy as np


class SGD:
    """Stochastic gradient descent with momentum."""

    def __init__(self, parameters, lr, momentum=0.0):
        """Remember what to update and how; every velocity starts at 0.

        Arguments
            parameters: list of arrays, float32 or float64, of any shapes: the very arrays that the
            layers use. lr: float > 0, the learning rate.
            momentum: float, 0 <= momentum < 1; 0 is plain gradient descent.
        """
        self.parameters = list(parameters)
        self.lr = lr
        self.momentum = momentum
        # Part of TODO 8: make here whatever step has to remember from one call to the next.
        # YOUR CODE HERE

    def step(self, gradients):
        """Update every parameter once.

        Formula
            v = momentum * v + gradient
            parameter = parameter - lr * v

        Arguments
            gradients: list of arrays, one for each parameter, in the same order and of the same
            shapes.

        Returns
            None: the parameters themselves are changed.

        Conventions
            In place: write into the arrays (p -= ... or p[...] = ...), for the layers hold the same
            arrays; p = p - ... would only give a new array to a local name. The gradients are not
            changed, and may be overwritten by their owner after the call.

        Example
            >>> p = np.array([1.0, 2.0])
            >>> optimizer = SGD([p], lr=0.5, momentum=0.5)
            >>> optimizer.step([np.array([2.0, 0.0])])
            >>> p
            array([0., 2.])
            >>> optimizer.step([np.array([1.0, -4.0])])
            >>> p
            array([-1.,  4.])

        Check
            python -m pytest -k sgd
        """
        # YOUR CODE HERE
        raise NotImplementedError("TODO 8: SGD.step")  # remove this line when step is written


# ### Bonus: Adam
#
# Adam (Kingma and Ba 2015) gives every single number its own step length: the mean $m$ of the
# recent gradients divided by the root of the mean $s$ of their squares. Both means start at 0 and
# are therefore too small at first; dividing by $1 - \beta^t$ corrects that in step $t$:
#
# $$ m \leftarrow \beta_1 m + (1 - \beta_1) \, g \qquad s \leftarrow \beta_2 s + (1 - \beta_2) \, g^2 \qquad
# p \leftarrow p - \eta \, \frac{m / (1 - \beta_1^t)}{\sqrt{s / (1 - \beta_2^t)} + \epsilon} $$


class Adam:
    """Adaptive moment estimation (bonus)."""

    def __init__(self, parameters, lr=1e-3, betas=(0.9, 0.999), eps=1e-8):
        """Remember what to update and how; both means start at 0.

        Arguments
            parameters: list of arrays, float32 or float64, of any shapes: the very arrays that the
            layers use. lr: float > 0, the learning rate.
            betas: two floats in [0, 1), how much of the mean and of the mean square is kept in a
            step. eps: float > 0, added to the root, so that nothing is divided by 0.
        """
        self.parameters = list(parameters)
        self.lr = lr
        self.betas = betas
        self.eps = eps
        # Part of TODO B3: make here whatever step has to remember from one call to the next.
        # YOUR CODE HERE

    def step(self, gradients):
        """Update every parameter once.

        Formula
            t = t + 1
            m = beta1 * m + (1 - beta1) * gradient
            s = beta2 * s + (1 - beta2) * gradient ** 2
            parameter = parameter - lr * (m / (1 - beta1 ** t)) / (sqrt(s / (1 - beta2 ** t)) + eps)

        Arguments
            gradients: list of arrays, one for each parameter, in the same order and of the same
            shapes.

        Returns
            None: the parameters themselves are changed.

        Conventions
            In place. t counts calls of step, not parameters. eps is added outside the root. The
            gradients are not changed.

        Example
            >>> p = np.array([1.0, 2.0])
            >>> optimizer = Adam([p], lr=0.5)
            >>> optimizer.step([np.array([4.0, 0.0])])
            >>> p.round(6)
            array([0.5, 2. ])

        Check
            python -m pytest -k adam
        """
        # YOUR CODE HERE
        raise NotImplementedError("TODO B3: Adam.step")  # remove this line when step is written
