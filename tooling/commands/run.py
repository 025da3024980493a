"""Serves a demo database that is made on first use and kept up to date."""

import contextlib
import os
import re

from .. import addons, databases, demo_people
from ..cache import checkout_id, log_file
from ..console import ToolingError, say
from ..process import is_free_port
from ..server import serving, serving_by_workers
from ..warm_up import warm_up
from ..workplace import workplace

# What a newcomer reads when all is ready. Kept here and in no other place.
WELCOME = """
Live Chat Commands & Canned Responses is ready:  {url}

  1. Agent      {agent}
                password demo: Marie Dupont waits for an answer.
                Type  /helpdesk  and then  :  and see.
  2. Visitor    {visitor}
                is Marie's side, for another window beside it: what she sees,
                and what she does not.

  Logins        demo / demo    Live Chat operator
                admin / admin  Live Chat manager, Settings
  Odoo's log    {log}
  Ctrl-C stops everything.
"""


def main(_arguments):
    """Serve until interrupted."""
    port, database = _port(), _database()
    names = sorted(addons.ours())
    with workplace() as place, contextlib.ExitStack() as stack:
        store = databases.Databases(place)
        _prepare(store, database, names)
        log = log_file(f"run-{database}")
        say("Starting Odoo")
        odoo = stack.enter_context(_serving(place, database, port, names, log))
        url = f"http://127.0.0.1:{port}"
        say("Preparing the pages")
        warm_up(url, database)
        marie = demo_people.find_visitor(store, database)
        pages = stack.enter_context(demo_people.pages(marie, url, port))
        print(WELCOME.format(url=url, log=log, **pages), flush=True)
        try:
            odoo.wait()
        except KeyboardInterrupt:
            say("Stopping")
            return 0
        raise ToolingError(f"Odoo stopped by itself (details in {log}).")


def _serving(*arguments):
    """Serve in one process, or by as many workers as WORKERS= says."""
    text = os.environ.get("WORKERS") or "0"
    if not text.isdecimal() or int(text) > 64:
        raise ToolingError(f"WORKERS={text} is no number of workers, such as 2.")
    options = ["--max-cron-threads=1"]
    if not int(text):
        return serving(*arguments, options)
    return serving_by_workers(*arguments, int(text), options)


def _port():
    """Return the port to serve on, once it is known to be free."""
    text = os.environ.get("PORT") or "8069"
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise ToolingError(f"PORT={text} is no port: say a number up to 65535.")
    if not is_free_port(int(text)):
        raise ToolingError(
            f"Port {text} is taken: choose another one, as in make run PORT=8070."
        )
    return int(text)


def _database():
    """Return the name of the database to serve."""
    name = os.environ.get("DB") or f"livechat_command_demo_{checkout_id()}"
    if not re.fullmatch(r"[a-z_][a-z0-9_-]{0,62}", name):
        raise ToolingError(
            f"DB={name} is no database name: use lower case letters, digits and _."
        )
    return name


def _prepare(store, database, names):
    """Make the demo database, or update it when the addons changed."""
    state = f"livechat_command {addons.fingerprint(names)}"
    if not store.exists(database):
        template = store.template(databases.DEMO)
        say(f"Making the database {database}")
        store.copy(template, database)
    elif store.read_note(database) != state:
        say(f"Updating the addons in the database {database}")
        store.update(database, names)
    store.note(database, state)
