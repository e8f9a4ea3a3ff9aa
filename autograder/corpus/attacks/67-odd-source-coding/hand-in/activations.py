# -*- coding: utf-7 -*-
# Attack 67: +AAo-print(+ACI-hidden+ACI-)


def sigmoid(z):
    return z
