"""Where things lie: the checkout, and the cache folder outside of it.

Several checkouts share one cache. What depends on a checkout carries its id; what
depends on pinned versions lies in a folder named after them.
"""

import contextlib
import fcntl
import hashlib
import os
import re
import shutil
from pathlib import Path

from .console import ToolingError, say

ROOT = Path(__file__).resolve().parent.parent
GIGABYTE = 1024**3


def _cache_folder():
    """Return the cache folder, which LIVECHAT_COMMAND_CACHE may choose."""
    chosen = os.environ.get("LIVECHAT_COMMAND_CACHE")
    if chosen:
        return Path(chosen).expanduser().resolve()
    parent = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(parent).resolve() / "livechat_command"


CACHE = _cache_folder()
LOGS = CACHE / "logs"


def digest(*parts):
    """Return a short name for a list of texts."""
    return hashlib.sha256("\0".join(map(str, parts)).encode()).hexdigest()[:12]


def checkout_id():
    """Return a name of this checkout that may stand in a database's name."""
    name = re.sub(r"\W+", "_", ROOT.name.lower())[:20]
    return f"{name}_{digest(ROOT)[:6]}"


def log_file(name):
    """Return the path of a log of this checkout, its folder made."""
    folder = LOGS / checkout_id()
    folder.mkdir(parents=True, exist_ok=True)
    return folder / f"{name}.log"


@contextlib.contextmanager
def lock(name, *, waiting=None):
    """Hold a lock that all runs share; say ``waiting`` when another one has it."""
    folder = CACHE / "locks"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / name).open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if waiting:
                say(waiting)
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def prepared(kind, versions, build, gigabytes=1):
    """Return the folder of ``kind`` for these versions, built on first use.

    A marker written last tells a finished folder from an interrupted one, and a
    lock keeps two runs from building the same one.

    :param str kind: what it holds, as a word
    :param list versions: texts that, changed, ask for another folder
    :param build: called with the empty folder
    :param gigabytes: room that building takes
    """
    folder = CACHE / kind / digest(*versions)
    marker = folder / ".complete"
    if not marker.exists():
        with lock(kind, waiting=f"Waiting for another run that prepares {kind}"):
            if not marker.exists():
                check_room(gigabytes)
                shutil.rmtree(folder, ignore_errors=True)
                folder.mkdir(parents=True)
                build(folder)
                marker.touch()
    return folder


def check_room(gigabytes):
    """Refuse to start what the disk has no room for."""
    CACHE.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(CACHE).free / GIGABYTE
    if free < gigabytes:
        raise ToolingError(
            f"{CACHE} needs {gigabytes} GB of disk space and has {free:.1f} GB left."
        )
