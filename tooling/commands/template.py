"""Makes a template database and prints its name: ``tooling template demo``."""

from .. import databases
from ..console import ToolingError
from ..workplace import workplace

KINDS = {kind.name: kind for kind in (databases.MAIN, databases.ALL, databases.DEMO)}


def main(arguments):
    """Print the name of the template of a kind."""
    if len(arguments) != 1 or arguments[0] not in KINDS:
        raise ToolingError(f"Say which kind: {', '.join(KINDS)}.")
    with workplace() as place:
        print(databases.Databases(place).template(KINDS[arguments[0]]))
    return 0
