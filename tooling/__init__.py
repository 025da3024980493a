"""Gets everything the addon needs to run, then runs, tests, lints and packages it.

Needs nothing but Python's standard library: it works before anything is installed.
"""
