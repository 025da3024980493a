"""The commands of ``python3 -m tooling``: one module each, with a ``main``."""
