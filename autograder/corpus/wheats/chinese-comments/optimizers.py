import numpy as np


class SGD:
    """带动量的随机梯度下降"""

    def __init__(self, parameters, lr, momentum=0.0):
        self.参数 = list(parameters)
        self.学习率 = lr
        self.动量 = momentum
        self.速度 = [np.zeros_like(p) for p in self.参数]

    def step(self, gradients):
        for 参, 速, 梯 in zip(self.参数, self.速度, gradients):
            速 *= self.动量
            速 += 梯
            参 -= self.学习率 * 速  # 原地更新
