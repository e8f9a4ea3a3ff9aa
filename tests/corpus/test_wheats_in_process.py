"""Every wheat keeps the contract: it equals the reference, and its backward is the derivative of its own forward."""

from __future__ import annotations

import warnings

import numpy as np
import pytest
from corpus_handins import BONUS, WHEATS, as_found, expected_wheats, load, reference

WITH_BONUS = sorted(name for name, entry in expected_wheats().items() if entry["total"] > 100)
OVERFLOWING = sorted(name for name, entry in expected_wheats().items() if entry["total"] in (99, 114))
RTOL = {np.float64: 1e-10, np.float32: 2e-5}

every_wheat = pytest.mark.parametrize("wheat", sorted(expected_wheats()))
bonus_wheat = pytest.mark.parametrize("wheat", WITH_BONUS)
both_dtypes = pytest.mark.parametrize("dtype", [np.float64, np.float32], ids=["float64", "float32"])


@pytest.fixture
def handin(wheat):
    with as_found():
        yield load(WHEATS / wheat)


def draw(seed, *shape, dtype=np.float64):
    return np.random.default_rng(seed).normal(size=shape).astype(dtype)


def assert_equals(got, right, dtype):
    assert type(got) is np.ndarray
    assert got.shape == right.shape
    assert got.dtype == dtype
    assert np.linalg.norm(got - right) <= RTOL[dtype] * np.linalg.norm(right)


def assert_loss_equals(got, right, dtype):
    assert isinstance(got, float | np.floating) or (type(got) is np.ndarray and got.shape == ())
    assert abs(float(got) - float(right)) <= RTOL[dtype] * abs(float(right))


def central_difference(function, array):
    gradient = np.empty_like(array)
    for index in np.ndindex(array.shape):
        value, step = array[index], 1e-6
        array[index] = value + step
        above = function()
        array[index] = value - step
        gradient[index] = (above - function()) / (2 * step)
        array[index] = value
    return gradient


def given_parameters(layer, weight, bias):
    layer.weight, layer.bias = weight.copy(), bias.copy()
    return layer


def test_every_wheat_has_an_expected_total_and_says_what_is_different():
    folders = sorted(path.name for path in WHEATS.iterdir() if path.is_dir())
    assert folders == sorted(expected_wheats())
    assert len(folders) >= 40
    for name in folders:
        path = WHEATS / name / "backprop.ipynb"
        text = path.read_text() if path.exists() else (WHEATS / name / "activations.py").read_text(encoding="utf-8-sig")
        assert '"# ' in text if path.exists() else text.startswith("# "), name


@every_wheat
@both_dtypes
def test_sigmoid_equals_the_reference(handin, dtype):
    for shape in ((5, 3), (1, 4), (7,), (2, 3, 2)):
        z = 3 * draw(1, *shape, dtype=dtype)
        before = z.copy()
        assert_equals(handin.sigmoid(z), reference().sigmoid(before), dtype)
        assert np.array_equal(z, before)


@every_wheat
def test_sigmoid_is_right_in_the_tails_and_warns_where_expected(handin, wheat):
    z = np.array([[-1e4, -750.0, -40.0, -20.0], [1e4, 750.0, 40.0, 20.0]])
    right = reference().sigmoid(z)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        got = handin.sigmoid(z)
        warnings.simplefilter("error")
    assert np.abs(got - right).max() <= 1e-9
    assert any("overflow" in str(entry.message) for entry in caught) == (wheat in OVERFLOWING)
    assert wheat in OVERFLOWING or not caught


@every_wheat
@both_dtypes
@pytest.mark.parametrize("name", ["Sigmoid", "ReLU"])
def test_activation_layers_equal_the_reference(handin, wheat, dtype, name):
    if name in BONUS and wheat not in WITH_BONUS:
        assert not implements(handin, name)
        return
    one, other, right = getattr(handin, name)(), getattr(handin, name)(), getattr(reference(), name)()
    z, grad = draw(2, 6, 4, dtype=dtype), draw(3, 6, 4, dtype=dtype)
    arguments = z.copy(), grad.copy()
    a = one.forward(z)
    kept = a.copy()
    other.forward(draw(4, 3, 4, dtype=dtype))
    assert_equals(a, right.forward(arguments[0]), dtype)
    for _ in range(2):
        assert_equals(one.backward(grad), right.backward(arguments[1]), dtype)
    assert np.array_equal(z, arguments[0]) and np.array_equal(grad, arguments[1])
    one.forward(z + 1)
    assert np.array_equal(a, kept)


def implements(handin, name):
    """Whether a bonus class does anything: it may be missing, empty, or raise NotImplementedError."""
    try:
        made = getattr(handin, name)([np.zeros(1)]) if name == "Adam" else getattr(handin, name)()
        if name == "Adam":
            made.step([np.zeros(1)])
        else:
            made.forward(*([np.zeros((1, 2)), np.zeros(1, int)] if name != "ReLU" else [np.zeros((1, 2))]))
    except (AttributeError, NotImplementedError, TypeError):
        return False
    return True


@every_wheat
@both_dtypes
@pytest.mark.parametrize("rows", [1, 7])
def test_linear_equals_the_reference(handin, dtype, rows):
    weight, bias = draw(5, 4, 3, dtype=dtype), draw(6, 3, dtype=dtype)
    layer = given_parameters(handin.Linear(4, 3), weight, bias)
    right = given_parameters(reference().Linear(4, 3), weight, bias)
    x, grad = draw(7, rows, 4, dtype=dtype), draw(8, rows, 3, dtype=dtype)
    arguments = x.copy(), grad.copy()
    y = layer.forward(x)
    kept = y.copy()
    assert_equals(y, right.forward(arguments[0]), dtype)
    for _ in range(2):
        grad_input = layer.backward(grad)
        assert_equals(grad_input, right.backward(arguments[1]), dtype)
        assert_equals(layer.grad_weight, right.grad_weight, dtype)
        assert_equals(layer.grad_bias, right.grad_bias, dtype)
    assert np.array_equal(x, arguments[0]) and np.array_equal(grad, arguments[1])
    kept_input = grad_input.copy()
    layer.forward(x + 1)
    layer.backward(2 * grad)
    assert np.array_equal(y, kept) and np.array_equal(grad_input, kept_input)


@every_wheat
def test_linear_uses_parameters_that_are_written_in_place(handin):
    layer, right = handin.Linear(2, 3), reference().Linear(2, 3)
    weight, bias, x = draw(9, 2, 3), draw(10, 3), draw(11, 4, 2)
    for one in (layer, right):
        one.weight[...], one.bias[...] = weight, bias
    assert_equals(layer.forward(x), right.forward(x), np.float64)


@every_wheat
def test_first_weights_have_the_right_shapes_and_follow_the_generator(handin):
    layer, same, other = (handin.Linear(3, 5, np.random.default_rng(seed)) for seed in (7, 7, 8))
    assert layer.weight.shape == layer.grad_weight.shape == (3, 5)
    assert layer.bias.shape == layer.grad_bias.shape == (5,)
    assert np.array_equal(layer.weight, same.weight) and not np.array_equal(layer.weight, other.weight)


@every_wheat
@both_dtypes
@pytest.mark.parametrize("shape", [(7, 1), (4, 3), (1, 2)])
def test_mse_equals_the_reference(handin, dtype, shape):
    loss, right = handin.MSELoss(), reference().MSELoss()
    prediction, target = draw(12, *shape, dtype=dtype), draw(13, *shape, dtype=dtype)
    arguments = prediction.copy(), target.copy()
    assert_loss_equals(loss.forward(prediction, target), right.forward(*arguments), dtype)
    for _ in range(2):
        assert_equals(loss.backward(), right.backward(), dtype)
    assert np.array_equal(prediction, arguments[0]) and np.array_equal(target, arguments[1])


@every_wheat
def test_backward_is_the_derivative_of_the_own_forward_through_a_network(handin):
    layers = [handin.Linear(2, 4), handin.Sigmoid(), handin.Linear(4, 3), handin.Sigmoid()]
    for seed, layer in enumerate(layers[::2]):
        given_parameters(layer, draw(20 + seed, *layer.weight.shape), draw(30 + seed, *layer.bias.shape))
    loss, x, target = handin.MSELoss(), draw(14, 5, 2), draw(15, 5, 3)

    def value():
        h = x
        for layer in layers:
            h = layer.forward(h)
        return float(loss.forward(h, target))

    value()
    grad = loss.backward()
    for layer in reversed(layers):
        grad = layer.backward(grad)
    pairs = [(grad.copy(), x)]
    for layer in layers[::2]:
        pairs += [(np.array(layer.grad_weight), layer.weight), (np.array(layer.grad_bias), layer.bias)]
    for analytic, array in pairs:
        numeric = central_difference(value, array)
        assert np.linalg.norm(analytic - numeric) <= 1e-7 * np.linalg.norm(numeric)


@every_wheat
@both_dtypes
@pytest.mark.parametrize("momentum", [0.0, 0.9])
def test_sgd_takes_the_reference_steps(handin, dtype, momentum):
    assert_same_steps(handin.SGD, reference().SGD, dtype, lr=0.3, momentum=momentum)


@bonus_wheat
@both_dtypes
def test_adam_takes_the_reference_steps(handin, dtype):
    assert_same_steps(handin.Adam, reference().Adam, dtype, eps=1e-15)
    assert_same_steps(handin.Adam, reference().Adam, dtype, lr=0.05, betas=(0.8, 0.95), eps=1e-15)
    # the contract leaves open whether eps is added before or after the correction
    assert_same_steps(handin.Adam, reference().Adam, dtype, rtol=1e-3)


def assert_same_steps(optimizer, right_optimizer, dtype, rtol=0.0, **options):
    first = [draw(16, 3, 2, dtype=dtype), draw(17, 2, dtype=dtype), draw(18, 4, 1, dtype=dtype)]
    parameters, right = [p.copy() for p in first], [p.copy() for p in first]
    own, reference_own = optimizer(parameters, **options), right_optimizer(right, **options)
    for step in range(6):
        gradients = [draw(40 + 10 * step + k, *p.shape, dtype=dtype) for k, p in enumerate(first)]
        gradients[0][1, 0] = 0
        for gradient in gradients:
            gradient[np.abs(gradient) < 1e-3] = 1e-3
        gradients[0][0, 0] = 0
        before = [g.copy() for g in gradients]
        own.step(gradients)
        assert all(np.array_equal(g, b) for g, b in zip(gradients, before, strict=True))
        for gradient in gradients:
            gradient.fill(np.nan)
        reference_own.step(before)
        for got, wanted, start in zip(parameters, right, first, strict=True):
            assert got.dtype == dtype
            assert np.linalg.norm(got - wanted) <= max(rtol, 5 * RTOL[dtype]) * np.linalg.norm(wanted - start)


@bonus_wheat
@both_dtypes
def test_softmax_cross_entropy_equals_the_reference(handin, dtype):
    loss, right = handin.SoftmaxCrossEntropy(), reference().SoftmaxCrossEntropy()
    far = np.array([[1000.0, 0.0, -1000.0], [1000.0, 1000.0, 0.0], [-1000.0, 0.0, 1000.0]])
    for logits in (draw(19, 6, 4), 5 * draw(20, 1, 3), far):
        logits = logits.astype(dtype)
        labels = np.random.default_rng(1).integers(0, logits.shape[1], len(logits))
        arguments = logits.copy(), labels.copy()
        assert_loss_equals(loss.forward(logits, labels), right.forward(*arguments), dtype)
        for _ in range(2):
            assert_equals(loss.backward(), right.backward(), dtype)
        assert np.array_equal(logits, arguments[0]) and np.array_equal(labels, arguments[1])


@every_wheat
def test_bonus_parts_are_all_there_or_all_left_out(handin, wheat):
    assert {name for name in BONUS if implements(handin, name)} == (set(BONUS) if wheat in WITH_BONUS else set())
    assert expected_wheats()[wheat]["total"] in ((114, 115) if wheat in WITH_BONUS else (99, 100))
    assert callable(handin.fit_mnist)
