"""Where courses live: what each course platform gives and takes, in its own formats."""
