"""Packages the addons: each as a zip file to unpack, and as a wheel for pip.

Both hold what ``git archive`` gives: .gitattributes says what stays out. A wheel that
is built in the checkout itself would hold the tooling and the other addons too.
"""

import os
import shutil
import tempfile
from pathlib import Path

from . import addons, python_packages
from .cache import ROOT, log_file
from .process import output_of, run_logged

BUILD = "import sys, whool.buildapi; whool.buildapi.build_wheel(sys.argv[1])"


def build(folder, commit="HEAD"):
    """Write zip file and wheel of each addon into a folder, emptied before.

    :param str commit: what is packaged, as git knows it
    :return: the addons' names, each with the paths of its two packages
    """
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return {
        name: _build(name, path, folder, commit) for name, path in addons.ours().items()
    }


def _build(name, path, folder, commit):
    """Write the packages of one addon and return their paths."""
    archive = folder / f"{name}-{addons.manifest(path)['version']}.zip"
    inside = path.relative_to(ROOT).as_posix()
    tree = commit if path == ROOT else f"{commit}:{inside}"
    output_of(
        ["git", "archive", f"--prefix={name}/", f"--output={archive}", tree], cwd=ROOT
    )
    with tempfile.TemporaryDirectory() as unpacked:
        shutil.unpack_archive(archive, unpacked)
        _build_wheel(Path(unpacked) / name, folder)
    [wheel] = folder.glob(f"odoo_addon_{name}-*.whl")
    return archive, wheel


def _build_wheel(source, folder):
    """Write the wheel of an addon's sources."""
    # Without git, which would look for a repository above.
    variables = {**os.environ, "GIT_DIR": os.devnull}
    python = python_packages.lint_environment() / "bin" / "python"
    run_logged(
        [python, "-c", BUILD, folder],
        log_file("wheel"),
        f"The wheel of {source.name} could not be built",
        cwd=source,
        env=variables,
    )
