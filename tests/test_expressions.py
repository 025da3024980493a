"""Every regular expression of our addons takes time in proportion to its text.

Python holds its lock while an expression runs: by one that is quadratic a visitor stops
the server with one message. An expression that has no row here fails the test.
"""

import ast
import itertools
import re
from pathlib import Path
from time import thread_time
from typing import NamedTuple

from odoo.tests import BaseCase

ADDON = Path(__file__).resolve().parents[1]
# Folders that Odoo loads nothing from while it serves.
NOT_PRODUCT = {"tests", "tooling", "benchmarks", "e2e", "docs", "migrations", ".git"}
USES = {"match", "fullmatch", "search", "findall", "finditer", "split", "sub", "subn"}
# All texts are tried at the first size, the three that took longest at the second.
SIZES = (8_000, 1_000_000)
# Of the processor, at most, for each: a quadratic expression needs three times as much.
SECONDS = (0.02, 0.8)

# Texts are made of these, over and over, with and without an end that fits nothing.
SEEDS = (
    *("a", "1", " ", "_", "-", ".", "@", "<", ">", "/", ":", "{", "}", "#", "%", "\n"),
    *(
        "a ",
        "a1",
        "a.",
        "a@",
        "a-",
        " \n",
        "1 a",
        "<a",
        "{{",
        "{{a",
        "a:",
        "\u0301",
        "é",
    ),
)
ENDS = ("", " @", "\x00", "a1", "}}")

# Each expression by its file and name, and texts that are the worst for it.
ROWS = {
    "discuss_channel_visitor.py:_EMAIL": ("a@a.", "a@a-", "a+@"),
    "discuss_channel_visitor.py:_GUEST_NUMBER": ("# 1", " a 1"),
    "discuss_command_names.py:_get_spelling_problem": (),
    "discuss_command_names.py:_split_names": (", ", ",  "),
    "number.py:_NUMBER": ("#a1", "1a", "00", "a1:"),
    "number.py:_VARIABLE": ("%(a", "%(", "%(a)"),
    "placeholders.py:_MENTION": ("@a.", "@a-", "@@a."),
    "placeholders.py:_PLACEHOLDER": ("{{a}", "{{ {"),
    "placeholders.py:_UNSAFE": (),
    "placeholders.py:_make_blank": ("⟦", "⟧⟦"),
    "res_lang.py:is_same_language": ("_@",),
    "shown.py:_SEPARATOR": ("·", " ·"),
    "shown.py:_UNSEEN": (),
    "slip.py:_AFTER_SIGNS": ("/", "./", "-/a"),
    "slip.py:_BEHIND_COLON": (":a", ";a,"),
    "slip.py:_BEHIND_SIGN": (":a", "7a", "a-"),
    "slip.py:_BEHIND_SLASH": (":/a", "/a", "a-"),
    "slip.py:_LONE_WORD": (":a", ":a-", "a"),
    "slip.py:_REPEATED": ("a", "ab"),
    "slip.py:_WORD": ("a", "a-"),
    "syntax.py:_COMMAND": ("/a", "/a ", "/ "),
    "syntax.py:_UNPRINTABLE": ("\x01", "\ud800"),
    "terms.py:_NUMBER": ("#a1", "1a"),
    "tokens.py:_PARTS": ("a-", "a_"),
    "tokens.py:_TOKEN": (" #a", "!!!!", "#"),
    "words.py:_DIGITS": ("1a",),
    "words.py:_EUROPEAN_MARKS": (),
    "words.py:_OTHER_SCRIPTS": ("\u0601",),
    "words.py:_PARTS": (),
    "words.py:_TAG": ("<", "<a<"),
    "words.py:_UNPRINTABLE": ("\x01", "\ud800"),
}
# Made of an argument, so they have no pattern in the source: why they are harmless.
MADE = {
    "likeness.py:find_near_in": (
        "each word is looked at once, for beginnings of a few letters"
    ),
    "number.py:begins_as": "a prefix has at most 64 characters",
    "mail_canned_response.py:get_defaults_from_message": (
        "a word between two looks at one character each"
    ),
}


class Expression(NamedTuple):
    """A regular expression in the source: its pattern, and how it is applied."""

    pattern: re.Pattern | None
    uses: set


def _find_sources():
    for path in sorted(ADDON.rglob("*.py")):
        if not NOT_PRODUCT & set(path.relative_to(ADDON).parts):
            yield path.name, path.read_text()


def _find_expressions(source, constants):
    """Yield name and expression of each call of ``re`` in a module.

    :param dict constants: the module's own texts by name; what is found is added
    """
    tree = ast.parse(source)
    for function, node in _walk(tree, None):
        if isinstance(node, ast.Assign) and function is None:
            _note_constant(node, constants)
        if not (isinstance(node, ast.Call) and _is_re(node.func)):
            continue
        if node.func.attr == "compile" and function is None:
            name = constants["__target__"]
            uses = _find_uses(tree, name)
        else:
            name, uses = function, {node.func.attr} & USES
        yield name, Expression(_compile(node, constants), uses or {"search"})


def _walk(node, function):
    """Yield each node with the name of the function that it is in, or None."""
    for child in ast.iter_child_nodes(node):
        inside = function
        if isinstance(child, ast.FunctionDef):
            inside = child.name
        yield inside, child
        yield from _walk(child, inside)


def _is_re(function):
    return (
        isinstance(function, ast.Attribute)
        and isinstance(function.value, ast.Name)
        and function.value.id == "re"
        and function.attr in USES | {"compile"}
    )


def _note_constant(node, constants):
    if isinstance(node.targets[0], ast.Name):
        constants["__target__"] = node.targets[0].id
        value = _evaluate(node.value, constants)
        if isinstance(value, str):
            constants[node.targets[0].id] = value


def _evaluate(node, constants):
    """Return the value of an expression of constants and ``re``, else None."""
    names = {"__builtins__": {"map": map, "chr": chr, "range": range}, "re": re}
    code = compile(ast.Expression(node), "<expression>", "eval")
    try:
        return eval(code, names | constants)  # our own source, read from the checkout
    except (NameError, AttributeError, TypeError):
        return None


def _compile(node, constants):
    pattern = _evaluate(node.args[0], constants)
    if not isinstance(pattern, str):
        return None
    flags = node.args[1:2] if node.func.attr == "compile" else []
    return re.compile(pattern, _evaluate(flags[0], constants) if flags else 0)


def _find_uses(tree, name):
    """Return the methods that a module calls on the expression of that name."""
    return {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == name
        and node.attr in USES
    }


def _apply(expression, use, text):
    """Apply an expression as the source does, and take all that it finds."""
    method = getattr(expression.pattern, use)
    result = method("", text) if use.startswith("sub") else method(text)
    if use == "finditer":
        for _match in result:
            pass


class TestExpressions(BaseCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.found = {}
        for file, source in _find_sources():
            for name, expression in _find_expressions(source, {}):
                cls.found.setdefault(f"{file}:{name}", []).append(expression)

    def test_each_expression_has_a_row(self):
        made = {
            key
            for key, expressions in self.found.items()
            if any(expression.pattern is None for expression in expressions)
        }
        self.assertEqual(made, MADE.keys())
        self.assertEqual(self.found.keys() - made, ROWS.keys() - made)

    def test_time_grows_with_the_text_and_no_faster(self):
        for key, expressions in self.found.items():
            for expression in expressions:
                if expression.pattern:
                    seeds = (*SEEDS, *ROWS.get(key, ()))
                    with self.subTest(expression=key):
                        self._check_growth(expression, seeds)

    def _check_growth(self, expression, seeds):
        texts = itertools.product(seeds, ENDS, expression.uses)
        taken = {text: self._measure(expression, *text, *SIZES[:1]) for text in texts}
        longest = sorted(taken, key=taken.get)[-3:]
        self._check(expression, longest[-1], taken[longest[-1]], SECONDS[0])
        for text in longest:
            seconds = self._measure(expression, *text, SIZES[1])
            self._check(expression, text, seconds, SECONDS[1])

    def _measure(self, expression, seed, end, use, size):
        text = (seed * size)[:size] + end
        start = thread_time()
        _apply(expression, use, text)
        return thread_time() - start

    def _check(self, expression, text, seconds, limit):
        seed, end, use = text
        self.assertLess(
            seconds,
            limit,
            f"{use} of {expression.pattern.pattern} on {seed!r}, again and again, and"
            f" {end!r} at the end",
        )
