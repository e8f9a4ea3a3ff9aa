# Attack 83: with layers.py the same text as attack 83b, cut at another place
