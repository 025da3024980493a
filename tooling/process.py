"""Runs other programs, and turns their failures into one sentence."""

import os
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


def run_logged(command, log, failure, **options):
    """Run a command with its output in a log; raise ``failure`` if it fails.

    :param list command: program and arguments
    :param Path log: file that is replaced
    :param str failure: what failed, as the start of a sentence
    """
    log.parent.mkdir(parents=True, exist_ok=True)
    try:
        with log.open("w") as output:
            result = subprocess.run(
                [str(part) for part in command],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                check=False,
                **options,
            )
    except FileNotFoundError as error:
        raise ToolingError(f"{failure}: {error.filename} is not there.") from error
    if result.returncode:
        raise ToolingError(_explain(failure, log))


def _explain(failure, log):
    """Return the sentence for a failed command, with the causes we know."""
    text = log.read_text(errors="replace")
    if FULL_DISK in text:
        return f"{failure}: no disk space left in {CACHE}."
    if any(sign in text for sign in NO_NETWORK):
        return f"{failure}: there is no network (details in {log})."
    return f"{failure} (details in {log})."


def output_of(command, **options):
    """Return what a command prints; raise with its last line when it fails."""
    result = subprocess.run(
        [str(part) for part in command],
        capture_output=True,
        text=True,
        check=False,
        **options,
    )
    if result.returncode:
        lines = (result.stderr or result.stdout).strip().splitlines() or ["no message"]
        raise ToolingError(f"{os.path.basename(command[0])} failed: {lines[-1]}")
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


def stop(process, patience=20):
    """End a process that we started: asked first, made to when it does not."""
    if process.poll() is not None:
        return
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(patience)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
