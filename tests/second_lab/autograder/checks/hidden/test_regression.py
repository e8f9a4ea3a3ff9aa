from checkkit import expect_array


def test_predict_random(lab, reference, rng, settings):
    """predict is right for other inputs."""
    x, weight = rng.normal(size=(5, 3)), rng.normal(size=3)
    expect_array(lab.predict(x, weight), reference.predict(x, weight), call="predict(x, weight)", rtol=settings["rtol"])


def test_gradient_random(lab, reference, rng, settings):
    """gradient is the derivative of the mean squared error."""
    x, y, weight = rng.normal(size=(5, 3)), rng.normal(size=5), rng.normal(size=3)
    got = lab.gradient(x, y, weight)
    expect_array(got, reference.gradient(x, y, weight), call="gradient(x, y, weight)", rtol=settings["rtol"])
