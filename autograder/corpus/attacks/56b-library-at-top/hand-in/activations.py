# Attack 56: as a student would write it
import torch


def sigmoid(z):
    return torch.sigmoid(torch.from_numpy(z)).numpy()
