from checkkit import CheckFailure

PARTS = ("Sigmoid", "Linear", "MSELoss", "SGD")


def test_xor_training(composition, composing, data, rng, settings, measure):
    """Training on the XOR points takes the right steps from given weights, and gets all of the points right."""
    share = settings["xor_accuracy"]
    training = composing.plan_training(
        composition,
        rng,
        (2, 10, 10, 1),
        data.xor_data,
        composing.Options(lr=2.0, momentum=0.9),
        known=(1, 2, 3, 10, 30),
        epochs=120,
        share=share,
    )
    make = composition.judge(lambda make: training.follow(make, settings["rtol_trajectory"]), PARTS)
    accuracy = training.accuracy(make)
    measure("accuracy", accuracy, data="XOR")
    if not accuracy >= share:
        raise CheckFailure(
            "accuracy",
            called=f"the network after {training.epochs} steps on the XOR points",
            got=f"{accuracy:.0%} of the points right",
            expected=f"{share:.0%}",
            actual=(accuracy,),
        )
