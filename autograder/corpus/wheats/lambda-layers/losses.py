from functools import reduce
from operator import mul

mean_square = lambda d: (d**2).sum() / reduce(mul, d.shape)
mean_square_gradient = lambda d: 2 * d / reduce(mul, d.shape)


class MSELoss:
    forward = lambda self, prediction, target: mean_square(self.__dict__.setdefault("all", []).append(prediction - target) or self.all[-1])
    backward = lambda self: mean_square_gradient(self.all[-1])
