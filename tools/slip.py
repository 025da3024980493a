"""Which text only looks like a command or a shortcut, so must not reach a visitor.

As ``syntax.py``: pure functions, the same ones as in the browser
(``static/src/core/web/command/slip.js``), tested by one table of cases. ``SIGNS`` is
the same on both sides; a test holds it equal.
"""

import re
import unicodedata

from .syntax import fold, nearest, parse

# Which first characters are a slip of a finger or of an input method, by the layouts in
# use. Before a command's name any one sign or punctuation mark is, but `not_slips`.
SIGNS = {
    # Unshifted "/" (QWERTZ, Spanish, Italian, Nordic: 7; Hungarian: 6).
    "digits": "67",
    # They mean something of their own: mentions and tags.
    "not_slips": "@#",
    # ":" and what shares its key or the next: ";" QWERTY, "." QWERTZ and Spanish,
    # "," beside it, "!" and "§" AZERTY, "。" and "、" Chinese and Japanese.
    "colons": ":;.,!§。、",
    # In front of a word these are ordinary when they are closed again: (see below).
    "pairs": "()[]{}<>“”„“‘’‚‘«»»«‹›「」『』【】\"\"''**__~~``",
    # Dead keys beside a name's first letter: alone they are accents without a letter.
    "accents": "´¨¯¸°",
    # They print nothing, and their categories do not say so: fillers, an empty braille
    # cell.
    "fillers": "\u115f\u1160\u2800\u3164\uffa0",
}

# Enough for a sign, a name and what follows: longer texts cost no more.
HEAD_LENGTH = 256
MAX_SHORTCUT_LENGTH = 100
MIN_SHORTCUT_LETTERS = 2
# `:DD` and `:ppp` are smileys with feeling.
_REPEATED = re.compile(r"(.)\1*")
_WORD = re.compile(r"[\w-]+")
_LONE_WORD = re.compile(r":([^\W_][\w-]*)")
_BEHIND_SLASH = re.compile(r"./([\w-]+)(?![\w/.<>-])")
_BEHIND_SIGN = re.compile(r".([\w-]+)(?=\s|$)")
_BEHIND_COLON = re.compile(r"[:;]([\w-]+)[,:;.!](?=\s|$)")
_AFTER_SIGNS = re.compile(r".{1,4}?/([\w-]+)(?=\s|$)", re.DOTALL)
_PAIRS = [SIGNS["pairs"][at : at + 2] for at in range(0, len(SIGNS["pairs"]), 2)]


def is_slip(text: str, names: set[str], shortcuts=()) -> bool:
    """Tell whether ``text`` looks like a command or a shortcut.

    :param text: the message as plain text
    :param names: folded names and aliases of all commands
    :param shortcuts: folded shortcuts, at least those of ``read_shortcut`` that exist
    """
    head = read_head(text)
    if head.startswith("/"):
        # Two of them keep it as text, unless the second is another kind of slash.
        shown = text[_count_invisible(text) :]
        return not head.startswith("//") or parse(shown) is not None
    return (
        _is_lone_word(head)
        or _is_mistyped(head, names)
        or find_shortcut(text, shortcuts) is not None
    )


def read_head(text: str) -> str:
    """Return the beginning of ``text`` as the eye sees it.

    Without blanks and characters that print nothing, in front and between; and with
    the usual form of full-width and other compatible characters.
    """
    head = text[_count_invisible(text) :][:HEAD_LENGTH]
    head = "".join(char for char in head if char.isspace() or not _prints_nothing(char))
    if head[:1] in SIGNS["accents"]:
        head = "^" + head[1:]  # normalized, an accent alone would be a blank
    head = unicodedata.normalize("NFKC", head)
    return head[_count_invisible(head) :]


def _count_invisible(text: str) -> int:
    for index, char in enumerate(text):
        if unicodedata.category(char)[0] not in "ZM" and not _prints_nothing(char):
            return index
    return len(text)


def _prints_nothing(char: str) -> bool:
    return (
        unicodedata.category(char) in ("Cc", "Cf", "Co", "Cs")
        or char in SIGNS["fillers"]
        or "\ufe00" <= char <= "\ufe0f"
        or "\U000e0000" <= char <= "\U000e0fff"
    )


def _is_sign(char: str) -> bool:
    """Tell whether fingers hit ``char``: a mark or a symbol, but no picture."""
    category = unicodedata.category(char)
    return category[0] in "PS" and category != "So" and char not in SIGNS["not_slips"]


def _is_lone_word(head: str) -> bool:
    """Tell whether all is ``:`` and a word of three letters or more."""
    match = _LONE_WORD.fullmatch(head.rstrip())
    return bool(match) and _count_letters(match[1]) >= 3 and not _is_repeated(match[1])


def _count_letters(word: str) -> int:
    return sum(char.isalpha() for char in word)


def _is_repeated(word: str) -> bool:
    return bool(_REPEATED.fullmatch(word.casefold()))


def _is_mistyped(head: str, names: set[str]) -> bool:
    """Tell whether a command's name stands behind a wrong sign, or signs and ``/``."""
    sign = head[:1]
    if not sign or not (_is_sign(sign) or sign in SIGNS["digits"]):
        return False
    match = _is_sign(sign) and _BEHIND_SLASH.match(head)
    if match and nearest(fold(match[1]), sorted(names)):
        return True
    match = _AFTER_SIGNS.match(head)
    if match and fold(match[1]) in names and _are_signs(head[: match.start(1) - 1]):
        return True
    match = _BEHIND_SIGN.match(head) or _BEHIND_COLON.match(head)
    return bool(match) and fold(match[1]) in names and not _is_closed(head)


def _are_signs(text: str) -> bool:
    return all(_is_sign(c) or c.isspace() or c in SIGNS["digits"] for c in text)


def _is_closed(head: str) -> bool:
    """Tell whether the first sign is a quote or bracket that is closed again."""
    return any(
        head[0] + char in _PAIRS and not head[at + 1 : at + 2].isalnum()
        for at, char in enumerate(head)
        if at
    )


def read_shortcut(text: str) -> tuple[list[str], str]:
    """Return the shortcuts that ``text`` may begin with, and the beginning of one.

    :return: folded; all that end where a word ends, longest first; and, when the sign
        is not ``:`` and nothing but a word follows, that word: a shortcut may begin so.
        Both are empty for a text that begins with no such sign.
    """
    head = read_head(text)
    is_double = head.startswith("::")
    line = head[2 if is_double else 1 :].split("\n", 1)[0][:MAX_SHORTCUT_LENGTH]
    if head[:1] not in SIGNS["colons"] or not line[:1].isalnum():
        return [], ""
    ends = (
        end
        for end in range(len(line), 0, -1)
        if line[end - 1].strip() and not line[end : end + 1].isalnum()
    )
    exact = [key for end in ends if _is_shortcut(key := fold(line[:end]))]
    is_beginning = head[0] != ":" and _WORD.fullmatch(head[1:].rstrip()) and exact
    return exact, exact[0] if is_beginning else ""


def _is_shortcut(key: str) -> bool:
    return _count_letters(key) >= MIN_SHORTCUT_LETTERS and not _is_repeated(key)


def find_shortcut(text: str, shortcuts) -> str | None:
    """Return the one of ``shortcuts`` that ``text`` begins with, behind a sign."""
    exact, beginning = read_shortcut(text)
    known = set(shortcuts)
    found = [key for key in exact if key in known]
    if not found and beginning:
        found = [key for key in shortcuts if key.startswith(beginning)]
    return found[0] if found else None
