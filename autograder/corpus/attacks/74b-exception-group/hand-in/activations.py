# Attack 74: exceptions whose text, type and parts raise exceptions
class Unprintable(Exception):
    def __str__(self):
        raise SystemExit(0)

    __repr__ = __str__
    args = property(__str__)


def sigmoid(z):
    raise Unprintable from Unprintable()
