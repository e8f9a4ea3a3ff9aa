"""Gradescope: the zip of an autograder, and what it runs for every submission."""
