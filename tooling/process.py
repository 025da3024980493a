"""Runs other programs, and turns their failures into one sentence."""

import contextlib
import os
import re
import shutil
import signal
import socket
import subprocess

from .cache import CACHE
from .console import ToolingError

FULL_DISK = "No space left on device"
NO_NETWORK = (
    "Temporary failure resolving",
    "Temporary failure in name resolution",
    "Name or service not known",
    "Could not connect to",
    "Connection refused",
    "Network is unreachable",
    "NewConnectionError",
    "ENOTFOUND",
    "EAI_AGAIN",
    "ECONNREFUSED",
)


# The last line of a traceback.
EXCEPTION = re.compile(
    r"^(?:\w+\.)*\w*(?:Error|Exception|errors\.\w+): .+$", re.MULTILINE
)

# Programs that we started, and whether each was asked to end: a second time would
# make Odoo and pytest drop what they do to end in order.
_children = {}


@contextlib.contextmanager
def child(command, **options):
    """Start a program, and end it with all that it started when the block is left.

    It runs in a session of its own: Ctrl-C reaches us alone, and we pass it on once.
    """
    process = subprocess.Popen(
        [str(word) for word in command],
        stdin=subprocess.DEVNULL,
        start_new_session=True,
        **options,
    )
    _children[process] = False
    try:
        yield process
    finally:
        _stop(process)
        del _children[process]


def interrupt_children():
    """Ask all programs that we started to end."""
    for process, asked in list(_children.items()):
        if not asked:
            _children[process] = True
            process.send_signal(signal.SIGINT)


def _stop(process, patience=20):
    """End a program: asked first, made to with all of its session if it stays."""
    if process.poll() is not None:
        return
    if not _children[process]:
        process.send_signal(signal.SIGINT)
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(patience)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def run_attached(command, **options):
    """Run a program that prints in this terminal; return its exit status."""
    with child(command, **options) as process:
        return process.wait()


def run_in_foreground(command, **options):
    """Run a program that has the terminal, Ctrl-C included; return its status."""
    # A function, not SIG_IGN, which the program would inherit.
    before = signal.signal(signal.SIGINT, lambda *_arguments: None)
    try:
        command = [str(word) for word in command]
        return subprocess.run(command, check=False, **options).returncode
    finally:
        signal.signal(signal.SIGINT, before)


def run_logged(command, log, failure, **options):
    """Run a command with its output in a log; raise ``failure`` if it fails.

    :param list command: program and arguments
    :param Path log: file that is replaced
    :param str failure: what failed, as the start of a sentence
    """
    log.parent.mkdir(parents=True, exist_ok=True)
    try:
        with log.open("w") as output:
            options = {**options, "stdout": output, "stderr": subprocess.STDOUT}
            status = run_attached(command, **options)
    except FileNotFoundError as error:
        raise ToolingError(f"{failure}: {error.filename} is not there.") from error
    if status:
        raise ToolingError(_explain(failure, log))


def _explain(failure, log):
    """Return the sentence for a failed command, with the causes we know."""
    text = log.read_text(errors="replace")
    if FULL_DISK in text:
        return f"{failure}: no disk space left in {CACHE}."
    if any(sign in text for sign in NO_NETWORK):
        return f"{failure}: there is no network (details in {log})."
    errors = EXCEPTION.findall(text)
    cause = f": {errors[-1]}" if errors else ""
    return f"{failure}{cause} (details in {log})."


def output_of(command, **options):
    """Return what a command prints; raise with its last line when it fails."""
    name = os.path.basename(command[0])
    try:
        result = subprocess.run(
            [str(part) for part in command],
            capture_output=True,
            text=True,
            check=False,
            **options,
        )
    except FileNotFoundError as error:
        raise ToolingError(f"{name} is not installed.") from error
    if result.returncode:
        lines = (result.stderr or result.stdout).strip().splitlines() or ["no message"]
        raise ToolingError(f"{name} failed: {lines[-1]}")
    return result.stdout


def find_program(*names):
    """Return the path of the first program that is on PATH, or None."""
    return next(filter(None, map(shutil.which, names)), None)


def python_variables():
    """Return the environment for Python programs: compiled files go in the cache."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in {"PYTHONDONTWRITEBYTECODE", "PYTHONPATH"}
    }
    return {**kept, "PYTHONPYCACHEPREFIX": str(CACHE / "pycache")}


def free_port():
    """Return a TCP port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def is_free_port(port):
    """Tell whether nothing listens on a port of the loopback address."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
