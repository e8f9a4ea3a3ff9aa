"""The reference: against central differences, its documented examples, and what training reaches."""

import ast
import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

ROOT = Path(__file__).resolve().parents[2]
SOLUTION = ROOT / "solution"
NAMES = ("activations", "layers", "losses", "network", "optimizers", "classifier", "train", "experiments")


def central_differences(function, array, step=1e-6):
    """The derivative of the number function() with respect to every element of array, which function reads."""
    gradient = np.zeros_like(array)
    for index in np.ndindex(array.shape):
        kept = array[index]
        array[index] = kept + step
        above = function()
        array[index] = kept - step
        below = function()
        array[index] = kept
        gradient[index] = (above - below) / (2 * step)
    return gradient


def assert_close(actual, expected, tolerance=1e-8):
    assert actual.shape == expected.shape
    assert np.linalg.norm(actual - expected) <= tolerance * (1 + np.linalg.norm(expected))


def run_python(*arguments, cwd=ROOT, **environment):
    """A Python of its own, with one BLAS thread: on a busy machine several threads mostly wait for each other."""
    threads = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    return subprocess.run(
        [sys.executable, "-W", "error", *arguments],
        cwd=cwd,
        env={**os.environ, **threads, "MPLBACKEND": "agg", **environment},
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )


def run_train(*arguments, cwd, **environment):
    return run_python(SOLUTION / "train.py", *arguments, cwd=cwd, **environment)


# Documentation


def test_the_examples_of_the_docstrings_are_right():
    done = run_python("-m", "doctest", *(SOLUTION / f"{name}.py" for name in NAMES))
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("name", ["activations", "layers", "losses", "optimizers", "classifier"])
def test_every_stub_has_an_example_and_names_its_check(name):
    tree = ast.parse((SOLUTION / f"{name}.py").read_text())
    stubs = [
        node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and isinstance(node.body[-1], ast.Raise)
    ]
    assert stubs
    for stub in stubs:
        text = ast.get_docstring(stub)
        places = [text.index(word) for word in ("Formula", "Returns", "Conventions", "Example", "Check")]
        assert places == sorted(places), stub.name
        assert ">>>" in text
        assert "python -m pytest -k " in text


# Gradients and values


@pytest.mark.parametrize("layer", ["Sigmoid", "ReLU"])
def test_activation_backward_is_the_derivative_of_forward(lab, layer):
    rng = np.random.default_rng(1)
    z, weights = rng.normal(0, 2, (7, 3)), rng.normal(size=(7, 3))
    activation = getattr(lab["activations"], layer)()
    numeric = central_differences(lambda: float((activation.forward(z) * weights).sum()), z)
    activation.forward(z)
    assert_close(activation.backward(weights), numeric)


@pytest.mark.parametrize("rows", [1, 7])
def test_linear_backward_is_the_derivative_of_forward(lab, rows):
    rng = np.random.default_rng(2)
    layer = lab["layers"].Linear(4, 3, rng)
    layer.bias += rng.normal(size=3)
    x, weights = rng.normal(size=(rows, 4)), rng.normal(size=(rows, 3))

    def total():
        return float((layer.forward(x) * weights).sum())

    expected = [central_differences(total, array) for array in (x, layer.weight, layer.bias)]
    layer.forward(x)
    for _ in range(2):
        actual = [layer.backward(weights), layer.grad_weight, layer.grad_bias]
        for one, other in zip(actual, expected, strict=True):
            assert_close(one, other)


def test_loss_backward_is_the_derivative_of_forward(lab):
    rng = np.random.default_rng(3)
    prediction, target, labels = rng.normal(size=(7, 3)), rng.normal(size=(7, 3)), rng.integers(3, size=7)
    for loss, wanted in ((lab["losses"].MSELoss(), target), (lab["losses"].SoftmaxCrossEntropy(), labels)):
        numeric = central_differences(lambda loss=loss, wanted=wanted: loss.forward(prediction, wanted), prediction)
        loss.forward(prediction, wanted)
        assert_close(loss.backward(), numeric)


def test_network_gradients_are_the_derivatives_of_the_loss(lab):
    rng = np.random.default_rng(4)
    network = lab["train"].build([3, 5, 4, 2], rng)
    loss = lab["losses"].MSELoss()
    x, target = rng.normal(size=(7, 3)), rng.random((7, 2))

    def total():
        return loss.forward(network.forward(x), target)

    expected = [central_differences(total, parameter) for parameter in network.parameters()]
    expected.append(central_differences(total, x))
    total()
    grad_input = network.backward(loss.backward())
    assert len(network.parameters()) == len(network.gradients()) == 6
    for actual, numeric in zip([*network.gradients(), grad_input], expected, strict=True):
        assert_close(actual, numeric)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_sigmoid_is_right_in_both_tails_without_a_warning(lab, dtype):
    z = np.array([-1e4, -700, -80, -1, 0, 1, 80, 700, 1e4], dtype)
    with np.errstate(over="raise", divide="raise", invalid="raise"):
        result = lab["activations"].sigmoid(z)
    assert result.dtype == dtype
    expected = [
        0,
        0 if dtype == np.float32 else np.exp(-700),
        np.exp(-80),
        1 / (1 + np.e),
        0.5,
        np.e / (1 + np.e),
        1,
        1,
        1,
    ]
    assert np.allclose(result, expected, rtol=1e-6 if dtype == np.float32 else 1e-14, atol=0)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_every_part_keeps_the_dtype_and_its_arguments(lab, dtype):
    rng = np.random.default_rng(5)
    network = lab["train"].build([3, 4, 2], rng)
    network.layers.append(lab["activations"].ReLU())
    for layer in network.layers[:-1:2]:
        layer.weight, layer.bias = layer.weight.astype(dtype), layer.bias.astype(dtype)
    x, target = rng.random((5, 3)).astype(dtype), rng.random((5, 2)).astype(dtype)
    labels, grad = np.array([0, 1, 1, 0, 1]), rng.random((5, 2)).astype(dtype)
    for array in (x, target, labels, grad):
        array.flags.writeable = False
    output = network.forward(x)
    mse, cross_entropy = lab["losses"].MSELoss(), lab["losses"].SoftmaxCrossEntropy()
    assert type(mse.forward(output, target)) is float
    assert type(cross_entropy.forward(output, labels)) is float
    results = [output, network.backward(grad), *network.gradients(), mse.backward(), cross_entropy.backward()]
    for optimizer in (
        lab["optimizers"].SGD(network.parameters(), 0.1, momentum=0.9),
        lab["optimizers"].Adam(network.parameters()),
    ):
        gradients = [gradient.copy() for gradient in network.gradients()]
        for gradient in gradients:
            gradient.flags.writeable = False
        optimizer.step(gradients)
    assert {array.dtype for array in [*results, *network.parameters()]} == {np.dtype(dtype)}


def test_cross_entropy_is_stable_for_large_logits(lab):
    loss = lab["losses"].SoftmaxCrossEntropy()
    with np.errstate(all="raise", under="ignore"):
        value = loss.forward(np.array([[0.0, 1000.0], [-1000.0, 0.0]]), np.array([0, 1]))
    assert value == 500.0
    assert np.array_equal(loss.backward(), [[-0.5, 0.5], [0.0, 0.0]])


def test_sgd_adds_gradients_up_in_a_velocity_for_each_parameter(lab):
    p, q = np.array([[1.0, 2.0]]), np.array([3.0])
    optimizer = lab["optimizers"].SGD([p, q], lr=0.1, momentum=0.5)
    gradient = np.array([[10.0, 0.0]])
    optimizer.step([gradient, np.array([1.0])])
    gradient[:] = 99  # the owner may use it again
    optimizer.step([np.array([[0.0, 20.0]]), np.array([1.0])])
    optimizer.step([np.array([[0.0, 0.0]]), np.array([0.0])])
    # velocities: 10, 5, 2.5 and 0, 20, 10 and 1, 1.5, 0.75
    assert np.allclose(p, [[1 - 1.75, 2 - 3.0]], rtol=0, atol=1e-12)
    assert np.allclose(q, [3 - 0.325], rtol=0, atol=1e-12)


def test_adam_follows_its_formula_over_several_steps(lab):
    p = np.array([1.0, -1.0])
    optimizer = lab["optimizers"].Adam([p], lr=0.1, betas=(0.8, 0.9), eps=1e-8)
    gradients = [(2.0, 0.0), (-1.0, 3.0), (0.5, 0.1)]
    expected = [1.0, -1.0]
    for k in range(2):
        mean = square = 0.0
        for step, gradient in enumerate(gradients, start=1):
            mean = 0.8 * mean + 0.2 * gradient[k]
            square = 0.9 * square + 0.1 * gradient[k] ** 2
            expected[k] -= 0.1 * (mean / (1 - 0.8**step)) / ((square / (1 - 0.9**step)) ** 0.5 + 1e-8)
    for gradient in gradients:
        optimizer.step([np.array(gradient)])
    assert np.allclose(p, expected, rtol=0, atol=1e-12)


# Training


def test_accuracy_on_known_arrays(lab):
    accuracy = lab["train"].accuracy
    assert accuracy(np.array([[0.51], [0.5], [0.49], [1.0]]), np.array([[1.0], [0.0], [0.0], [0.0]])) == 0.75
    assert accuracy(np.array([[0.2, 0.7, 0.1], [0.5, 0.1, 0.4]]), np.array([[0, 1, 0], [0, 0, 1]])) == 0.5
    assert accuracy(np.array([[0.2, 0.7, 0.1], [0.5, 0.1, 0.4]]), np.array([1, 0])) == 1.0
    assert accuracy(np.array([3, 1, 4, 1]), np.array([3, 1, 4, 2])) == 0.75


@pytest.mark.parametrize("seed", range(8))
def test_xor_is_solved_within_1000_epochs(lab, seed):
    train = lab["train"]
    x, y = train.load_datasets().xor_data()
    network = train.build([2, 10, 10, 1], np.random.default_rng(seed))
    optimizer = lab["optimizers"].SGD(network.parameters(), lr=1.0, momentum=0.9)
    losses = train.fit(network, lab["losses"].MSELoss(), optimizer, x, y, epochs=1000)
    assert len(losses) == 1000
    assert losses[-1] < 0.01 < losses[0]
    assert train.accuracy(network.forward(x), y) == 1.0


def test_fit_with_batches_sees_every_sample_once_in_an_epoch_and_depends_on_the_rng_alone(lab):
    class Recorder:
        def __init__(self):
            self.seen = []

        def forward(self, x):
            self.seen.extend(x[:, 0])
            return x

        def backward(self, grad):
            return grad

    runs = []
    for seed in (1, 1, 2):
        layer = Recorder()
        network = lab["network"].Network([layer])
        optimizer = lab["optimizers"].SGD([], lr=1.0)
        x = np.arange(10.0)[:, np.newaxis]
        options = {"epochs": 2, "batch_size": 4, "rng": np.random.default_rng(seed)}
        losses = lab["train"].fit(network, lab["losses"].MSELoss(), optimizer, x, np.zeros((10, 1)), **options)
        assert losses == pytest.approx([28.5, 28.5])  # the mean of 0, 1, 4 ... 81, although the last batch is smaller
        assert sorted(layer.seen[:10]) == sorted(layer.seen[10:]) == list(range(10))
        runs.append(layer.seen)
    assert runs[0] == runs[1] != runs[2]
    assert runs[0][:10] != runs[0][10:]


def test_pictures_are_saved(lab, tmp_path, monkeypatch):
    monkeypatch.setenv("MPLBACKEND", "agg")
    train = lab["train"]
    x, y = train.load_datasets().xor_data()
    wrong = 1 - y
    figure = train.show_result(x, y, wrong, surface=lambda points: points[:, :1], path=tmp_path / "result.png")
    assert "0.00% right" in figure.axes[1].get_title()
    drawn = [collection.get_offsets() for collection in figure.axes[0].collections]
    assert [len(points) for points in drawn] == [11, 10]
    curve = train.plot_learning_curve([0.5, 0.25, 0.125], path=tmp_path / "curve.png")
    assert curve.axes[0].lines[0].get_xydata().tolist() == [[1, 0.5], [2, 0.25], [3, 0.125]]
    for name in ("result.png", "curve.png"):
        assert (tmp_path / name).read_bytes().startswith(b"\x89PNG")


def test_the_command_line_prints_the_same_figures_for_the_same_seed(tmp_path):
    first, again, other = (
        run_train("xor", "--epochs", "60", "--seed", seed, "--out", "pictures", cwd=tmp_path) for seed in "112"
    )
    assert first.returncode == 0, first.stderr
    assert "accuracy" in first.stdout
    assert first.stderr == ""
    assert first.stdout == again.stdout != other.stdout
    assert sorted(path.name for path in (tmp_path / "pictures").iterdir()) == ["learning-curve.png", "result.png"]


def test_mistakes_at_the_command_line_end_in_one_line(tmp_path):
    (tmp_path / "file").write_text("in the way")
    cases = {
        ("mnist",): "file has no train-images",
        ("xor", "--out", "file"): "file",
        ("xor", "--epochs", "0"): "positive int",
        ("classifier", "--lr", "1"): "classifier.py itself",
        ("nothing",): "invalid choice",
    }
    for arguments, message in cases.items():
        done = run_train(*arguments, cwd=tmp_path, GRADEKIT_MNIST=str(tmp_path / "file"))
        assert done.returncode != 0
        assert message in done.stderr.splitlines()[-1]
        assert "Traceback" not in done.stderr


# The classifier

LEARN = """
import json, sys, time
import numpy as np
from classifier import fit_mnist
from train import accuracy, load_datasets

data = load_datasets().load_images(download=False)
seed = int(sys.argv[1])
numbering = np.random.default_rng(seed).permutation(10)
for array in data[:4]:
    array.setflags(write=False)
start = time.process_time()
predict = fit_mnist(data.train_images, numbering[data.train_labels], seed=seed)
seconds = time.process_time() - start
labels = predict(data.test_images)
print(json.dumps({
    "source": data.source,
    "accuracy": accuracy(labels, numbering[data.test_labels]),
    "seconds": seconds,
    "dtype": str(labels.dtype),
    "same one by one": all(predict(data.test_images[i : i + 1]) == labels[i : i + 1] for i in range(50)),
}))
"""


def learn(seed, **environment):
    done = run_python("-c", LEARN, str(seed), PYTHONPATH=str(SOLUTION), **environment)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_the_classifier_learns_the_small_digits(tmp_path):
    result = learn(1, GRADEKIT_MNIST="", XDG_CACHE_HOME=str(tmp_path))
    assert result["source"] == "digits"
    assert result["accuracy"] > 0.97


def test_the_classifier_reaches_the_top_rung_on_mnist():
    if not os.environ.get("GRADEKIT_MNIST"):
        if os.environ.get("CI"):
            pytest.fail("CI has to name the folder of MNIST in GRADEKIT_MNIST")
        pytest.skip("GRADEKIT_MNIST names no folder with MNIST")
    result = learn(2)
    assert result["source"] == "MNIST"
    assert result["accuracy"] >= 0.976
    assert result["seconds"] < 60
    assert result["dtype"] == "int64"
    assert result["same one by one"]
