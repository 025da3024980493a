"""Checks the sources with every linter; any finding fails."""

from ..console import say
from ..linters import Linters


def main(_arguments):
    """Run all linters, and say which ones had something to say."""
    checks = Linters().checks()
    failed = []
    for name, check in checks.items():
        say(f"Checking: {name}")
        if not check():
            failed.append(name)
    if failed:
        print(f"Findings of: {', '.join(failed)}")
        return 1
    print(f"No findings ({len(checks)} checks)")
    return 0
