"""The rubric of a tiny lab, linear regression, that proves the engine to be general."""

from gradekit.rubric import Check, GradingConfig, Limits, Part

config = GradingConfig(
    lab="regression",
    title="Linear regression",
    files={"regression.py": ("predict", "gradient")},
    given={},
    notebook="regression.ipynb",
    parts=(
        Part(
            "predict",
            title="Prediction",
            points=4,
            file="regression.py",
            checks=(Check("test_predict_example", 1, visibility="public"), Check("test_predict_random", 3)),
        ),
        Part("gradient", title="Gradient", points=6, file="regression.py", checks=(Check("test_gradient_random", 6),)),
    ),
    limits={"unit": Limits(call_seconds=5, check_seconds=10, cpu_seconds=1, memory_bytes=256 << 20)},
    submission_seconds=60,
    settings={"rtol": 1e-9},
)
