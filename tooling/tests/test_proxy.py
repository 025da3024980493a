import contextlib
import http.server
import threading
import time
import urllib.request
from concurrent import futures

import pytest

from tooling.process import free_port
from tooling.proxy import proxy


@contextlib.contextmanager
def _serving(name, seconds=0, started=None):
    """Serve, on a port of its own, the name and what was asked.

    :param seconds: how long it takes
    :param started: gets the number of requests that are in work, at each beginning
    """
    working, lock = set(), threading.Lock()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            with lock:
                working.add(self)
                if started is not None:
                    started.append(len(working))
            time.sleep(seconds)
            with lock:
                working.remove(self)
            body = self.rfile.read(int(self.headers["Content-Length"]))
            answer = f"{name} {self.path} {len(body)}".encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *arguments):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize(
    ("path", "target"),
    [
        ("/", "http"),
        ("/websocket", "websocket"),
        ("/websocket?version=19", "websocket"),
        ("/websocket/peek_notifications", "http"),
        ("/odoo?next=/websocket", "http"),
    ],
)
def test_websockets_have_a_process_of_their_own(path, target):
    port = free_port()
    body = b"x" * 1_000_000
    with _serving("http") as first, _serving("websocket") as second:
        with proxy(port, first, second, 1):
            url = f"http://127.0.0.1:{port}{path}"
            with urllib.request.urlopen(url, body, timeout=10) as answer:
                assert answer.read().decode() == f"{target} {path} {len(body)}"


def test_no_more_than_the_workers_take_are_passed_on_at_once():
    port = free_port()
    started = []
    with _serving("http", 0.1, started) as first, proxy(port, first, first, 2):
        url = f"http://127.0.0.1:{port}/"
        with futures.ThreadPoolExecutor(6) as pool:
            answers = [*pool.map(lambda _n: _ask(url), range(6))]
    assert answers == ["http / 1"] * 6
    assert max(started) == 2


def _ask(url):
    with urllib.request.urlopen(url, b"x", timeout=10) as answer:
        return answer.read().decode()
