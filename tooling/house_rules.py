"""Rules of this project that no linter knows."""

import ast
import re

from .cache import ROOT

# Folders whose modules Odoo loads, with the subjects below them.
_LOADED = {"models", "controllers"}
# Methods that make or change rows, Odoo's and ours.
_WRITING = {"create", "write", "copy", "message_post", "_add_members", "_claim"}


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
    return _is_clean_sudo(node) or (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "sudo"
        and not (node.args and getattr(node.args[0], "value", True) is False)
    )


def _is_clean_sudo(node):
    """Tell whether a node raises rights and drops what the context would write."""
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "clean_sudo"
    )


def forgeable_sudo(path):
    """Return a finding for each ``sudo()`` whose records are created or written.

    Clients choose the context, and its ``default_`` keys would be written with rights
    that they lack: ``tools/sudo.py`` has ``clean_sudo``, which drops them.
    """
    return [
        f"{path.relative_to(ROOT)}:{line}: written as superuser: use clean_sudo()"
        for line in sorted(_forgeable_lines(ast.parse(path.read_text())))
    ]


def _forgeable_lines(tree):
    """Yield the lines on which records of a plain ``sudo()`` are created or written."""
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef):
            plain = _plain_sudo_names(function)
            for node in ast.walk(function):
                written = _written(node)
                if written and _is_plain_sudo(written, plain):
                    yield node.lineno


def _plain_sudo_names(function):
    """Return the variables of a function that hold records of a plain ``sudo()``."""
    names = set()
    for node in ast.walk(function):
        if isinstance(node, ast.Assign) and _is_plain_sudo(node.value, names):
            names |= {name.id for name in node.targets if isinstance(name, ast.Name)}
    return names


def _written(node):
    """Return the records that a node creates, copies or writes, or None."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        return node.func.value if node.func.attr in _WRITING else None
    targets = node.targets if isinstance(node, ast.Assign) else []
    attributes = [each.value for each in targets if isinstance(each, ast.Attribute)]
    return attributes[0] if attributes else None


def _is_plain_sudo(node, names):
    """Tell whether an expression's records have the rights of a plain ``sudo()``."""
    while isinstance(node, ast.AST) and not _is_harmless(node):
        if isinstance(node, ast.Name):
            return node.id in names
        if _is_sudo(node):
            return not _is_clean_sudo(node)
        node = getattr(node, "func", None) or getattr(node, "value", None)
    return False


def _is_harmless(node):
    """Tell whether a node gives up rights again, or is a query and no records."""
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in {"sudo", "_search"}
        and not _is_sudo(node)
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
