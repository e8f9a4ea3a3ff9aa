# ## What was published on points in the plane (given)
#
# Losses agree within a factor of 1.5, epochs within a factor of 2, accuracies within one point, and
# 100 % exactly. What a report does not say (first weights, how many samples in a step) was tried
# out; `remark` tells what came nearest.

from dataclasses import replace

from experiments_published import (
    Claim,
    above,
    accuracy_after,
    at_most,
    below,
    epoch_of,
    factor,
    loss_after,
    overflows,
    ratio,
    rises,
    seconds,
    within,
)

from experiments_runs import Recipe

# ### Two hidden layers of 4, one sample at a time

A = "2-4-4-1, sigmoid, mean squared error, one sample at a time, 10,000 epochs"
ONE_BY_ONE = Recipe("XOR", 0.05, 10_000)
NORMAL = "First weights normal(0, 1), not stated in the report."
DEEP = replace(ONE_BY_ONE, hidden=(4,) * 4, activation="ReLU", output="none", weights="He", epochs=2000)
QUICK = replace(ONE_BY_ONE, problem="linear", lr=0.1, epochs=1000)
LINES = replace(ONE_BY_ONE, activation="none", output="none")

ONE_BY_ONE_CLAIMS = (
    Claim(
        A,
        "linear, lr 0.1: accuracy",
        "100 %",
        (replace(QUICK, epochs=10_000),),
        accuracy_after(),
        within(1, 0),
        remark=NORMAL,
    ),
    Claim(A, "XOR, lr 0.05: accuracy", "100 %", (ONE_BY_ONE,), accuracy_after(), within(1, 0), remark=NORMAL),
    Claim(
        A,
        "XOR, lr 0.05, first weights uniform(0, 1): accuracy",
        "below 100 %",
        (replace(ONE_BY_ONE, weights="uniform(0, 1)"),),
        accuracy_after(),
        below(1),
        remark="Nearly every run stops at 20 of 21 points.",
    ),
    Claim(
        A,
        "linear, no activation, lr 0.01: accuracy",
        "98 %",
        (replace(LINES, problem="linear", lr=0.01),),
        accuracy_after(),
        within(0.98),
        remark=NORMAL,
    ),
    Claim(
        A,
        "XOR, no activation, lr 0.005: accuracy",
        "52.38 % (11 of 21)",
        (replace(LINES, lr=0.005),),
        accuracy_after(),
        within(11 / 21),
        remark=NORMAL,
    ),
    Claim(
        A,
        "XOR, 4 hidden layers, ReLU: all rises of the loss at lr 0.05 over those at 0.005",
        "above 1",
        (DEEP, replace(DEEP, lr=0.005)),
        ratio(rises),
        above(1),
        "{:.3g}",
        remark="2,000 epochs, linear output, He's first weights: the report does not state them.",
    ),
    Claim(
        A,
        "XOR, 4 hidden layers, ReLU, lr 0.005: accuracy",
        "settles",
        (replace(DEEP, lr=0.005),),
        accuracy_after(),
        within(1, 0),
    ),
    Claim(
        A,
        "linear, lr 0.1, 1,000 epochs: epochs to 95 % with momentum 0.9 over those without",
        "below 1",
        (replace(QUICK, momentum=0.9), QUICK),
        ratio(epoch_of(0.95)),
        below(1),
        "{:.3g}",
        remark=NORMAL,
    ),
)

# ### One hidden layer without bias

B = "2-4-1 without bias, sigmoid, mean squared error, lr 1, 9,500 epochs"
ALL_AT_ONCE = Recipe("XOR", 1.0, 9_500, hidden=(4,), bias=False, one_by_one=False)
ASSUMED = "All samples in one step, first weights normal(0, 1): not stated in the report."
OVERFLOWING = replace(ALL_AT_ONCE, activation="none", output="none", epochs=200)

NO_BIAS_CLAIMS = (
    *(
        Claim(
            B,
            f"{problem}: loss {when}",
            published,
            (replace(ALL_AT_ONCE, problem=problem),),
            loss_after(epoch),
            factor(float(published), 1.5),
            "{:.3g}",
            remark=ASSUMED,
        )
        for problem, when, epoch, published in (
            ("XOR", "before training", 0, "0.45"),
            ("XOR", "after training", -1, "0.0039"),
            ("linear", "before training", 0, "0.32"),
            ("linear", "after training", -1, "0.0069"),
        )
    ),
    *(
        Claim(
            B,
            f"XOR, {units} hidden units: {what}",
            "no figure",
            (replace(ALL_AT_ONCE, hidden=(units,)),),
            figure,
            None,
            form,
            remark=remark,
        )
        for units in (4, 8, 16, 64)
        for what, figure, form, remark in (
            ("loss after training", loss_after(), "{:.3g}", ""),
            ("CPU seconds of one run", seconds, "{:.2g}", "All seeds are trained together: the mean."),
        )
    ),
    *(
        Claim(
            B,
            f"{problem}, no activation: share of runs whose loss overflows",
            "NaN",
            (replace(OVERFLOWING, problem=problem),),
            overflows,
            within(1, 0),
            "{:.0%}",
            remark="200 epochs are enough.",
        )
        for problem in ("XOR", "linear")
    ),
)

# ### Linear output without bias

C = "2-4-4-1 without bias, linear output, ½ (ŷ − y)², Xavier, one sample at a time, 9,000 epochs"
HALVED = Recipe("XOR", 0.02, 9_000, bias=False, output="none", weights="Xavier", gradient="mean of half squares")
RATE = "The report states no rate. Of 0.005, 0.01, 0.02, 0.05, 0.1 and 0.2, lr 0.02 came nearest on XOR."

LINEAR_OUTPUT_CLAIMS = tuple(
    Claim(
        C,
        f"{problem}: loss {when}",
        published,
        (replace(HALVED, problem=problem),),
        loss_after(epoch),
        factor(float(published), 1.5),
        "{:.3g}",
        remark=RATE,
    )
    for problem, when, epoch, published in (
        ("XOR", "before training", 0, "0.345"),
        ("XOR", "after training", -1, "0.021"),
        ("linear", "before training", 0, "0.224"),
        ("linear", "after training", -1, "0.0055"),
    )
)

# ### ŷ − y as the error of the output

D = "2-4-4-1 with bias, sigmoid, ŷ − y as the error of the output"
SUMMED = Recipe("XOR", 0.01, 24_000, gradient="sum of half squares", one_by_one=False)
TEN = replace(SUMMED, hidden=(10, 10), epochs=8000)
LEAKY = replace(SUMMED, activation="leaky ReLU", epochs=10_000)
STRAIGHT = replace(SUMMED, problem="linear", epochs=5000)
SUM = "ŷ − y is the derivative of ½ (ŷ − y)², summed over all samples in one step; first weights normal(0, 1)."

OUTPUT_ERROR_CLAIMS = (
    Claim(D, "XOR, lr 0.01: epoch of 95 %", "near 22,000", (SUMMED,), epoch_of(0.95), factor(22_000), "{:,.0f}", SUM),
    Claim(D, "XOR, lr 0.01: epoch of 100 %", "24,000", (SUMMED,), epoch_of(1), factor(24_000), "{:,.0f}", SUM),
    Claim(
        D,
        "XOR, lr 0.1: epoch of 100 %",
        "4,000",
        (replace(SUMMED, lr=0.1),),
        epoch_of(1),
        at_most(4000),
        "{:,.0f}",
        "Taken as the first report in which it was reached.",
    ),
    Claim(
        D,
        "XOR, lr 1: epoch of 100 %",
        "2,000",
        (replace(SUMMED, lr=1.0),),
        epoch_of(1),
        at_most(2000),
        "{:,.0f}",
        "Taken as the first report in which it was reached.",
    ),
    Claim(
        D,
        "XOR, 10 units in a layer, lr 0.01: epoch of 100 %",
        "by 4,000",
        (TEN,),
        epoch_of(1),
        at_most(4000),
        "{:,.0f}",
        "Also tried: uniform(-1, 1), Xavier and 4 x Glorot, the last of them fastest with some 5,000 epochs.",
    ),
    *(
        Claim(
            D,
            f"{what}, without the derivative of the output's sigmoid: epoch of 100 %",
            published,
            (replace(recipe, past_output=True),),
            epoch_of(1),
            rule,
            "{:,.0f}",
            "The other reading of ŷ − y as the error: it explains the 10 units, but not the others.",
        )
        for what, published, recipe, rule in (
            ("XOR, 10 units in a layer, lr 0.01", "by 4,000", TEN, at_most(4000)),
            ("XOR, lr 0.01", "24,000", SUMMED, factor(24_000)),
            ("XOR, lr 1", "2,000", replace(SUMMED, lr=1.0), at_most(2000)),
        )
    ),
    Claim(
        D,
        "XOR, leaky ReLU, lr 0.01: accuracy",
        "sticks at 95.24 %",
        (LEAKY,),
        accuracy_after(),
        within(20 / 21),
        remark="Some runs stick there, most do not.",
    ),
    Claim(
        D,
        "XOR, no activation, lr 0.001: accuracy",
        "52.38 %",
        (replace(SUMMED, activation="none", output="none", lr=0.001, epochs=5000),),
        accuracy_after(),
        within(11 / 21),
        remark="No rate stated; from 0.01 on the loss overflows with these first weights.",
    ),
    Claim(D, "linear, lr 0.01: accuracy", "100 %", (STRAIGHT,), accuracy_after(), within(1, 0), remark="5,000 epochs."),
    Claim(D, "linear, lr 0.1: accuracy", "99 %", (replace(STRAIGHT, lr=0.1),), accuracy_after(), within(0.99)),
    Claim(
        D,
        "linear, lr 1: accuracy",
        "sticks at 54 %",
        (replace(STRAIGHT, lr=1.0),),
        accuracy_after(),
        below(0.6),
        remark="The share of one class: the output is the same for all points. Other runs escape.",
    ),
    Claim(
        D,
        "linear, no activation, lr 0.0001: accuracy",
        "99 %",
        (replace(STRAIGHT, activation="none", output="none", lr=0.0001),),
        accuracy_after(),
        within(0.99),
        remark="No rate stated; from 0.001 on some runs overflow.",
    ),
)

POINTS_CLAIMS = (*ONE_BY_ONE_CLAIMS, *NO_BIAS_CLAIMS, *LINEAR_OUTPUT_CLAIMS, *OUTPUT_ERROR_CLAIMS)
