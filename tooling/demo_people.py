"""The people of the demo database: who waits for whom, and the visitor's side of it.

A visitor is known by a cookie that Odoo sets when a chat begins. Marie's has begun: a
page of our own sets her cookie and sends the browser on to Odoo's page of the
conversation. It has another name of this machine than the agent's page, so that one
browser can be both.
"""

import contextlib
import http.server
import threading
import urllib.parse
from typing import NamedTuple

HOST = "127.0.0.1"
NAME = "localhost"
FIND = """
    SELECT channel.res_id, guest.id, guest.access_token
      FROM ir_model_data channel, ir_model_data known, mail_guest guest
     WHERE channel.module = 'livechat_command' AND channel.name = 'livechat_marie'
       AND known.module = 'livechat_command' AND known.name = 'livechat_marie_guest'
       AND guest.id = known.res_id"""


class Visitor(NamedTuple):
    """Marie, and her conversation."""

    channel_id: str
    guest_id: str
    token: str


def find_visitor(store, database):
    """Return Marie, or None where she was removed."""
    row = store.query(FIND, database).strip()
    return Visitor(*row.split("|")) if row else None


@contextlib.contextmanager
def pages(visitor, url, port):
    """Yield the addresses to begin at: of the agent's page, and of the visitor's."""
    if not visitor:
        yield {"agent": f"{url}/web/login?login=demo", "visitor": f"{url}/"}
        return
    page = f"/odoo/discuss?active_id=discuss.channel_{visitor.channel_id}"
    words = urllib.parse.urlencode({"login": "demo", "redirect": page})
    with door(visitor, port) as address:
        yield {"agent": f"{url}/web/login?{words}", "visitor": address}


@contextlib.contextmanager
def door(visitor, port):
    """Yield the address that opens the chat as the visitor, while the block runs."""
    page = f"http://{NAME}:{port}/discuss/channel/{visitor.channel_id}"
    cookie = f"dgid={visitor.guest_id}|{visitor.token}; Path=/; HttpOnly; SameSite=Lax"

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            is_door = self.path == "/"
            self.send_response(303 if is_door else 404)
            if is_door:
                self.send_header("Set-Cookie", cookie)
                self.send_header("Location", page)
            self.end_headers()

        def log_message(self, *_arguments):
            """Print nothing between what the developer reads."""

    server = http.server.ThreadingHTTPServer((HOST, 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://{NAME}:{server.server_port}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
