"""Makes the virtual environments, with the pinned packages in them."""

import importlib.util
import os
import shutil
import sys
from pathlib import Path

from . import apt
from .cache import log_file, prepared
from .console import ToolingError, say
from .process import run_logged

HERE = Path(__file__).parent
OLDEST, NEWEST = (3, 10), (3, 13)


def odoo_environment():
    """Return the environment that Odoo and its tests run in."""
    return _environment("odoo", ["requirements.txt", "requirements-no-deps.txt"])


def lint_environment():
    """Return the environment of the linters."""
    return _environment("lint", ["requirements-lint.txt"])


def node_environment():
    """Return the environment that carries a Node.js."""
    return _environment("node", ["requirements-node.txt"])


def site_packages(environment):
    """Return the folder of an environment that its packages lie in."""
    version = "python{}.{}".format(*sys.version_info)
    return environment / "lib" / version / "site-packages"


def _environment(name, files):
    """Return the environment with the packages of requirement files."""
    _check_version()

    def build(folder):
        say(f"Installing the Python packages of {name}")
        _create(folder)
        for file in files:
            _install(folder, name, file)

    return prepared(f"venv-{name}", [sys.version, *map(pins, files)], build)


def pins(file):
    """Return what a requirement file pins."""
    return (HERE / file).read_text()


def _check_version():
    """Refuse a Python that Odoo 19 does not know."""
    if not OLDEST <= sys.version_info[:2] <= NEWEST:
        raise ToolingError(
            "Odoo 19 runs on Python 3.10 to 3.13 and this is {}.{}: name another one"
            " with PYTHON=python3.12, say.".format(*sys.version_info)
        )


def _create(folder):
    """Make an empty environment that has pip."""
    log = log_file("venv")
    # Debian packs ensurepip separately.
    has_pip = importlib.util.find_spec("ensurepip")
    arguments = [] if has_pip else ["--without-pip"]
    command = [sys.executable, "-m", "venv", *arguments, folder]
    run_logged(command, log, "The virtual environment could not be made")
    if not has_pip:
        _bootstrap_pip(folder, log)


def _bootstrap_pip(folder, log):
    """Install the pip that Debian ships as a wheel."""
    downloads = folder / "pip"
    downloads.mkdir()
    apt.download(["python3-pip-whl/sid"], downloads)
    apt.unpack(next(downloads.glob("*.deb")), downloads)
    wheel = next(downloads.glob("usr/share/python-wheels/pip-*.whl"))
    command = [folder / "bin/python", wheel / "pip", "install", "--no-index", wheel]
    run_logged(command, log, "pip could not be installed")
    shutil.rmtree(downloads)


def _install(folder, name, file):
    """Install one requirement file."""
    no_deps = ["--no-deps"] if "no-deps" in file else []
    run_logged(
        [folder / "bin/python", "-m", "pip", "install", "--no-input", "--retries=2"]
        # Programs find compiled files elsewhere: see python_variables.
        + ["--no-compile", *no_deps, "--requirement", HERE / file],
        log_file(f"pip-{name}"),
        f"The Python packages of {name} could not be installed",
        env={**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1"},
    )
