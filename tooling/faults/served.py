"""An Odoo with workers whose requests are stopped, killed and refused on their way.

The product knows nothing of it: triggers in the database wait or raise, at three points
of every command. ``claim`` is right after the request was claimed, ``done`` when its
outcome is written, and ``commit`` inside the commit.
"""

import contextlib
import http.client
import json
import os
import signal
import time
import urllib.error
import urllib.request
from pathlib import Path

import psycopg2

PATIENCE = 60
# Of the advisory lock on which requests wait.
LOCK = 4711
POINTS = ("claim", "done", "commit")
TRIGGERS = """
CREATE TABLE fault (point text PRIMARY KEY, action text, times int);
CREATE SEQUENCE fault_count MINVALUE 0;
CREATE FUNCTION fault() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    it fault;
BEGIN
    SELECT * INTO it FROM fault WHERE point = TG_ARGV[0];
    IF it.action = 'wait' THEN
        PERFORM pg_advisory_lock(4711);
        PERFORM pg_advisory_unlock(4711);
    -- A sequence is not rolled back: it counts the tries.
    ELSIF it.action IS NOT NULL AND nextval('fault_count') < it.times THEN
        RAISE EXCEPTION 'could not serialize access: made by a test'
              USING ERRCODE = it.action;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER fault_claim AFTER INSERT ON discuss_command_run
    FOR EACH ROW EXECUTE FUNCTION fault('claim');
CREATE TRIGGER fault_done AFTER UPDATE OF outcome ON discuss_command_run
    FOR EACH ROW EXECUTE FUNCTION fault('done');
CREATE CONSTRAINT TRIGGER fault_commit AFTER UPDATE ON discuss_command_run
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION fault('commit');
"""
IS_WAITING = """
SELECT pid, client_port, current_setting('port')::int FROM pg_stat_activity
 WHERE datname = current_database() AND wait_event = 'advisory'
"""


class Served:
    """The running Odoo: requests to it, its database, and what goes wrong there."""

    def __init__(self, url, database, prepared):
        self.url = url
        self.database = database
        self.prepared = prepared
        self.chats = iter(prepared["chats"])
        self.execute(TRIGGERS)

    # Requests

    def ask(self, route, who, **params):
        """Return the result of a JSON-RPC request, or None when there is none.

        None is what a browser takes for a failure, and offers *Retry* for: no answer,
        or an error.
        """
        cookie = f"session_id={self.prepared[who]}" if who in self.prepared else who
        request = urllib.request.Request(
            self.url + route,
            json.dumps({"jsonrpc": "2.0", "id": 1, "params": params}).encode(),
            {"Content-Type": "application/json", "Cookie": cookie},
        )
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
                return json.load(answer).get("result")
        except (OSError, http.client.HTTPException, ValueError):
            return None

    def call(self, who, model, method, *args, **kwargs):
        """Call a method as the web client does."""
        return self.ask(
            f"/web/dataset/call_kw/{model}/{method}",
            who,
            model=model,
            method=method,
            args=args,
            kwargs=kwargs,
        )

    def run(self, chat, line, request_id, who="anna"):
        """Run a command line in a conversation."""
        ids = [chat["channel"]]
        return self.call(who, "discuss.channel", "run_command", ids, line, request_id)

    def run_scheduled(self, name):
        """Run a scheduled action by its external id."""
        [(cron,)] = self.execute(
            "SELECT res_id FROM ir_model_data WHERE name = %s", name
        )
        self.call("admin", "ir.cron", "method_direct_trigger", [cron])

    # The database

    @contextlib.contextmanager
    def _cursor(self):
        connection = psycopg2.connect(dbname=self.database)
        connection.autocommit = True
        try:
            with connection.cursor() as cursor:
                yield cursor
        finally:
            connection.close()

    def execute(self, query, *params):
        """Run a statement, return its rows; parameters may be named in a dict."""
        named = params[0] if params and isinstance(params[0], dict) else params
        with self._cursor() as cursor:
            cursor.execute(query, named or None)
            return cursor.fetchall() if cursor.description else []

    def value(self, query, *params):
        """Return the one value that a query gives."""
        return self.execute(query, *params)[0][0]

    # Faults

    @contextlib.contextmanager
    def raising(self, point, code, times):
        """Let PostgreSQL raise an error at a point, so many times."""
        self.execute("ALTER SEQUENCE fault_count RESTART WITH 0")
        self.execute("INSERT INTO fault VALUES (%s, %s, %s)", point, code, times)
        try:
            yield
        finally:
            self.execute("DELETE FROM fault")

    @contextlib.contextmanager
    def waiting(self, point):
        """Let requests wait at a point until the block is left.

        Yields a function that waits until so many do, one if not said, and returns, of
        the last, the ids of the process of PostgreSQL and of Odoo's worker.
        """
        self.execute("INSERT INTO fault VALUES (%s, 'wait', 0)", point)
        with self._cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", (LOCK,))
            try:
                yield self._wait_for
            finally:
                self.execute("DELETE FROM fault")
        # With its session the lock goes.

    def _wait_for(self, count=1):
        deadline = time.monotonic() + PATIENCE
        while len(rows := self.execute(IS_WAITING)) < count:
            assert time.monotonic() < deadline, "nobody waits"
            time.sleep(0.02)
        backend, *ports = rows[-1]
        return backend, _find_process(*ports)

    def settle(self):
        """Wait until no request of before holds a transaction."""
        self.wait_until(
            "SELECT count(*) = 0 FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            " AND state <> 'idle' AND application_name LIKE 'odoo-%'"
        )

    def wait_until(self, query):
        """Wait until a query gives true."""
        deadline = time.monotonic() + PATIENCE
        while not self.value(query):
            assert time.monotonic() < deadline, query
            time.sleep(0.02)

    @staticmethod
    def kill(worker):
        """Kill a worker as the kernel does when memory is short."""
        os.kill(worker, signal.SIGKILL)


def _find_process(port, other_port):
    """Return the id of the process whose end of a connection has this port.

    Where it leads counts, too: a port serves connections to several places.

    What a worker calls itself in PostgreSQL has the id of the process it comes from.
    """
    rows = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()]
    ends = (f":{port:04X}", f":{other_port:04X}")
    [inode] = {
        row[9] for row in rows if row[1].endswith(ends[0]) and row[2].endswith(ends[1])
    }
    for path in Path("/proc").glob("[0-9]*/fd/*"):
        with contextlib.suppress(OSError):
            if os.readlink(path) == f"socket:[{inode}]":
                return int(path.parts[2])
    raise AssertionError(f"no process has port {port}")
