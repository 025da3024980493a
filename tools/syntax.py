"""How a line is read: which text is a command, which one only looks like one.

Everything here is a pure function of its arguments. The browser has the same rules
in ``static/src/core/web/command/syntax.js``; one table of cases tests both
(``static/tests/syntax_cases.js``).
"""

import re
import unicodedata
from dataclasses import dataclass
from difflib import get_close_matches

MAX_LINE_LENGTH = 20_000

# Characters that share a key, or its neighbour, with "/" on the layouts in use: ":" on
# AZERTY, "7" and "-" on QWERTZ and Spanish, "." and "," on QWERTY; and what Shift,
# AltGr or a bot's habit makes of them.
WRONG_FIRST_CHARACTERS = ":;!?.,7-\\|&"

_NAME = r"[\w-]+"
_COMMAND = re.compile(rf"/({_NAME})(?:\s+(.*))?$", re.DOTALL)
_MISTYPED = re.compile(rf"[{re.escape(WRONG_FIRST_CHARACTERS)}]({_NAME})(?=\s|$)")
# ":DDD" and ":ppp" are smileys with feeling.
_LONE_SHORTCUT = re.compile(r":(?!(.)\1+$)[^\W\d_][\w-]{2,}$")
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")

_INVISIBLE = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"


@dataclass(frozen=True, slots=True)
class CommandLine:
    """A parsed line: ``name`` is folded, ``argument`` is as typed, on one line."""

    name: str
    argument: str


def fold(text: str) -> str:
    """Return ``text`` without accents and case, for comparing names."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def clean(text: str) -> str:
    """Return ``text`` without control characters and lone surrogates.

    PostgreSQL stores neither NUL nor surrogates; the others print as nothing.
    """
    return _UNPRINTABLE.sub(" ", text)


def parse(text: str) -> CommandLine | None:
    """Return the command in the first line of ``text``, or None if there is none.

    A line that starts with ``//`` is text, and so is one with blanks before ``/``.
    """
    first_line = text.split("\n", 1)[0]
    if not first_line.startswith("/") or first_line.startswith("//"):
        return None
    match = _COMMAND.match(clean(first_line).rstrip())
    if not match:
        return CommandLine("", clean(first_line)[1:].strip())
    return CommandLine(fold(match[1]), (match[2] or "").strip())


def first_word(text: str) -> str:
    """Return the first word of ``text``: all that is kept of a line not run."""
    words = clean(text).split(None, 1)
    return words[0][:64] if words else ""


def is_slip(text: str, names: set[str]) -> bool:
    """Tell whether ``text`` looks like a command, so must not reach a visitor.

    :param text: the message as plain text
    :param names: folded names and aliases of all commands
    """
    text = text.strip().lstrip(_INVISIBLE).strip()
    if text.startswith("//"):
        return False
    if text.startswith("/") or _LONE_SHORTCUT.match(text):
        return True
    match = _MISTYPED.match(text)
    return bool(match) and fold(match[1]) in names


def nearest(name: str, names: list[str]) -> str | None:
    """Return the one of ``names`` that ``name`` was probably meant to be, or None."""
    matches = get_close_matches(fold(name), names, n=1, cutoff=0.6)
    return matches[0] if matches else None
