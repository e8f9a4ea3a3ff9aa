# Attack 40: let somebody in
import sys

socket = sys.modules.get("socket") or sys.modules.get("_socket")


def sigmoid(z):
    server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    server.bind(("127.0.0.1", 0))
    server.listen()
    print("gradekit-attack listens", server.getsockname())
    return z * 0
