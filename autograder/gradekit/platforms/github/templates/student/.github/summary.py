"""Print a JUnit file of pytest as Markdown for the summary of a job: which checks pass, and which do not yet."""

import re
import sys
from pathlib import Path
from xml.etree import ElementTree

path = Path(sys.argv[1])
if not path.is_file():
    print("The checks did not run to their end; the log of the step says why.")
    sys.exit()

rows = []
for case in ElementTree.parse(path).getroot().iter("testcase"):
    result = "passed"
    if case.find("failure") is not None or case.find("error") is not None:
        result = "not yet"
    elif case.find("skipped") is not None:
        result = "not run"
    rows.append((re.sub(r"\W", "_", case.get("name", "")), result))

print(f"{sum(result == 'passed' for _, result in rows)} of {len(rows)} public checks pass.\n")
print("| check | result |\n|:--|:--|")
for name, result in rows:
    print(f"| `{name}` | {result} |")
