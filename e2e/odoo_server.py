"""The running Odoo, as its own web client sees it, and the database behind it."""

import itertools
import json
import os
import re
import time
from contextlib import contextmanager

import psycopg2
import requests

TIMEOUT = 60


class ServerError(Exception):
    """Odoo answered a call with an error; ``name`` is the Python class it raised."""

    def __init__(self, error):
        data = error.get("data") or {}
        self.name = (data.get("name") or "").rpartition(".")[2]
        super().__init__(f"{self.name}: {data.get('message') or error.get('message')}")


class Session:
    """One browser session without a browser: routes and methods by JSON-RPC."""

    def __init__(self, url, cookies=None):
        self.url = url
        self.http = requests.Session()
        self.http.cookies.update(cookies or {})
        self.uid = None
        self._ids = itertools.count(1)

    def login(self, database, login, password):
        result = self.post(
            "/web/session/authenticate", db=database, login=login, password=password
        )
        self.uid = result["uid"]
        return self

    @property
    def cookie(self):
        return self.http.cookies["session_id"]

    def post(self, route, /, **params):
        """Call a JSON-RPC route and return its result, or raise ServerError."""
        body = {"jsonrpc": "2.0", "id": next(self._ids), "params": params}
        response = self.http.post(
            self.url + route,
            data=json.dumps(body),
            headers={"Content-Type": "application/json"},
            timeout=TIMEOUT,
        )
        response.raise_for_status()
        answer = response.json()
        if "error" in answer:
            raise ServerError(answer["error"])
        return answer.get("result")

    def call(self, model, method, *args, **kwargs):
        """Call a public method of ``model``, as the web client does."""
        return self.post(
            f"/web/dataset/call_kw/{model}/{method}",
            model=model,
            method=method,
            args=args,
            kwargs=kwargs,
        )

    def create(self, model, **values):
        return self.call(model, "create", [values])[0]

    def search(self, model, domain, fields, **kwargs):
        return self.call(model, "search_read", domain, fields, **kwargs)

    def ref(self, xmlid):
        """Return the id of the record with this external id."""
        module, _dot, name = xmlid.partition(".")
        [data] = self.search(
            "ir.model.data", [("module", "=", module), ("name", "=", name)], ["res_id"]
        )
        return data["res_id"]

    def run(self, channel_id, line, request_id):
        """Run a command line, as the composer does."""
        return self.call("discuss.channel", "run_command", channel_id, line, request_id)


class Database:
    """What is really stored, whatever the rights say."""

    def __init__(self, name):
        self.name = name

    @contextmanager
    def _cursor(self):
        connection = psycopg2.connect(dbname=self.name)
        try:
            with connection.cursor() as cursor:
                yield cursor
        finally:
            connection.close()

    def rows(self, query, *params):
        with self._cursor() as cursor:
            cursor.execute(query, params)
            return cursor.fetchall()

    @contextmanager
    def holding(self, table):
        """Let whoever writes in a table wait until the block is left."""
        with self._cursor() as cursor:
            cursor.execute(f"LOCK TABLE {table} IN SHARE MODE")
            yield

    def count_waiting(self):
        """Return how many transactions wait for a lock."""
        return self.value(
            "SELECT count(*) FROM pg_stat_activity"
            " WHERE datname = %s AND wait_event_type = 'Lock'",
            self.name,
        )

    def value(self, query, *params):
        return self.rows(query, *params)[0][0]

    def messages(self, channel_id):
        """Bodies of all stored messages of the channel, oldest first."""
        return [
            body or ""
            for (body,) in self.rows(
                "SELECT body FROM mail_message"
                " WHERE model = 'discuss.channel' AND res_id = %s ORDER BY id",
                channel_id,
            )
        ]

    def last_bus_id(self):
        return self.value("SELECT COALESCE(MAX(id), 0) FROM bus_bus")

    def visitor_notifications(self, channel_id, guest_id, since=0):
        """Bus messages that a visitor of the channel receives, as (type, text)."""
        rows = self.rows(
            "SELECT channel, message FROM bus_bus WHERE id > %s ORDER BY id", since
        )
        wanted = {("discuss.channel", channel_id), ("mail.guest", guest_id)}
        return [
            (json.loads(message)["type"], message)
            for channel, message in rows
            if _bus_target(channel) in wanted
        ]


def _bus_target(channel):
    """Return (model, id) of a bus channel such as ``["db", "mail.guest", 3]``.

    A fourth part narrows it, as in ``["db", "discuss.channel", 7, "internal_users"]``:
    no visitor hears that.
    """
    match = re.fullmatch(r'\["[^"]*", ?"([a-z._]+)", ?(\d+)\]', channel)
    return match and (match[1], int(match[2]))


def environment():
    """Return (url, database) of the Odoo to test, which ``make test`` gives."""
    return os.environ["E2E_URL"].rstrip("/"), os.environ["E2E_DB"]


def eventually(condition, what, seconds=20):
    """Wait until ``condition()`` holds and return its value.

    :raise AssertionError: naming ``what`` when it does not hold in time
    """
    deadline = time.monotonic() + seconds
    while not (value := condition()):
        assert time.monotonic() < deadline, f"{what}: not within {seconds} s"
        time.sleep(0.1)
    return value
