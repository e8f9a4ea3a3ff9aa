"""nbgrader, both ways: a lab laid down in an nbgrader course, and scores written into its gradebook."""
