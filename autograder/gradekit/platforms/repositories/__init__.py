"""What a GitHub and a GitLab course share: a student repository with public checks, a private repository that grades."""
