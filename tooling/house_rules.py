"""Rules of this project that no linter knows."""

import ast
import re

from .cache import ROOT

# Folders whose modules Odoo loads, with the subjects below them.
_LOADED = {"models", "controllers"}


def unimported(path):
    """Return a finding for a model, controller or test that its folder leaves out.

    Odoo loads what ``__init__.py`` names, and pytest finds tests that Odoo does not.
    """
    folder = path.parent
    if folder.name == "tests":
        is_loaded = path.name.startswith("test_")
    else:
        is_loaded = (
            bool(_LOADED & set(path.relative_to(ROOT).parts)) and path.stem[0] != "_"
        )
    init = folder / "__init__.py"
    if not is_loaded or re.search(rf"\bimport {path.stem}\b", init.read_text()):
        return []
    return [f"{path.relative_to(ROOT)}: not imported by the folder's __init__.py"]


def unexplained_sudo(path):
    """Return a finding for each ``sudo()`` without a comment that allows it.

    The comment stands above the statement, or above the first of the statements that
    follow each other without a blank line, and starts with ``# sudo:``.
    """
    source = path.read_text()
    lines = source.splitlines()
    return [
        f"{path.relative_to(ROOT)}:{line}: sudo() without a '# sudo:' comment above"
        for line in sorted(_sudo_statements(ast.parse(source)))
        if not _is_explained(lines, line - 1)
    ]


def _sudo_statements(tree):
    """Yield the line of each innermost statement that calls ``sudo()``."""
    for statement in ast.walk(tree):
        if isinstance(statement, ast.stmt) and any(
            _is_sudo(node) for node in _own_nodes(statement)
        ):
            yield statement.lineno


def _own_nodes(statement):
    """Yield the expressions of a statement, not those of statements inside of it."""
    for child in ast.iter_child_nodes(statement):
        if not isinstance(child, ast.stmt):
            yield child
            yield from _own_nodes(child)


def _is_sudo(node):
    """Tell whether a node raises rights: ``sudo()``, not ``sudo(False)``."""
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "sudo"
        and not (node.args and getattr(node.args[0], "value", True) is False)
    )


def _is_explained(lines, index):
    """Tell whether a comment in the paragraph above a line explains its sudo."""
    if "# sudo:" in lines[index]:
        return True
    for line in reversed(lines[:index]):
        if line.strip().startswith("# sudo:"):
            return True
        if not line.strip() or line.lstrip().startswith(("def ", "class ")):
            return False
    return False
