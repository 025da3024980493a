"""Formats the sources and mends what the linters can mend."""

from ..linters import Linters


def main(_arguments):
    """Format Python and JavaScript."""
    linters = Linters()
    done = [
        linters.ruff_check("--fix"),
        linters.ruff_format("--quiet"),
        linters.prettier("--write"),
    ]
    return 0 if all(done) else 1
