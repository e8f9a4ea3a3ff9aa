"""A network, its loss and its optimizer, made of the parts of one lab or of several."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from checkkit import CheckFailure, expect_unchanged, require_array, require_number

Array = np.ndarray


class Options(NamedTuple):
    """How SGD is set: learning rate and momentum."""

    lr: float = 1.0
    momentum: float = 0.0


class OwnStack:
    """Linear and Sigmoid in turn, the loss and the optimizer, all of them objects of one lab, put together by the given Network."""

    def __init__(self, lab: Any, parameters: Sequence[Array], options: Options) -> None:
        self._lab, self._shapes = lab, [parameter.shape for parameter in parameters]
        layers: list[Any] = []
        for weight, bias in zip(parameters[::2], parameters[1::2], strict=True):
            linear = lab.Linear(*weight.shape)
            linear.weight = weight.copy()
            linear.bias = bias.copy()
            layers += [linear, lab.Sigmoid()]
        self._network, self._loss = lab.Network(layers), lab.MSELoss()
        self._options, self._optimizer = options, None

    def run(self, x: Array, target: Array) -> dict[str, Array]:
        """Forward, loss and backward: everything that comes out, by name."""
        lab = self._lab
        prediction = lab.keep(self._network.forward, x.copy())
        loss = require_number(self._loss.forward(prediction, lab.put(target.copy())), call="the loss of the network")
        grad = lab.keep(self._loss.backward)
        found = {"the prediction": lab.get(prediction), "the loss": np.array([loss])}
        found["the gradient of the loss"] = lab.get(grad)
        found["the gradient of the network's input"] = lab.get(lab.keep(self._network.backward, grad))
        return {**found, **by_layer("grad_", self._arrays(self._network.gradients))}

    def step(self, x: Array, target: Array) -> None:
        """One step of SGD on a batch."""
        lab = self._lab
        if self._optimizer is None:
            lr, momentum = self._options
            self._optimizer = lab.SGD(lab.keep(self._network.parameters), lr=lr, momentum=momentum)
        self._loss.forward(lab.keep(self._network.forward, x.copy()), target.copy())
        lab.keep(self._network.backward, lab.keep(self._loss.backward))
        self._optimizer.step(lab.keep(self._network.gradients))

    def parameters(self) -> list[Array]:
        """The weights and biases as they are now."""
        return self._arrays(self._network.parameters)

    def predict(self, x: Array) -> Array:
        """The output of the network."""
        call = "forward of the network"
        return require_array(self._network.forward(x.copy()), (len(x), self._shapes[-1][0]), call=call)

    def _arrays(self, method: Callable[[], Any]) -> list[Array]:
        got = self._lab.get(self._lab.keep(method))
        if type(got) is not list or len(got) != len(self._shapes):
            raise CheckFailure("type", called="the parameters of the network", got="another list than there should be")
        return [require_array(array, s, call="a parameter") for array, s in zip(got, self._shapes, strict=True)]


class Part:
    """One kind of object from a lab; its calls copy what they are given."""

    def __init__(self, name: str, lab: Any) -> None:
        self.name, self.lab = name, lab

    def make(self, *args: Any, **kwargs: Any) -> Any:
        """Make an object of this kind."""
        return getattr(self.lab, self.name)(*args, **kwargs)

    def call(self, instance: Any, method: str, *arrays: Array) -> Any:
        """Call a method on copies of arrays."""
        return getattr(instance, method)(*(array.copy() for array in arrays))

    def array(self, instance: Any, method: str, shape: tuple[int, ...], *arrays: Array) -> Array:
        """The same, for a method that returns an array of this shape; a copy of it."""
        return require_array(self.call(instance, method, *arrays), shape, call=f"{method} of {self.name}")

    def expect_unchanged(self, values: Iterable[tuple[str, Array, Any]]) -> None:
        """Nothing is watched here."""


class WatchedPart(Part):
    """The same, and what went in and came out must not change between two calls of `expect_unchanged`."""

    def __init__(self, name: str, lab: Any) -> None:
        super().__init__(name, lab)
        self._seen: list[tuple[str, Array, Any]] = []

    def call(self, instance: Any, method: str, *arrays: Array) -> Any:
        """Call a method on copies of arrays and return a copy of what it returns."""
        handles = [self._watched(f"an argument of {method}", array, self.lab.put(array.copy())) for array in arrays]
        result = self.lab.keep(getattr(instance, method), *handles)
        value = self.lab.get(result)
        if type(value) is np.ndarray:
            self._watched(f"what {method} returned", value, result)
        return value

    def expect_unchanged(self, values: Iterable[tuple[str, Array, Any]]) -> None:
        """Fail if an array has changed, or one of ``values``: name, what it should be, what it is."""
        call = f"forward and backward of {self.name}"
        found = self.lab.get([handle for _, _, handle in self._seen])
        for (name, before, _), after in zip(self._seen, found, strict=True):
            expect_unchanged(name, before, after, call=call)
        for name, before, after in values:
            expect_unchanged(name, before, after, call=call)
        self._seen.clear()

    def _watched(self, name: str, before: Array, handle: Any) -> Any:
        self._seen.append((name, before.copy(), handle))
        return handle


class MixedStack:
    """The same, each kind of object from a lab of its own; all values pass through here, as copies."""

    def __init__(self, parts: Mapping[str, Part], parameters: Sequence[Array], options: Options) -> None:
        self._parts = parts
        self._values = [parameter.copy() for parameter in parameters]
        self._linears = [self._parts["Linear"].make(*weight.shape) for weight in parameters[::2]]
        self._sigmoids = [self._parts["Sigmoid"].make() for _ in self._linears]
        self._loss = self._parts["MSELoss"].make()
        self._options, self._optimizer, self._handles = options, None, []
        self._hand_out()

    def run(self, x: Array, target: Array) -> dict[str, Array]:
        """Forward, loss and backward: everything that comes out, by name."""
        parts = self._parts
        prediction = self.predict(x)
        loss = require_number(parts["MSELoss"].call(self._loss, "forward", prediction, target), call="MSELoss.forward")
        grad = parts["MSELoss"].array(self._loss, "backward", prediction.shape)
        found = {"the prediction": prediction, "the loss": np.array([loss]), "the gradient of the loss": grad}
        layers = list(zip(self._linears, self._sigmoids, self._values[::2], strict=True))
        for linear, sigmoid, weight in reversed(layers):
            grad = parts["Sigmoid"].array(sigmoid, "backward", grad.shape, grad)
            grad = parts["Linear"].array(linear, "backward", (len(x), len(weight)), grad)
        found["the gradient of the network's input"] = grad
        for name in ("MSELoss", "Sigmoid"):
            parts[name].expect_unchanged(())
        parts["Linear"].expect_unchanged(self._set_parameters())
        return {**found, **by_layer("grad_", self._gradients())}

    def step(self, x: Array, target: Array) -> None:
        """One step of SGD on a batch."""
        self.run(x, target)
        part = self._parts["SGD"]
        if self._optimizer is None:
            self._handles = [part.lab.put(value.copy()) for value in self._values]
            self._optimizer = part.make(self._handles, lr=self._options.lr, momentum=self._options.momentum)
        self._optimizer.step(self._gradients())
        self._values = [
            require_array(array, value.shape, call="a parameter after SGD.step")
            for array, value in zip(part.lab.get(self._handles), self._values, strict=True)
        ]
        self._hand_out()

    def parameters(self) -> list[Array]:
        """The weights and biases as they are now."""
        return self._values

    def predict(self, x: Array) -> Array:
        """The output of the network."""
        for linear, sigmoid, bias in zip(self._linears, self._sigmoids, self._values[1::2], strict=True):
            shape = (len(x), len(bias))
            x = self._parts["Linear"].array(linear, "forward", shape, x)
            x = self._parts["Sigmoid"].array(sigmoid, "forward", shape, x)
        return x

    def _gradients(self) -> list[Array]:
        got = [gradient for linear in self._linears for gradient in (linear.grad_weight, linear.grad_bias)]
        pairs = zip(got, self._values, strict=True)
        return [require_array(gradient, value.shape, call="grad_weight, grad_bias") for gradient, value in pairs]

    def _set_parameters(self) -> Iterator[tuple[str, Array, Any]]:
        for linear, weight, bias in zip(self._linears, self._values[::2], self._values[1::2], strict=True):
            yield "weight", weight, linear.weight
            yield "bias", bias, linear.bias

    def _hand_out(self) -> None:
        for linear, weight, bias in zip(self._linears, self._values[::2], self._values[1::2], strict=True):
            linear.weight = weight.copy()
            linear.bias = bias.copy()


def by_layer(prefix: str, arrays: Sequence[Array]) -> dict[str, Array]:
    """Name the arrays of a list like `Network.parameters`."""
    names = ("weight", "bias")
    return {f"{prefix}{names[index % 2]} of linear layer {index // 2 + 1}": a for index, a in enumerate(arrays)}
