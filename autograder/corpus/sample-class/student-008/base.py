from abc import ABC, abstractmethod


class Layer(ABC):
    """Keeps input and output; a subclass says what to compute and how the gradient goes back."""

    def forward(self, x):
        self.input = x
        self.output = self._compute(x)
        return self.output

    def backward(self, grad_output):
        return self._gradient(grad_output)

    @abstractmethod
    def _compute(self, x): ...

    @abstractmethod
    def _gradient(self, grad_output): ...
