# Attack 17: an integer whose conversion to text takes minutes
def sigmoid(z):
    return 7**1_000_000
