"""The boundary: a submission runs in a worker process; values cross, verdicts do not."""
