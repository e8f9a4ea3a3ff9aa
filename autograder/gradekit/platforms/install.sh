#!/usr/bin/env bash
# Install the kit that lies beside this script into a virtual environment: install.sh DIRECTORY
set -euo pipefail
kit=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
environment=$1
python=${PYTHON:-python3}

"$python" -c 'import sys; sys.exit(sys.version_info < (3, 10))' \
  || { echo "gradekit needs Python 3.10 or newer, here is $("$python" --version)" >&2; exit 1; }
"$python" -m venv "$environment"
"$environment/bin/pip" install --quiet --disable-pip-version-check --no-compile --require-hashes \
  -r "$kit/requirements.lock"
cp -R "$kit/gradekit" "$("$environment/bin/python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/"
# The first start compiles what grading needs, and shows that it works.
"$environment/bin/python" -I -m gradekit.cli.app --version
