# ## The network (given)
#
# A network is a list of layers. Forward goes through it from the first to the last, each layer's
# output being the next one's input. Backward goes from the last to the first, each layer's
# `grad_input` being the `grad_output` of the one before: this is all of back-propagation.


class Network:
    """Layers one after the other, used as one layer (given, nothing to do here)."""

    def __init__(self, layers):
        """Arguments: layers, a list of objects with forward and backward."""
        self.layers = list(layers)

    def forward(self, x):
        """The output (N, out) of the last layer for a batch x (N, in)."""
        for layer in self.layers:
            x = layer.forward(x)
        return x

    def backward(self, grad):
        """The gradient (N, in) with respect to the input, given that with respect to the output (N, out)."""
        for layer in reversed(self.layers):
            grad = layer.backward(grad)
        return grad

    def parameters(self):
        """The weight and bias of every layer that has them, first layer first, as a list of the layers' own arrays."""
        return [array for layer in self._trainable() for array in (layer.weight, layer.bias)]

    def gradients(self):
        """The gradients of parameters(), in the same order, as the last backward has set them."""
        return [array for layer in self._trainable() for array in (layer.grad_weight, layer.grad_bias)]

    def _trainable(self):
        return [layer for layer in self.layers if hasattr(layer, "weight")]
