# Attack 24: end the process before anybody can ask
import os

os._exit(0)
