"""Runs the benchmarks: SCALE= and BENCH_OUT= are theirs to read."""

from .. import addons, databases
from ..cache import ROOT
from ..console import ToolingError, say
from ..process import run_in_foreground
from ..workplace import workplace

SCRIPT = ROOT / "benchmarks" / "run.py"


def main(arguments):
    """Run ``benchmarks/run.py`` with a PostgreSQL and a template at hand.

    It finds the server in the PG* variables, Odoo's configuration in ODOO_RC, and in
    BENCH_TEMPLATE the database with all addons, to make its own copies of.
    """
    if not SCRIPT.is_file():
        raise ToolingError("There are no benchmarks yet: benchmarks/run.py is missing.")
    names = sorted(addons.ours())
    with workplace() as place:
        variables = {
            **place.variables(),
            "ODOO_RC": str(place.config(names)),
            "BENCH_TEMPLATE": databases.Databases(place).template(databases.ALL),
        }
        say("Running the benchmarks")
        command = [place.python, SCRIPT, *arguments]
        return run_in_foreground(command, env=variables)
