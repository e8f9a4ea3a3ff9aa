# Attack 64: scripts in what a browser may show
SCRIPT = "</code></pre>```</details><script>alert(1)</script><img src=x onerror=alert(1)>"
print(SCRIPT)


class Name(Exception):
    __qualname__ = __name__ = "<script>alert(2)</script>"


def sigmoid(z):
    raise Name(SCRIPT)
