import base64
import os
import socket
import urllib.request
from pathlib import Path

from tooling.cache import log_file
from tooling.process import free_port
from tooling.server import serving_by_workers

HANDSHAKE = """GET /websocket?version=any HTTP/1.1\r
Host: 127.0.0.1:{port}\r
Origin: http://127.0.0.1:{port}\r
Connection: Upgrade\r
Upgrade: websocket\r
Sec-WebSocket-Key: {key}\r
Sec-WebSocket-Version: 13\r
\r
"""


def test_workers_serve_pages_and_websockets(site):
    port = free_port()
    log = log_file("lifecycle-workers")
    with serving_by_workers(site.place, site.database, port, (), log, 2) as odoo:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/web/login") as page:
            assert page.status == 200
        assert _shake_hands(port).startswith("HTTP/1.1 101")
        children = Path(f"/proc/{odoo.pid}/task/{odoo.pid}/children").read_text()
        # Two workers and the process that holds the websockets.
        assert len(children.split()) == 3


def _shake_hands(port):
    """Return how Odoo answers the request for a websocket."""
    key = base64.b64encode(os.urandom(16)).decode()
    with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        connection.sendall(HANDSHAKE.format(port=port, key=key).encode())
        return connection.recv(1000).decode()
