"""Calls Odoo with this checkout's configuration: ``tooling odoo -d mydb -u all``."""

from .. import databases
from ..process import run_in_foreground
from ..workplace import workplace


def main(arguments):
    """Run Odoo in the foreground and return its exit status."""
    with workplace() as place:
        config = place.config(databases.ALL.addons)
        words = arguments or ["--help"]
        # The configuration goes after a subcommand such as ``shell``.
        position = 0 if words[0].startswith("-") else 1
        words[position:position] = ["--config", str(config)]
        command = [place.python, "-m", "odoo", *words]
        return run_in_foreground(command, env=place.variables())
