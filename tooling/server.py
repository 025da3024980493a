"""Serves a database with Odoo, in a process of its own."""

import contextlib
import http.client
import socket
import subprocess
import time

from .cache import ROOT
from .console import ToolingError
from .process import child, free_port
from .proxy import proxy

PATIENCE = 180
WAITING = 8  # connections a worker that wait to be accepted: as Odoo's server listens
START = ROOT / "tooling" / "bin" / "start_odoo.py"


@contextlib.contextmanager
def serving(place, database, port, names, log, words=(), variables=()):
    """Serve a database on a loopback port; stop when the block is left."""
    command = [place.python, START, "--config", place.config(names)]
    command += ["--database", database, "--http-port", port, *words]
    with (
        log.open("w") as output,
        child(
            command,
            env={**place.variables(), **dict(variables)},
            stdout=output,
            stderr=subprocess.STDOUT,
        ) as process,
    ):
        _wait_until_ready(process, port, log)
        yield process


@contextlib.contextmanager
def serving_by_workers(place, database, port, names, log, workers, words=()):
    """Serve like ``serving``, by worker processes and one that holds the websockets."""
    http_port, websocket_port = free_port(), free_port()
    words = [*words, f"--workers={workers}", f"--gevent-port={websocket_port}"]
    # A worker drops who says nothing for two seconds, as on a busy machine may happen.
    variables = {"ODOO_HTTP_SOCKET_TIMEOUT": "30"}
    with (
        serving(place, database, http_port, names, log, words, variables) as process,
        # Connections that find no place are tried again after a second.
        proxy(port, http_port, websocket_port, WAITING * workers),
    ):
        # The process of the websockets starts by itself, and later than the workers.
        _wait(process, lambda: _listens(websocket_port), log)
        yield process


def _wait_until_ready(process, port, log):
    """Wait for the login page: then the registry and the first bundles are there."""
    _wait(process, lambda: _answers(port), log)


def _wait(process, is_ready, log):
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise ToolingError(f"Odoo stopped while it started (details in {log}).")
        if is_ready():
            return
        time.sleep(0.3)
    raise ToolingError(f"Odoo did not answer in {PATIENCE} seconds (details in {log}).")


def _listens(port):
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1):
            return True
    except OSError:
        return False


def _answers(port):
    """Tell whether the login page comes."""
    request = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    with contextlib.closing(request):
        try:
            request.request("GET", "/web/login")
            return request.getresponse().status == 200
        except OSError:
            return False
