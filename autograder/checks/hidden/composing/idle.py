"""Does a part of a submission do anything at all?"""

from typing import Any

import numpy as np
from checkkit import stands_in

Array = np.ndarray


def _sigmoid_is_idle(lab: Any) -> bool:
    z, grad = np.array([[0.5, -1.0, 2.0], [1.0, 0.25, -3.0]]), np.array([[1.0, 2.0, -1.0], [0.5, -2.0, 3.0]])
    layer = lab.Sigmoid()
    return not stands_in(layer.forward(z.copy()), z, z) or _is_idle(layer.backward(grad.copy()), grad)


def _linear_is_idle(lab: Any) -> bool:
    layer = lab.Linear(3, 3)
    layer.weight, layer.bias = np.arange(9.0).reshape(3, 3), np.ones(3)
    x, grad = np.array([[1.0, 2.0, -1.0], [0.5, -2.0, 3.0]]), np.array([[2.0, 1.0, -1.0], [0.5, -1.0, 3.0]])
    return _is_idle(layer.forward(x.copy()), x) or _is_idle(layer.backward(grad.copy()), grad)


def _loss_is_idle(lab: Any) -> bool:
    prediction, target = np.array([[1.0, 2.0]]), np.array([[0.0, 4.0]])
    loss = lab.MSELoss()
    value = loss.forward(prediction.copy(), target.copy())
    return value is None or _is_idle(loss.backward(), prediction)


def _sgd_is_idle(lab: Any) -> bool:
    # with momentum too: what takes one argument for the other stands still where momentum is 0
    return all(_stands_still(lab, momentum) for momentum in (0.0, 0.5))


def _stands_still(lab: Any, momentum: float) -> bool:
    value = np.array([1.0, 2.0])
    parameter = lab.put(value.copy())
    lab.SGD([parameter], lr=0.5, momentum=momentum).step([np.ones(2)])
    return _is_idle(lab.get(parameter), value)


def _is_idle(got: object, given: Array) -> bool:
    return type(got) is not np.ndarray or not got.any() or np.array_equal(got, given)


IDLE = {"Sigmoid": _sigmoid_is_idle, "Linear": _linear_is_idle, "MSELoss": _loss_is_idle, "SGD": _sgd_is_idle}
