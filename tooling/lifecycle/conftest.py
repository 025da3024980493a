import os

import pytest

from tooling import databases
from tooling.cache import checkout_id
from tooling.site import Site
from tooling.workplace import workplace


@pytest.fixture(scope="session")
def place():
    """Return Odoo and PostgreSQL."""
    with workplace() as place:
        yield place


@pytest.fixture
def site(place, request):
    """Return a site whose database has the apps that we connect, nothing of ours."""
    store = databases.Databases(place)
    prefix = f"lclife_{checkout_id()}"
    store.drop_leftovers(prefix)
    name = f"{prefix}_{os.getpid()}"
    store.copy(store.base(databases.ALL), name)
    yield Site(place, name)
    store.drop(name)
