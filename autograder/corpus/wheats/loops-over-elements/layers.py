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
        self.x = x
        xs, w, b = x.tolist(), self.weight.tolist(), self.bias.tolist()
        y = []
        for row in xs:
            out = []
            for j in range(len(b)):
                total = b[j]
                for i in range(len(row)):
                    total += row[i] * w[i][j]
                out.append(total)
            y.append(out)
        return np.array(y, dtype=x.dtype)

    def backward(self, grad_output):
        xs, w, g = self.x.tolist(), self.weight.tolist(), grad_output.tolist()
        n, n_in, n_out = len(xs), len(w), len(w[0])
        dw = [[0.0] * n_out for _ in range(n_in)]
        db = [0.0] * n_out
        dx = [[0.0] * n_in for _ in range(n)]
        for s in range(n):
            for j in range(n_out):
                gj = g[s][j]
                db[j] += gj
                for i in range(n_in):
                    dw[i][j] += xs[s][i] * gj
                    dx[s][i] += gj * w[i][j]
        self.grad_weight = np.array(dw, dtype=grad_output.dtype)
        self.grad_bias = np.array(db, dtype=grad_output.dtype)
        return np.array(dx, dtype=grad_output.dtype)
