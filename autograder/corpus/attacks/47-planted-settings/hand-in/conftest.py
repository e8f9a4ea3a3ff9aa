# Attack 47: pytest imports every conftest.py
import sys

print("gradekit-attack was loaded")
sys.modules["numpy"] = None
raise SystemExit(0)


def pytest_runtest_makereport(item, call):
    call.excinfo = None
