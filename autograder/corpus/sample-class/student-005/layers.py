# ## The linear layer
#
# Rows are samples: a batch `x` has shape $(N, \text{in})$ and the layer turns it into
# $y = x W + b$ of shape $(N, \text{out})$, where the bias is added to every row. Given
# $G = \partial L / \partial y$, the chain rule gives three gradients. Write one element,
# $y_{nj} = \sum_i x_{ni} W_{ij} + b_j$, and ask where $W_{ij}$, $b_j$ and $x_{ni}$ occur in it:
#
# $$ \frac{\partial L}{\partial W} = x^\top G \qquad \frac{\partial L}{\partial b_j} = \sum_n G_{nj} \qquad
# \frac{\partial L}{\partial x} = G \, W^\top $$
#
# Every sample has its share in the gradient of the parameters, therefore the sums over $n$. The
# shapes are a check for free: a gradient has the shape of what it is the gradient of.

import numpy as np


class Linear:
    """A fully connected layer: x @ weight + bias.

    Attributes: weight (in, out), bias (out,) and, after backward, grad_weight (in, out), grad_bias
    (out,).
    """

    def __init__(self, in_features, out_features, rng=None):
        """Draw the weights (given, nothing to do here).

        Arguments
            in_features, out_features: int, the number of columns of the input and of the output.
            rng: numpy.random.Generator, which makes the weights reproducible; None for different
            weights every time.

        Conventions
            Made for the sigmoid: the weights are uniform in -r ... r with r = 4 * sqrt(6 / (in + out)),
            the biases 0, all of them float64 (Glorot and Bengio 2010, with their factor 4). For
            another activation set weight afterwards, for example normal with variance 2 / in for ReLU.
        """
        rng = np.random.default_rng(rng)
        limit = 4 * np.sqrt(6 / (in_features + out_features))
        self.weight = rng.uniform(-limit, limit, (in_features, out_features))
        self.bias = np.zeros(out_features)
        self.grad_weight = np.zeros_like(self.weight)
        self.grad_bias = np.zeros_like(self.bias)

    def forward(self, x):
        """Apply the layer to a batch.

        Formula
            y = x @ weight + bias

        Arguments
            x: array (N, in), float32 or float64; one row per sample.

        Returns
            y: a new array (N, out) of the same dtype.

        Conventions
            Keep in self what backward needs. Use self.weight and self.bias as they are at the time
            of the call.

        Example
            >>> layer = Linear(2, 3)
            >>> layer.weight = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
            >>> layer.bias = np.array([0.5, 0.0, -0.5])
            >>> layer.forward(np.array([[1.0, 1.0], [2.0, 0.0]]))
            array([[5.5, 7. , 8.5],
                   [2.5, 4. , 5.5]])

        Check
            python -m pytest -k linear_forward
        """
        # YOUR CODE HERE
        raise NotImplementedError("TODO 4: Linear.forward")

    def backward(self, grad_output):
        """Carry the gradient back to the input, and set the gradients of weight and bias on the way.

        Formula
            grad_weight = x.T @ grad_output
            grad_bias   = sum of grad_output over the rows
            grad_input  = grad_output @ weight.T

        Arguments
            grad_output: array (N, out), dL/dy, of the dtype that forward received.

        Returns
            grad_input: a new array (N, in), dL/dx, of the same dtype.

        Conventions
            self.grad_weight (in, out) and self.grad_bias (out,) are set afresh by every call: sums
            over the batch, not averaged (the loss has already divided by N) and not added to those
            of the call before. x is the argument of the last forward. The weights are not updated
            here: that is the optimizer's work. grad_output is not changed.

        Example
            >>> layer = Linear(2, 3)
            >>> layer.weight = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
            >>> y = layer.forward(np.array([[1.0, 1.0], [2.0, 0.0]]))
            >>> layer.backward(np.array([[1.0, 0.0, 0.0], [0.0, 1.0, 1.0]]))
            array([[ 1.,  4.],
                   [ 5., 11.]])
            >>> layer.grad_weight
            array([[1., 2., 2.],
                   [1., 0., 0.]])
            >>> layer.grad_bias
            array([1., 1., 1.])

        Check
            python -m pytest -k linear_backward
        """
        # YOUR CODE HERE
        raise NotImplementedError("TODO 5: Linear.backward")
