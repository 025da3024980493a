"""``python3 -m tooling COMMAND``: what the Makefile calls."""

import errno
import importlib
import os
import signal
import sys

from .console import ToolingError, complain
from .process import interrupt_children

COMMANDS = {
    "run": "serve a demo database",
    "test": "run the tests",
    "test-upstream": "run Odoo's own tests without and with our addons",
    "lint": "check the sources",
    "fmt": "format the sources",
    "bench": "run the benchmarks",
    "load": "simulate many agents, with our addons and on Odoo's own",
    "dist": "package the addons",
    "pot": "update the terms to translate",
    "pages": "write the page for operators that the addon serves",
    "screenshots": "take the pictures of README and Apps page",
    "odoo": "call Odoo with this checkout's configuration",
    "exec": "call a program with Odoo's Python and PostgreSQL at hand",
    "template": "make a template database (main, all or demo) and print its name",
    "postgres": "start or stop the PostgreSQL that outlives a command",
}

# What the developer can do when the system refuses.
_CLOSED = (
    "{path} cannot be written: set LIVECHAT_COMMAND_CACHE to a folder that can be."
)
REASONS = {
    errno.ENOSPC: "no disk space left ({path}).",
    errno.EACCES: _CLOSED,
    errno.EPERM: _CLOSED,
    errno.EROFS: _CLOSED,
}


def main(arguments):
    """Run one command and return its exit status."""
    if not arguments or arguments[0] not in COMMANDS:
        width = max(map(len, COMMANDS))
        rows = [f"  {name:{width}}  {text}" for name, text in COMMANDS.items()]
        print("\n".join(["Commands:", *rows]))
        return 2
    _on_request_to_end(_interrupt)
    name, *rest = arguments
    module = name.replace("-", "_")
    command = importlib.import_module(f"{__package__}.commands.{module}")
    try:
        return command.main(rest)
    except ToolingError as error:
        complain(error)
        return 1
    except KeyboardInterrupt:
        complain("stopped.")
        return 130
    except OSError as error:
        if error.errno not in REASONS:
            raise
        path = error.filename or os.getcwd()
        complain(REASONS[error.errno].format(path=path))
        return 1


def _on_request_to_end(handler):
    """Set what happens on Ctrl-C and on signals that ask us to end."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, handler)


def _interrupt(_signal, _frame):
    """Let every request to end take the same way, also for what we started.

    Further ones are ignored: ending takes seconds, and nothing may be left behind.
    """
    _on_request_to_end(lambda *_arguments: None)
    interrupt_children()
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
