import numpy as np


class SGD:
	def __init__(self, parameters, lr, momentum=0.0):
		self.parameters = parameters
		self.lr = lr
		self.momentum = momentum
		self.velocity = []
		for p in parameters:
			self.velocity.append(np.zeros_like(p))

	def step(self, gradients):
		for i in range(len(self.parameters)):
			if self.momentum == 0:
				self.parameters[i] -= self.lr * gradients[i]
			else:
				self.velocity[i] = self.momentum * self.velocity[i] + gradients[i]
				self.parameters[i] -= self.lr * self.velocity[i]
