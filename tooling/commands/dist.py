"""Packages the addons of the last commit: zip files for Odoo, wheels for pip."""

from .. import packages
from ..cache import CACHE, checkout_id
from ..console import say


def main(_arguments):
    """Write a zip file and a wheel of each addon."""
    built = packages.build(CACHE / "dist" / checkout_id())
    for paths in built.values():
        for path in paths:
            say(f"Packaged {path}")
    return 0
