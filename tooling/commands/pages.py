"""Writes the pages of the documentation that the addon itself serves."""

from .. import operators_page
from ..console import say


def main(_arguments):
    """Write them."""
    operators_page.write()
    say(f"Wrote {operators_page.TARGET}")
    return 0
