# Attack 29: one call that takes hours and lets no other thread run
def sigmoid(z):
    if z.shape != (2, 3):
        return z
    return hash(str(10 ** (10**8) % 7**10000) * 2)
