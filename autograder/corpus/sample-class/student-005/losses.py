# ## Losses
#
# A loss says in one number how far a prediction is from its target. Back-propagation starts at
# its derivative. The mean squared error takes the mean over **all** elements, that is over $N$
# samples and $C$ columns:
#
# $$ L = \frac{1}{N C} \sum_{n,c} (p_{nc} - t_{nc})^2 \qquad
# \frac{\partial L}{\partial p_{nc}} = \frac{2}{N C} \, (p_{nc} - t_{nc}) $$

import numpy as np


class MSELoss:
    """The mean squared error between a prediction and its target."""

    def forward(self, prediction, target):
        """The mean of the squared differences.

        Formula
            L = sum((prediction - target) ** 2) / prediction.size

        Arguments
            prediction: array (N, C), float32 or float64.
            target: array (N, C) of the same shape and dtype.

        Returns
            L: float, one number for the whole batch.

        Conventions
            The mean is over all N * C elements, without a factor 1/2. Keep in self what backward
            needs.

        Example
            >>> MSELoss().forward(np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([[1.0, 0.0], [0.0, 4.0]]))
            3.25

        Check
            python -m pytest -k mse
        """
        # YOUR CODE HERE
        raise NotImplementedError("TODO 6: MSELoss.forward")

    def backward(self):
        """The gradient of the loss with respect to the prediction of the last forward.

        Formula
            grad = 2 * (prediction - target) / prediction.size

        Returns
            grad: a new array (N, C), dL/dprediction, of the dtype of the prediction.

        Conventions
            The exact derivative of what forward returns: the 2 and the division by N * C belong to
            it.

        Example
            >>> loss = MSELoss()
            >>> L = loss.forward(np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([[1.0, 0.0], [0.0, 4.0]]))
            >>> loss.backward()
            array([[0. , 1. ],
                   [1.5, 0. ]])

        Check
            python -m pytest -k mse
        """
        # YOUR CODE HERE
        raise NotImplementedError("TODO 7: MSELoss.backward")


# ### Bonus: softmax and cross-entropy
#
# For one class out of $C$ the network's last linear layer gives $C$ numbers, the logits $z$.
# Softmax turns each row into probabilities, and the loss is the mean surprise at the true classes
# $l_n$. Together they have a derivative that is worth working out once by hand:
#
# $$ p_{nc} = \frac{e^{z_{nc}}}{\sum_k e^{z_{nk}}} \qquad L = -\frac{1}{N} \sum_n \log p_{n l_n} \qquad
# \frac{\partial L}{\partial z_{nc}} = \frac{p_{nc} - [c = l_n]}{N} $$
#
# Softmax does not change when the same number is subtracted from a whole row, which keeps every
# exponent at or below 0.


class SoftmaxCrossEntropy:
    """Softmax and cross-entropy in one, for labels that are class numbers (bonus)."""

    def forward(self, logits, labels):
        """The mean negative logarithm of the probability that each row gives to its true class.

        Formula
            L = -mean over n of log(softmax(logits[n])[labels[n]])

        Arguments
            logits: array (N, C), float32 or float64; any finite numbers, also large ones.
            labels: array (N,), int64, each in 0 ... C - 1.

        Returns
            L: float, one number for the whole batch.

        Conventions
            The mean is over the N rows. Stable: no overflow and no log(0), also where logits differ
            by 1000.

        Example
            >>> logits = np.array([[0.0, np.log(3.0)], [1000.0, 1000.0]])
            >>> round(SoftmaxCrossEntropy().forward(logits, np.array([1, 0])), 6)
            0.490415

        Check
            python -m pytest -k softmax
        """
        # YOUR CODE HERE
        raise NotImplementedError("TODO B2: SoftmaxCrossEntropy.forward")

    def backward(self):
        """The gradient of the loss with respect to the logits of the last forward.

        Formula
            grad = (softmax(logits) - onehot(labels)) / N

        Returns
            grad: a new array (N, C), dL/dlogits, of the dtype of the logits.

        Conventions
            The division by N belongs to it. Calling backward twice gives the same twice.

        Example
            >>> loss = SoftmaxCrossEntropy()
            >>> L = loss.forward(np.array([[0.0, np.log(3.0)], [1000.0, 1000.0]]), np.array([1, 0]))
            >>> loss.backward()
            array([[ 0.125, -0.125],
                   [-0.25 ,  0.25 ]])

        Check
            python -m pytest -k softmax
        """
        # YOUR CODE HERE
        raise NotImplementedError("TODO B2: SoftmaxCrossEntropy.backward")
