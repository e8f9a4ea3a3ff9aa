# Attack 20: fill disk or memory with output
def sigmoid(z):
    if z.shape != (2, 3):
        return z
    while True:
        print("gradekit-attack " * 1000)
