# ## Activations
#
# A network of linear layers alone is one linear layer. What makes it more is the function between
# them, applied to every element on its own. The logistic sigmoid squeezes any number into the
# interval from 0 to 1:
#
# $$ a = \sigma(z) = \frac{1}{1 + e^{-z}} \qquad \frac{da}{dz} = a \, (1 - a) $$
#
# On the way back a layer receives $\partial L / \partial a$ (`grad_output`) and hands on
# $\partial L / \partial z$ (`grad_input`). By the chain rule that is
# $\partial L / \partial z = \partial L / \partial a \cdot a (1 - a)$, element by element. Note
# that the derivative is written in terms of the **output** $a$: keep it when you go forward, and
# there is nothing to compute twice.

import numpy as np


def sigmoid(z):
    """The logistic function of every element of z.

    Formula
        sigmoid(z) = 1 / (1 + exp(-z)) = exp(z) / (exp(z) + 1)

    Arguments
        z: array of any shape, float32 or float64, with abs(z) <= 1e4.

    Returns
        a new array of the same shape and dtype, every element in [0, 1].

    Conventions
        No overflow warning for abs(z) <= 1e4 (one point of its own): exp of a large positive number
        is too big for a float, so see to it that exp only ever meets numbers <= 0. In both tails
        the result is right to 1e-9. z itself is not changed.

    Example
        >>> sigmoid(np.array([0.0, np.log(3.0), -np.log(3.0)]))
        array([0.5 , 0.75, 0.25])
        >>> sigmoid(np.array([-10000.0, 10000.0]))
        array([0., 1.])

    Check
        python -m pytest -k sigmoid
    """
    # YOUR CODE HERE
    raise NotImplementedError("TODO 1: sigmoid")


class Sigmoid:
    """The sigmoid as a layer of a network: it has no parameters, but it remembers what backward needs."""

    def forward(self, z):
        """Apply the sigmoid to a batch.

        Formula
            a = sigmoid(z)

        Arguments
            z: array (N, features), float32 or float64; one row per sample.

        Returns
            a: a new array (N, features) of the dtype of z.

        Conventions
            Keep in self what backward needs. A network holds several Sigmoid objects: each
            remembers its own batch.

        Example
            >>> Sigmoid().forward(np.array([[0.0, np.log(3.0)]]))
            array([[0.5 , 0.75]])

        Check
            python -m pytest -k sigmoid_layer
        """
        # YOUR CODE HERE
        raise NotImplementedError("TODO 2: Sigmoid.forward")

    def backward(self, grad_output):
        """Carry the gradient of the loss from the output a back to the input z.

        Formula
            grad_input = grad_output * a * (1 - a)

        Arguments
            grad_output: array (N, features), dL/da, of the dtype that forward received.

        Returns
            grad_input: a new array (N, features), dL/dz, of the same dtype.

        Conventions
            a is the output of the last forward. grad_output is not changed, and calling backward
            twice gives the same twice.

        Example
            >>> layer = Sigmoid()
            >>> a = layer.forward(np.array([[0.0, np.log(3.0)]]))
            >>> layer.backward(np.array([[4.0, -16.0]]))
            array([[ 1., -3.]])

        Check
            python -m pytest -k sigmoid_layer
        """
        # YOUR CODE HERE
        raise NotImplementedError("TODO 3: Sigmoid.backward")


# ### Bonus: ReLU
#
# The rectified linear unit passes positive numbers and stops the others. Its derivative is 1 or
# 0, so that the gradient does not shrink on its way through many layers as it does with the
# sigmoid, whose derivative is at most 1/4:
#
# $$ a = \max(z, 0) \qquad \frac{da}{dz} = \begin{cases} 1 & z > 0 \\ 0 & z \le 0 \end{cases} $$


class ReLU:
    """The rectified linear unit as a layer (bonus)."""

    def forward(self, z):
        """Replace every negative element by 0.

        Formula
            a = max(z, 0)

        Arguments
            z: array (N, features), float32 or float64.

        Returns
            a: a new array (N, features) of the dtype of z.

        Conventions
            z is not changed: writing 0 into it would alter the array of the layer before.

        Example
            >>> ReLU().forward(np.array([[-2.0, 3.0]]))
            array([[0., 3.]])

        Check
            python -m pytest -k relu
        """
        # YOUR CODE HERE
        raise NotImplementedError("TODO B1: ReLU.forward")

    def backward(self, grad_output):
        """Pass the gradient where z was positive, and stop it elsewhere.

        Formula
            grad_input = grad_output where z > 0, else 0

        Arguments
            grad_output: array (N, features), dL/da, of the dtype that forward received.

        Returns
            grad_input: a new array (N, features), dL/dz, of the same dtype.

        Conventions
            The gradient at z = 0 is 0. grad_output is not changed, and calling backward twice gives
            the same twice.

        Example
            >>> layer = ReLU()
            >>> a = layer.forward(np.array([[-2.0, 3.0]]))
            >>> layer.backward(np.array([[5.0, 7.0]]))
            array([[0., 7.]])

        Check
            python -m pytest -k relu
        """
        # YOUR CODE HERE
        raise NotImplementedError("TODO B1: ReLU.backward")
