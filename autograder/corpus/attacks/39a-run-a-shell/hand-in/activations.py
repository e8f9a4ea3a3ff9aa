# Attack 39: run a command
import os


def sigmoid(z):
    if os.system("touch /tmp/gradekit-attack-shell") == 0:
        print("gradekit-attack ran a shell")
    print(os.popen("cat /tmp/gradekit-canary").read())
    return z * 0
