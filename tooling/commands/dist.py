"""Packages the addons of the last commit, each as an archive that Odoo can unpack."""

import subprocess

from .. import addons
from ..cache import CACHE, ROOT, checkout_id
from ..console import ToolingError, say


def main(_arguments):
    """Write one zip file an addon; .gitattributes says what stays out."""
    folder = CACHE / "dist" / checkout_id()
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.zip"):
        old.unlink()
    for name, path in addons.ours().items():
        version = addons.manifest(path)["version"]
        target = folder / f"{name}-{version}.zip"
        _archive(name, path, target)
        say(f"Packaged {target}")
    return 0


def _archive(name, path, target):
    """Write an addon's files as of the last commit."""
    inside = path.relative_to(ROOT).as_posix()
    tree = "HEAD" if path == ROOT else f"HEAD:{inside}"
    command = ["git", "archive", f"--prefix={name}/", f"--output={target}", tree]
    result = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, check=False
    )
    if result.returncode:
        raise ToolingError(f"{name} could not be packaged: {result.stderr.strip()}")
