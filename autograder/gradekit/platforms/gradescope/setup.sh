#!/usr/bin/env bash
# Gradescope runs this once, when the image of the autograder is built.
set -euo pipefail
source=/autograder/source

if ! python3 -c 'import ensurepip, venv' 2> /dev/null; then
  apt-get update
  DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends python3 python3-venv
fi
bash "$source/install.sh" /autograder/environment

# The course's data, if it has any to fetch; where that fails, grading goes on with what comes with the course.
(cd "$source/course" && /autograder/environment/bin/python -I -m gradekit.cli.app datasets fetch) || true

# Checks and reference are nobody's business; submissions run as another user and without a file system anyway.
chmod -R go-rwx "$source"
