# Attack 42: local daemons listen on sockets in the file system, or abstract ones
import sys

socket = sys.modules.get("socket") or sys.modules.get("_socket")


def sigmoid(z):
    for address in ("/var/run/docker.sock", "/run/dbus/system_bus_socket", "\0gradekit-attack"):
        local = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        local.connect(address)
        print("gradekit-attack connected", address)
    return z * 0
