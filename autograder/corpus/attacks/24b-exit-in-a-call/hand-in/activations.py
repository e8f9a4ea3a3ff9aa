# Attack 24: end the process in a call
import os


def sigmoid(z):
    os._exit(0)
