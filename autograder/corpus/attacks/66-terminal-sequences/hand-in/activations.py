# Attack 66: clear the screen, change the title, hide text, make links
ESCAPE = "\x1b[2J\x1b[31m\x1b]0;gradekit-attack\x07\x1b]8;;https://example.org\x1b\\\x9b31m\x00\x08\r100 passed"
print(ESCAPE)


def sigmoid(z):
    raise ValueError(ESCAPE)
