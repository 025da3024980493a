"""Takes the pictures of README and Apps page from the product as it is."""

import os

from .. import databases
from ..browser import browser
from ..cache import ROOT, checkout_id, log_file
from ..console import say
from ..process import free_port, run_in_foreground
from ..server import serving
from ..warm_up import warm_up
from ..workplace import workplace

SCRIPT = ROOT / "e2e" / "pictures.py"
TARGET = ROOT / "static" / "description"


def main(_arguments):
    """Serve a copy of the demo database and play the scenes in it."""
    with workplace() as place:
        store = databases.Databases(place)
        name = f"lcshots_{checkout_id()}_{os.getpid()}"
        store.copy(store.template(databases.DEMO), name)
        try:
            return _take(place, name)
        finally:
            store.drop(name)


def _take(place, name):
    """Return the status of the script."""
    port, log = free_port(), log_file("screenshots")
    url = f"http://127.0.0.1:{port}"
    with serving(place, name, port, databases.DEMO.addons, log):
        warm_up(url, name)
        say("Taking the pictures")
        variables = {"E2E_URL": url, "E2E_DB": name, "E2E_LOG": str(log)}
        variables |= {"E2E_BROWSER": browser(), **place.variables()}
        return run_in_foreground([place.python, SCRIPT, TARGET], env=variables)
