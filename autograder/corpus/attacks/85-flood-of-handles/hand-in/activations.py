# Attack 85: every call leaves thousands of objects behind
class Endless:
    def __iter__(self):
        while True:
            yield object()

    def __len__(self):
        return 1 << 40


def sigmoid(z):
    return [object() for _ in range(100_000)]
