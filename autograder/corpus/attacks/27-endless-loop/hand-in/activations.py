# Attack 27: loop for ever
def sigmoid(z):
    if z.shape != (2, 3):
        return z
    while True:
        pass
