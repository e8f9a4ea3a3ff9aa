from checkkit import expect_array

SIZES = (3, 5, 4, 2)
PARTS = ("Sigmoid", "Linear", "MSELoss")


def expect_same(got, right, rtol, how):
    """Compare everything that comes out of a pass."""
    for name, expected in right.items():
        expect_array(
            got[name], expected, call=f"{name}, network of three linear and three sigmoid layers{how}", rtol=rtol
        )


def draw_batch(rng, n):
    """Inputs and targets."""
    return rng.normal(size=(n, SIZES[0])), rng.uniform(size=(n, SIZES[-1]))


def test_network_gradients(composition, composing, rng, settings):
    """A network of three layers has the right output, loss and gradients."""
    start, batch, options = composing.draw_parameters(rng, SIZES), draw_batch(rng, 7), composing.Options()
    right = composition.right(start, options).run(*batch)

    def exercise(make):
        expect_same(make(start, options).run(*batch), right, settings["rtol_composition"], "")

    composition.judge(exercise, PARTS)


def test_network_repeated(composition, composing, rng, settings):
    """Two networks used in turn, on batches of several sizes, have the right gradients every time."""
    starts = [composing.draw_parameters(rng, SIZES) for _ in range(2)]
    batches, options = [draw_batch(rng, n) for n in (7, 2, 5)], composing.Options()
    rights = [[composition.right(start, options).run(*batch) for batch in batches] for start in starts]

    def exercise(make):
        stacks = [make(start, options) for start in starts]
        for number, batch in enumerate(batches):
            for stack, right in zip(stacks, rights, strict=True):
                how = f", batch {number + 1}, two networks used in turn"
                expect_same(stack.run(*batch), right[number], settings["rtol_composition"], how)

    composition.judge(exercise, PARTS)
