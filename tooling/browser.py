"""Makes sure that there is a Chromium for the browser tests."""

import os

from .cache import lock, log_file
from .console import ToolingError, say
from .process import find_program, run_logged

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")


def browser():
    """Return the path of a Chromium, installed by apt-get when we may."""
    found = find_program(*NAMES)
    if found:
        return found
    if os.geteuid() != 0 or not find_program("apt-get"):
        raise ToolingError(
            "The browser tests need Chromium: install it, on Debian with"
            " 'apt-get install chromium'."
        )
    with lock("browser"):
        _install()
    found = find_program(*NAMES)
    if not found:
        raise ToolingError("Chromium was installed and still is not on PATH.")
    return found


def _install():
    """Install Debian's Chromium."""
    say("Installing Chromium")
    log = log_file("apt-chromium")
    failure = "Chromium could not be installed"
    variables = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    run_logged(["apt-get", "update"], log, failure, env=variables)
    install = ["apt-get", "install", "--yes", "--no-install-recommends", "chromium"]
    run_logged(install, log, failure, env=variables)
