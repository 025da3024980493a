"""What the developer reads while the tooling works."""

import sys
import time

START = time.monotonic()


class ToolingError(Exception):
    """Something the developer can act on: one clear sentence, no traceback."""


def say(sentence):
    """Print one line of progress with the seconds since the start."""
    print(f"[{time.monotonic() - START:4.0f} s] {sentence}", flush=True)


def complain(sentence):
    """Print what went wrong, on the error stream, after everything else."""
    sys.stdout.flush()
    print(f"Error: {sentence}", file=sys.stderr, flush=True)
