"""The tiny lab draws its data inside the checks."""
