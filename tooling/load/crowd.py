"""The websockets of all who act, held open by a program of their own."""

import contextlib
import dataclasses
import json
import re
import subprocess

from ..cache import ROOT
from ..console import ToolingError

PROGRAM = ROOT / "tooling" / "load" / "listeners.py"
# A client that names another version is told to reload its page.
VERSION = re.compile(r'_VERSION = "([^"]+)"')


@dataclasses.dataclass
class Heard:
    """What came over the websockets of a run."""

    is_open: int = 0
    failed: list = dataclasses.field(default_factory=list)
    received: dict = dataclasses.field(default_factory=dict)

    @property
    def leaked(self):
        """How often a visitor got what is for agents."""
        return self.received.get("visitor", {}).get("livechat_command", 0)

    def __str__(self):
        sums = {who: sum(kinds.values()) for who, kinds in self.received.items()}
        return (
            f"{self.is_open} open, {len(self.failed)} failed,"
            f" {sums.get('agent', 0)} notifications to agents,"
            f" {sums.get('visitor', 0)} to visitors"
        )


@contextlib.contextmanager
def crowd(place, url, people):
    """Listen for all people while the block runs; what they heard is there after it."""
    source = place.library / "odoo" / "addons" / "bus" / "websocket.py"
    version = VERSION.search(source.read_text())[1]
    address = f"{url.replace('http', 'ws', 1)}/websocket?version={version}"
    heard = Heard()
    process = subprocess.Popen(
        [place.python, PROGRAM, address],
        env=place.variables(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        process.stdin.write(json.dumps(people) + "\n")
        process.stdin.flush()
        first = process.stdout.readline()
        if not first:
            raise ToolingError("The websockets could not be opened.")
        heard.is_open = json.loads(first)["open"]
        yield heard
        process.stdin.close()
        last = json.loads(process.stdout.readline())
        heard.failed, heard.received = last["failed"], last["received"]
    finally:
        process.kill()
        process.wait()
