"""The attempts: each really does what a hostile submission would do, and raises an exception when the kernel stops it.

The first line of an attempt is its title. Calls that Python does not offer in every version are made by number, as native code would make
them. Constants are those of Linux's uapi headers.
"""
