"""Starts PostgreSQL to stay, or lets it go: ``tooling postgres start|stop``."""

from .. import postgres
from ..console import ToolingError


def main(arguments):
    """Start or stop the cluster."""
    actions = {"start": postgres.keep, "stop": postgres.release}
    if len(arguments) != 1 or arguments[0] not in actions:
        raise ToolingError("Say start or stop.")
    actions[arguments[0]]()
    return 0
