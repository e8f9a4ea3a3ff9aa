import numpy as np
from checkkit import expect_array


def test_predict_example(lab, settings):
    """predict gives the numbers of a worked example."""
    got = lab.predict(np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([10.0, 1.0]))
    expect_array(got, np.array([12.0, 34.0]), call="predict(x, weight)", rtol=settings["rtol"])
