"""Running the checks: pytest inside a grader process, and a pool of such processes for a class."""
