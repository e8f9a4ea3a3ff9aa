from checkkit import CheckFailure

PARTS = ("Sigmoid", "Linear", "MSELoss", "SGD")


def test_linear_data_training(composition, composing, data, rng, settings, measure):
    """Training on linear data takes the right steps from given weights, and gets at least 98 % of the points right."""
    share = settings["linear_accuracy"]
    training = composing.plan_training(
        composition,
        rng,
        (2, 6, 1),
        lambda: data.linear_data(100, seed=int(rng.integers(1 << 30))),
        composing.Options(lr=2.0, momentum=0.9),
        known=(1, 2, 3, 10, 30),
        epochs=120,
        share=share,
    )
    make = composition.judge(lambda make: training.follow(make, settings["rtol_trajectory"]), PARTS)
    accuracy = training.accuracy(make)
    measure("accuracy", accuracy, data="linear")
    if not accuracy >= share:
        raise CheckFailure(
            "accuracy",
            called=f"the network after {training.epochs} steps on the linear data",
            got=f"{accuracy:.0%} of the points right",
            expected=f"at least {share:.0%}",
            actual=(accuracy,),
        )
