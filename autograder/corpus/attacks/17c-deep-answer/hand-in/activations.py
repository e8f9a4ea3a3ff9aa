# Attack 17: an honest-looking answer that is nested too deep for whoever walks it
def sigmoid(z):
    nest = []
    for _ in range(900):
        nest = [nest]
    return nest
