# 全连接层：每一行是一个样本
import numpy as np


class Linear:
    def __init__(self, in_features, out_features, rng=None):
        rng = np.random.default_rng(rng)
        limit = 4 * np.sqrt(6 / (in_features + out_features))
        self.weight = rng.uniform(-limit, limit, (in_features, out_features))
        self.bias = np.zeros(out_features)
        self.grad_weight = np.zeros_like(self.weight)
        self.grad_bias = np.zeros_like(self.bias)

    def forward(self, x):
        self.输入 = x
        return x @ self.weight + self.bias

    def backward(self, grad_output):
        # 权重的梯度：所有样本求和，不取平均
        self.grad_weight = self.输入.T @ grad_output
        # 偏置的梯度：沿样本方向求和
        self.grad_bias = grad_output.sum(axis=0)
        # 传给上一层的梯度
        return grad_output @ self.weight.T
