# Attack 48: a module random in front of the real one
import sys

print("gradekit-attack was loaded")
sys.modules["numpy"] = None
raise SystemExit(0)
