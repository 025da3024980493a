"""Calls a program with Odoo's Python and PostgreSQL at hand: ``tooling exec psql``."""

from .. import databases
from ..console import ToolingError
from ..process import run_in_foreground
from ..workplace import workplace


def main(arguments):
    """Run a program in the foreground and return its exit status."""
    if not arguments:
        raise ToolingError("Say which program, for example: exec psql -l")
    with workplace() as place:
        config = place.config(databases.ALL.addons)
        variables = {**place.variables(), "ODOO_RC": str(config)}
        try:
            return run_in_foreground(arguments, env=variables)
        except FileNotFoundError as error:
            raise ToolingError(f"There is no program {arguments[0]}.") from error
