"""Our addons: where they are, what they need, and whether they changed.

Odoo takes an addon's name from its folder, and this checkout may have any name: it
is reached through a folder of links, kept in the cache.
"""

import ast

from .cache import CACHE, ROOT, checkout_id, digest
from .process import output_of

MAIN = "livechat_command"
OTHERS = ROOT / "addons"
# The addon that docs/bridges.md shows: installed for tests, and nowhere else.
EXAMPLES = ROOT / "docs" / "example_bridge"
# Folders of the repository that belong to no addon.
NOT_MAIN = {"addons", "tooling", "benchmarks", "docs", "e2e", ".ci"}
# What an addon's database record of itself does not depend on.
NOT_INSTALLED = {"tests", "static"}
INSTALLED_FILES = {".py", ".xml", ".csv", ".po"}


def others():
    """Return the folders of what is installed beside the main addon, by their name."""
    return _addons_in(OTHERS)


def examples():
    """Return the folders of the addons in the documentation by their name."""
    return _addons_in(EXAMPLES)


def _addons_in(folder):
    manifests = sorted(folder.glob("*/__manifest__.py"))
    return {manifest.parent.name: manifest.parent for manifest in manifests}


def foreign(path):
    """Return the folder of an addon, or of each addon in a folder, by its name."""
    if (path / "__manifest__.py").is_file():
        return {path.name: path}
    return _addons_in(path)


def ours():
    """Return the folders of all our addons by their name."""
    return {MAIN: ROOT, **others()}


def folders(names):
    """Return the folders of these addons, ours or examples, by their name."""
    known = {**ours(), **examples()}
    return {name: known[name] for name in names}


def manifest(folder):
    """Return an addon's manifest."""
    return ast.literal_eval((folder / "__manifest__.py").read_text())


def link(names):
    """Make this checkout's folder of links to these addons, and return it.

    Databases with and without the others must not see the same addons: Odoo would
    install a bridge by itself. So each set of names has a folder of its own.
    """
    return link_folders(purpose(names), folders(names))


def purpose(names):
    """Return a word for a set of our addons: what its links and files are named."""
    if examples().keys() & set(names):
        return "examples"
    return ("none", "main", "all")[min(len(names), 2)]


def link_folders(purpose, targets):
    """Make a folder hold a link to each target by its name, and no others."""
    links = CACHE / "addons" / checkout_id() / purpose
    links.mkdir(parents=True, exist_ok=True)
    for present in links.iterdir():
        if present.is_symlink() and present.name not in targets:
            present.unlink()
    for name, target in targets.items():
        path = links / name
        if not path.is_symlink() or path.readlink() != target:
            path.unlink(missing_ok=True)
            path.symlink_to(target)
    return links


def tracked_files(*patterns):
    """Return the checkout's files that git has, or would take, by their path."""
    if not (ROOT / ".git").exists():
        return _all_files(patterns or ("*",))
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = output_of([*command, "--", *patterns], cwd=ROOT)
    paths = {ROOT / name for name in listed.split("\0") if name}
    return sorted(path for path in paths if path.is_file())


def _all_files(patterns):
    """Return the files of a checkout that was downloaded without git."""
    paths = {path for pattern in patterns for path in ROOT.rglob(pattern)}
    return sorted(path for path in paths if path.is_file())


def owner(path):
    """Return the name of the addon that a file of the checkout belongs to."""
    parts = path.relative_to(ROOT).parts
    if parts[0] == "addons" and len(parts) > 2:
        return parts[1]
    if EXAMPLES in path.parents and len(parts) > 3:
        return parts[2]
    return None if parts[0] in NOT_MAIN else MAIN


def fingerprint(names):
    """Return a hash of what these addons put in a database."""
    roots = folders(names)
    paths = [
        path
        for path in tracked_files()
        if owner(path) in names
        and path.suffix in INSTALLED_FILES
        and not NOT_INSTALLED & set(path.relative_to(roots[owner(path)]).parts[:-1])
    ]
    contents = (path.read_text(errors="replace") for path in paths)
    return digest(*(path.relative_to(ROOT) for path in paths), *contents)
