"""Derivatives by differences: paid, for their numbers are right, but shown to the assistant."""

from __future__ import annotations

from check_runs import replaced, run, variant
from right_variants import RIGHT

CHECK = "test_linear_backward_grad_parameters"

BY_DIFFERENCES = """
class Linear(Linear):
    def forward(self, x):
        self.seen = x
        return x @ self.weight + self.bias

    def derivative(self, array, grad_output):
        result = np.zeros_like(array)
        for index in np.ndindex(array.shape):
            kept, sums = array[index], []
            for step in (1e-5, -1e-5):
                array[index] = kept + step
                sums.append(np.sum(grad_output * self.forward(self.seen)))
            array[index] = kept
            result[index] = (sums[0] - sums[1]) / 2e-5
        return result

    def backward(self, grad_output):
        self.grad_weight = self.derivative(self.weight, grad_output)
        self.grad_bias = self.derivative(self.bias, grad_output)
        return self.derivative(self.seen, grad_output)
"""

BY_COMPLEX_STEPS_IN_FORWARD = """
class Linear(Linear):
    def forward(self, x):
        self.slopes = np.zeros((*self.weight.shape, len(x), len(self.bias)))
        weight = self.weight.astype(complex)
        for index in np.ndindex(self.weight.shape):
            weight[index] += 1e-30j
            self.slopes[index] = (x @ weight).imag / 1e-30
            weight[index] = self.weight[index]
        return super().forward(x)

    def backward(self, grad_output):
        grad_input = super().backward(grad_output)
        self.grad_weight = (self.slopes * grad_output).sum(axis=(2, 3))
        return grad_input
"""


def test_differences_are_flagged():
    result = run(variant(layers=BY_DIFFERENCES), CHECK)
    assert result.error is None
    assert result.flags == [
        "Linear costs as much as one forward for every single weight: a derivative by differences in layers.py?"
    ]


def test_complex_steps_hidden_in_forward_are_flagged():
    result = run(variant(layers=BY_COMPLEX_STEPS_IN_FORWARD), CHECK)
    assert result.error is None
    assert len(result.flags) == 1


def test_honest_loops_are_not_flagged():
    result = run(replaced(**RIGHT["loops"]), CHECK)
    assert result.error is None
    assert result.flags == []
