"""The rubric of the back-propagation lab, as data: parts, points, visibility, thresholds, tolerances, limits."""

from gradekit.rubric import Check, GradingConfig, LatePolicy, Limits, Part, Quality, Rung

# True adds Task 2, the same network in PyTorch, to the hand-out and, as a bonus, to the rubric; whoever grades it
# needs PyTorch (pip install "gradekit[torch]")
TASK_2 = False


def ladder(*levels: float) -> tuple[Rung, ...]:
    """Two points for every level of test accuracy."""
    return tuple(Rung(at=level, points=2) for level in levels)


def public(name: str, points: float, **options) -> Check:
    """A check that students have."""
    return Check(name, points=points, visibility="public", **options)


def hidden(name: str, points: float, **options) -> Check:
    """A check that only the grader has."""
    return Check(name, points=points, visibility="hidden", **options)


def discussion(name: str, title: str) -> Part:
    """A question of `solution/questions.md`, whose answer a person marks."""
    return Part(name, title=title, points=5, bonus=True, manual=True)


DIGITS = {"MNIST": ladder(0.90, 0.93, 0.95, 0.96, 0.97), "digits": ladder(0.80, 0.85, 0.90, 0.93, 0.95)}

task_2 = (
    Part(
        "torch",
        title="Bonus: the network in PyTorch",
        points=10,
        file="torch_classifier.py",
        bonus=True,
        checks=(hidden("test_torch_ladder", 10, ladder=DIGITS, measure="accuracy", limits="torch"),),
    ),
)

config = GradingConfig(
    lab="backprop",
    title="Back-propagation from NumPy alone",
    files={
        "activations.py": ("sigmoid", "Sigmoid", "ReLU"),
        "layers.py": ("Linear",),
        "losses.py": ("MSELoss", "SoftmaxCrossEntropy"),
        "optimizers.py": ("SGD", "Adam"),
        "classifier.py": ("fit_mnist",),
        **({"torch_classifier.py": ("fit_mnist_torch",)} if TASK_2 else {}),
    },
    given={
        "network.py": ("Network",),
        "train.py": ("fit", "accuracy", "show_result", "plot_learning_curve"),
        "experiments.py": (),
        # what experiments.py is made of
        "experiments_curves.py": (),
        "experiments_mnist.py": (),
        "experiments_page.py": (),
        "experiments_parts.py": (),
        "experiments_points.py": (),
        "experiments_published.py": (),
        "experiments_published_mnist.py": (),
        "experiments_published_points.py": (),
        "experiments_runs.py": (),
    },
    notebook="backprop.ipynb",
    parts=(
        Part(
            "sigmoid",
            title="Sigmoid function",
            points=8,
            file="activations.py",
            checks=(
                public("test_sigmoid_values", 2),
                public("test_sigmoid_no_overflow", 1),
                hidden("test_sigmoid_random", 2),
                hidden("test_sigmoid_tails", 2),
                hidden("test_sigmoid_float32", 1),
            ),
        ),
        Part(
            "sigmoid-layer",
            title="Sigmoid layer",
            points=10,
            file="activations.py",
            checks=(
                public("test_sigmoid_layer_forward", 1),
                public("test_sigmoid_layer_backward", 2),
                hidden("test_sigmoid_layer_forward_random", 1),
                hidden("test_sigmoid_layer_backward_random", 3),
                hidden("test_sigmoid_layer_instances", 2),
                hidden("test_sigmoid_layer_float32", 1),
            ),
        ),
        Part(
            "linear-forward",
            title="Linear layer, forward",
            points=10,
            file="layers.py",
            checks=(
                public("test_linear_forward_values", 3),
                hidden("test_linear_forward_random", 3),
                hidden("test_linear_forward_parameters", 3),
                hidden("test_linear_forward_float32", 1),
            ),
        ),
        Part(
            "linear-backward",
            title="Linear layer, backward",
            points=20,
            file="layers.py",
            checks=(
                public("test_linear_backward_values", 4),
                public("test_linear_backward_numeric", 3),
                hidden("test_linear_backward_grad_input", 3),
                hidden("test_linear_backward_grad_parameters", 4),
                hidden("test_linear_backward_repeated", 3),
                hidden("test_linear_backward_instances", 2),
                hidden("test_linear_backward_float32", 1),
            ),
        ),
        Part(
            "mse",
            title="Mean squared error",
            points=12,
            file="losses.py",
            checks=(
                public("test_mse_forward_values", 2),
                public("test_mse_backward_values", 3),
                hidden("test_mse_forward_random", 2),
                hidden("test_mse_backward_random", 3),
                hidden("test_mse_instances", 1),
                hidden("test_mse_float32", 1),
            ),
        ),
        Part(
            "sgd",
            title="SGD, without (6) and with momentum (6)",
            points=12,
            file="optimizers.py",
            checks=(
                public("test_sgd_step_values", 2),
                public("test_sgd_momentum_values", 2),
                hidden("test_sgd_steps", 3),
                hidden("test_sgd_float32", 1),
                hidden("test_sgd_momentum_steps", 4),
            ),
        ),
        Part(
            "network",
            title="Gradients of a whole network",
            points=8,
            checks=(
                public("test_network_numeric", 0),
                hidden("test_network_gradients", 6),
                hidden("test_network_repeated", 2),
            ),
        ),
        Part(
            "linear-data",
            title="Training on linear data",
            points=4,
            checks=(
                public("test_linear_data_own_network", 0, limits="training"),
                hidden("test_linear_data_training", 4, limits="training"),
            ),
        ),
        Part(
            "xor",
            title="Training on XOR",
            points=6,
            checks=(
                public("test_xor_own_network", 0, limits="training"),
                hidden("test_xor_training", 6, limits="training"),
            ),
        ),
        Part(
            "mnist",
            title="Handwritten digits",
            points=10,
            file="classifier.py",
            checks=(
                public("test_mnist_predictions", 0, limits="mnist"),
                hidden("test_mnist_recipe_step", 0, limits="training"),
                hidden("test_mnist_secret_concept", 0, limits="mnist"),
                hidden(
                    "test_mnist_ladder",
                    10,
                    ladder=DIGITS,
                    measure="accuracy",
                    requires=("test_mnist_recipe_step",),
                    limits="mnist",
                ),
            ),
        ),
        Part(
            "relu",
            title="Bonus: ReLU",
            points=5,
            file="activations.py",
            bonus=True,
            checks=(public("test_relu_values", 2), hidden("test_relu_random", 3)),
        ),
        Part(
            "softmax-cross-entropy",
            title="Bonus: softmax and cross-entropy",
            points=5,
            file="losses.py",
            bonus=True,
            checks=(
                public("test_softmax_cross_entropy_values", 2),
                hidden("test_softmax_cross_entropy_random", 2),
                hidden("test_softmax_cross_entropy_stable", 1),
            ),
        ),
        Part(
            "adam",
            title="Bonus: Adam",
            points=5,
            file="optimizers.py",
            bonus=True,
            checks=(public("test_adam_values", 2), hidden("test_adam_steps", 3)),
        ),
        # marked by a person, see `gradekit report --marks`; as bonus they leave the 100 points to the checks
        discussion("learning-rate", "Discussion: the learning rate"),
        discussion("hidden-units", "Discussion: hidden units"),
        discussion("no-activation", "Discussion: no activation"),
        discussion("extras", "Discussion: something of your own"),
        *(task_2 if TASK_2 else ()),
    ),
    left_out=() if TASK_2 else tuple(check.name for part in task_2 for check in part.checks),
    limits={
        # twice a call and more: a composition tries again without the part that hung
        "unit": Limits(call_seconds=3, check_seconds=10, cpu_seconds=6),
        "training": Limits(call_seconds=5, check_seconds=20, cpu_seconds=20),
        # 60 s of CPU for fit_mnist, and some for loading and predicting;
        # 2 GB for fit_mnist itself, and what Python, NumPy and the images that it is given take before it begins
        "mnist": Limits(call_seconds=90, check_seconds=120, cpu_seconds=70, memory_bytes=(2 << 30) + (768 << 20)),
        # for Task 2 alone; the second and third name what PyTorch imports when it is first used
        "torch": Limits(
            call_seconds=90,
            check_seconds=120,
            cpu_seconds=70,
            memory_bytes=4 << 30,
            preload=("torch", "torch._dynamo", "torch.profiler._cupti_monitor"),
        ),
    },
    submission_seconds=300,
    settings={
        "rtol": 1e-9,  # exact values, float64
        "rtol_gradient": 1e-6,  # gradients, float64: exact too, but a cache in float32 is no mistake
        "rtol_float32": 1e-5,
        # wide enough for eps added before the bias correction, narrow enough to tell eps inside the root
        "rtol_adam": 4e-6,
        "rtol_composition": 1e-5,  # gradients through several layers
        "rtol_trajectory": 1e-3,  # what training has changed in the weights
        "atol_tails": 1e-9,  # sigmoid far from 0
        "linear_accuracy": 0.98,
        "xor_accuracy": 1.0,
        "mnist_public_accuracy": 0.6,  # after 600 images: far above chance, far below any ladder
        "mnist_learned": 0.5,  # below this, test_mnist_ladder fails
        "require_mnist": False,  # True: refuse to grade on the embedded digits
        "mnist_folder": "",  # "": GRADEKIT_MNIST, the user's cache folder, or the embedded digits
    },
    late=LatePolicy(),
    # what `gradekit verify` must find: shares at least, points and gradings at most
    quality=Quality(
        wheats=1.0,
        chaffs=1.0,
        named=1.0,
        pairs_refused=0.95,
        pairs_named=0.95,
        pairs_carried=0.9,  # two parts that do nothing at all cost the network that is made of them
        mutants=1.0,
        wrong_part=0,
        differences=0,
        pairs=250,
        repeats=2000,
        slow_repeats=100,
        slow=("mnist",),
        composed=("mnist",),  # fit_mnist trains the hand-in's own layers
    ),
)
