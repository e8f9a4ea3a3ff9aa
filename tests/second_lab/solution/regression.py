# %% [markdown]
# # Linear regression

# %%
import numpy as np


# %%
def predict(x: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """Return the predictions ``x @ weight``: (N, D) and (D,) give (N,)."""
    ### BEGIN SOLUTION
    return x @ weight
    ### END SOLUTION
    raise NotImplementedError("TODO 1: predict")


# %%
def gradient(x: np.ndarray, y: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """Return the gradient of the mean squared error with respect to ``weight``: (D,)."""
    ### BEGIN SOLUTION
    return 2 * x.T @ (x @ weight - y) / len(y)
    ### END SOLUTION
    raise NotImplementedError("TODO 2: gradient")
