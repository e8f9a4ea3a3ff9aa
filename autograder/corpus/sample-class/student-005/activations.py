import numpy as np


def sigmoid(z):
    """S 形函数：σ(z) = 1 / (1 + e^(-z))"""
    指数 = np.exp(-np.abs(z))  # 自变量不大于零，不会溢出
    分母 = 1 + 指数
    return np.where(z >= 0, 1 / 分母, 指数 / 分母)


class Sigmoid:
    """激活层：前向时保存输出，反向时使用"""

    def forward(self, z):
        self.输出 = sigmoid(z)
        return self.输出

    def backward(self, grad_output):
        σ = self.输出
        return grad_output * σ * (1 - σ)


class ReLU:
    """附加题，没有做"""

    def forward(self, z):
        raise NotImplementedError("TODO B1: ReLU.forward")

    def backward(self, grad_output):
        raise NotImplementedError("TODO B1: ReLU.backward")
