"""Measure the grader: right submissions are accepted, wrong ones refused, and the figures are printed."""
