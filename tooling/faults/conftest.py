import os
from concurrent.futures import ThreadPoolExecutor

import pytest

from tooling import databases
from tooling.cache import ROOT, checkout_id, log_file
from tooling.faults.case import IS_LONG
from tooling.faults.served import Served
from tooling.process import free_port
from tooling.server import serving_by_workers
from tooling.site import Site
from tooling.workplace import workplace

CHATS = 240 if IS_LONG else 110


@pytest.fixture(scope="session")
def served():
    """Return a served Odoo with everything of ours, agents and conversations."""
    names = databases.ALL.addons
    with workplace() as place:
        store = databases.Databases(place)
        prefix = f"lcfaults_{checkout_id()}"
        store.drop_leftovers(prefix)
        database = f"{prefix}_{os.getpid()}"
        store.copy(store.template(databases.ALL), database)
        try:
            prepared = _fill(Site(place, database), place.config(names))
            port, log = free_port(), log_file("faults")
            with serving_by_workers(place, database, port, names, log, 2):
                yield Served(f"http://127.0.0.1:{port}", database, prepared)
        finally:
            store.drop(database)


def _fill(site, config):
    paths = ("tooling/load/prepare.py", "tooling/faults/fill.py")
    source = "\n".join((ROOT / path).read_text() for path in paths)
    return site.ask(config, source, f"fill(env, {CHATS})")


@pytest.fixture(scope="session")
def pool():
    """Return threads for requests that wait."""
    with ThreadPoolExecutor(4) as pool:
        yield pool
