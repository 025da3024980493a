"""Holds the websockets of agents and visitors open, as their browsers would.

A program for the Python that has Odoo's packages: people come as JSON on the standard
input, and what was received is printed when the input ends.
"""

import collections
import json
import sys
import threading

import websocket

# What none but agents may hear of.
OURS = "livechat_command"


class Listeners:
    """All connections of a run, and the kinds of notifications that came over them."""

    def __init__(self, url):
        self.url = url
        self.received = {
            "agent": collections.Counter(),
            "visitor": collections.Counter(),
        }
        self.failed = []
        self.sockets = []

    def listen(self, who, cookie):
        """Open a connection, subscribe, and read from it in a thread of its own."""
        host = self.url.replace("ws://", "http://")
        try:
            connection = websocket.create_connection(
                self.url, cookie=cookie, origin=host.split("/websocket")[0], timeout=60
            )
        except (OSError, websocket.WebSocketException) as error:
            self.failed.append(f"{who}: {error}")
            return
        data = {"channels": [], "last": 0}
        connection.send(json.dumps({"event_name": "subscribe", "data": data}))
        connection.settimeout(None)
        self.sockets.append(connection)
        threading.Thread(target=self._read, args=(who, connection), daemon=True).start()

    def _read(self, who, connection):
        try:
            while text := connection.recv():
                for notification in json.loads(text):
                    message = notification["message"]
                    kind = OURS if OURS in json.dumps(message) else message["type"]
                    self.received[who][kind] += 1
        except (OSError, ValueError, websocket.WebSocketException):
            # The server ends with the run; who is left then is counted by `sockets`.
            return


def main(url):
    """Listen for all people until the input ends."""
    listeners = Listeners(url)
    for person in json.loads(sys.stdin.readline()):
        listeners.listen("agent", f"session_id={person['session']}")
        listeners.listen("visitor", person["guest"])
    print(json.dumps({"open": len(listeners.sockets)}), flush=True)
    sys.stdin.read()
    print(json.dumps({"failed": listeners.failed, "received": listeners.received}))


if __name__ == "__main__":
    main(sys.argv[1])
