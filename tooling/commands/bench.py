"""Runs the benchmarks: SCALE=, AGAINST= and BENCH_OUT= are theirs to read."""

import contextlib
import os

from .. import databases
from ..cache import ROOT
from ..console import ToolingError, say
from ..process import run_in_foreground
from ..workplace import workplace

SCRIPT = ROOT / "benchmarks" / "run.py"


def main(arguments):
    """Run ``benchmarks/run.py`` with a PostgreSQL and a database at hand.

    It finds the server in the PG* variables, Odoo's configuration in ODOO_RC, and in
    BENCH_DB a database of its own with all addons. That is dropped afterwards, or kept
    and used again under the name that BENCH_KEEP says. With AGAINST there is a second
    one, BENCH_DB_AGAINST.
    """
    if not SCRIPT.is_file():
        raise ToolingError("There are no benchmarks yet: benchmarks/run.py is missing.")
    with workplace() as place, contextlib.ExitStack() as stack:
        variables = {
            **place.variables(),
            "ODOO_RC": str(place.config(databases.ALL.addons)),
            "BENCH_DB": stack.enter_context(_database(place, "")),
        }
        if os.environ.get("AGAINST"):
            second = stack.enter_context(_database(place, "against_"))
            variables["BENCH_DB_AGAINST"] = second
        say("Running the benchmarks")
        command = [place.python, SCRIPT, *arguments]
        return run_in_foreground(command, env=variables)


@contextlib.contextmanager
def _database(place, prefix):
    """Yield the name of a database with all addons."""
    store = databases.Databases(place)
    kept = os.environ.get("BENCH_KEEP")
    name = f"{prefix}{kept}" if kept else f"lcbench_{prefix}{os.getpid()}"
    if not (kept and store.exists(name)):
        store.drop_leftovers("lcbench")
        store.copy(store.template(databases.ALL), name)
    try:
        yield name
    finally:
        if not kept:
            store.drop(name)
