# Attack 67: a right-to-left override in a comment


def sigmoid(z):
    access = 'user‮ ⁦# check later⁩ ⁦'
    return z
