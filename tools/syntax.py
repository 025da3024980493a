"""How a line is read: which text is a command, and how a slip is mended.

Everything here is a pure function of its arguments. The browser has the same rules
in ``static/src/core/web/command/syntax.js``; one table of cases tests both
(``static/tests/syntax_cases.js``). What only looks like a command is in ``slip.py``.
"""

import re
import unicodedata
from dataclasses import dataclass

MAX_LINE_LENGTH = 20_000
# No name is longer: what is compared letter by letter stays short.
MAX_NAME_LENGTH = 64

_NAME = r"[\w-]+"
_COMMAND = re.compile(rf"/({_NAME})(?:\s+(.*))?$", re.DOTALL)
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class CommandLine:
    """A parsed line: ``name`` is folded, ``argument`` is as typed, on one line."""

    name: str
    argument: str


def fold(text: str) -> str:
    """Return ``text`` without accents and case, for comparing names."""
    if text.isascii():  # most names are, and lists are folded name by name
        return text.lower()
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


def count_slips(a: str, b: str) -> int:
    """Return the number of slips of a finger between two words.

    A letter added, left out, replaced, or two neighbours swapped (Damerau-Levenshtein,
    optimal string alignment).
    """
    before_last: list[int] = []
    last = list(range(len(b) + 1))
    for i, char in enumerate(a, 1):
        row = [i]
        for j, other in enumerate(b, 1):
            slips = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (char != other))
            if i > 1 and j > 1 and char == b[j - 2] and a[i - 2] == other:
                slips = min(slips, before_last[j - 2] + 1)
            row.append(slips)
        before_last, last = last, row
    return last[-1]


def nearest(word: str, names: list[str]) -> str | None:
    """Return the one of ``names`` that ``word`` was probably meant to be, or None.

    :param word: folded
    :param names: folded, the likelier of equals first
    """
    if word in names:
        return word
    if not 0 < len(word) <= MAX_NAME_LENGTH:
        return None
    best, best_slips = None, (1 if len(word) < 4 else 2 if len(word) < 8 else 3) + 1
    for name in names:
        if len(name) > MAX_NAME_LENGTH:
            continue
        is_beginning = len(word) > 1 and name.startswith(word)
        slips = 0.5 if is_beginning else count_slips(word, name)
        if slips < best_slips and slips < max(len(word), len(name)) / 2:
            best, best_slips = name, slips
    return best
