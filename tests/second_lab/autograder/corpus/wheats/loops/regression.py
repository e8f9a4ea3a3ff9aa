import numpy as np


def predict(x, weight):
    return np.array([sum(value * factor for value, factor in zip(row, weight)) for row in x])


def gradient(x, y, weight):
    total = np.zeros(len(weight))
    for row, target, prediction in zip(x, y, predict(x, weight)):
        total = total + 2 * (prediction - target) * row
    return total / len(y)
