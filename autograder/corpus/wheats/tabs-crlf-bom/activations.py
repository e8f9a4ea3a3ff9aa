# Written on Windows: tabs, CRLF line ends and a byte-order mark in every file.
import numpy as np


def sigmoid(z):
	mask = z >= 0
	result = np.empty_like(z)
	np.divide(1, 1 + np.exp(-np.where(mask, z, 0)), out=result, where=mask)
	tail = np.exp(np.where(mask, 0, z))
	np.divide(tail, 1 + tail, out=result, where=~mask)
	return result


class Sigmoid:
	def forward(self, z):
		self.s = sigmoid(z)
		return self.s

	def backward(self, grad_output):
		return grad_output * self.s * (1 - self.s)


class ReLU:
	def forward(self, z):
		raise NotImplementedError("TODO B1: ReLU.forward")

	def backward(self, grad_output):
		raise NotImplementedError("TODO B1: ReLU.backward")
