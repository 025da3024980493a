"""How text is cut into words that can be compared: without accents, case and markup.

Everything here is a pure function, and linear in the length of what it is given: the
text comes from visitors, mails and imports, and Python holds its lock meanwhile.
"""

import html
import re
from collections.abc import Iterable
from itertools import accumulate, takewhile
from unicodedata import combining, normalize

# To be raised when the same text gives other words: every index is then made anew.
# Where few texts give others, a migration has these indexed again (_postpone_records).
VERSION = 1

WORD_LENGTH = 100  # characters
DIGITS = 64  # of a number that count; PostgreSQL indexes no value of any length
TYPED_LENGTH = 1_000  # characters of what is typed to be found that count
TYPED_WORDS = 32  # the same, words
INDEXED_LENGTH = 1_000_000  # characters of a text that are looked at
INDEXED_BYTES = 100_000  # of its words that are indexed; PostgreSQL takes 1 MB

PIECE = 10_000  # characters that are decomposed at a time

# What encloses or ends words in sentences. All else that is typed is text: "100%",
# "c++" and "a_b" are words, and no wildcards.
_EDGES = "()[]{}<>\"'`.,;:!?…«»“”‘’"
# No "<" inside: a text of nothing but "<" would be read to its end from each of them.
_TAG = re.compile(r"<[^<>]*>")
_PARTS = re.compile(r"[^\W_]+")
_DIGITS = re.compile(r"\d+")
# PostgreSQL stores neither NUL nor surrogates; the others print as nothing.
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_EUROPEAN_MARKS = re.compile("[\u0300-\u036f]")
_OTHER_SCRIPTS = re.compile("[\u0483-\u1fff\u20d0-\u20ff\u2c00-\U0010ffff]")


def fold(text: str) -> str:
    """Return ``text`` without accents, case and what is not printed."""
    text = _UNPRINTABLE.sub(" ", text)
    if text.isascii():
        return text.lower()
    decomposed = _decompose(text.casefold())
    # Most text in European languages has no other marks, and one pass is fast.
    plain = _EUROPEAN_MARKS.sub("", decomposed)
    if _OTHER_SCRIPTS.search(plain):
        plain = "".join(char for char in plain if not combining(char))
    return plain


def _decompose(text: str) -> str:
    """Return ``text`` with each letter apart from its marks.

    A letter of any language is three at most, but some signs stand for whole phrases:
    of far too much, the first is returned.
    """
    parts, room = [], 4 * len(text) + PIECE
    for start in range(0, len(text), PIECE):
        parts.append(normalize("NFKD", text[start : start + PIECE]))
        room -= len(parts[-1])
        if room < 0:
            break
    return "".join(parts)


def get_words(text: str) -> list[str]:
    """Return the distinct words of ``text``, in order."""
    words: dict[str, None] = {}
    for token in fold(text).split():
        word = token.strip(_EDGES)
        if len(word) <= WORD_LENGTH:
            words[word] = None
        else:
            words.update(dict.fromkeys(_cut(word)))
    words.pop("", None)
    return list(words)


def get_typed_words(text: str) -> list[str]:
    """Return the words of what somebody typed to find records; of much, the first."""
    return get_words(text[:TYPED_LENGTH])[:TYPED_WORDS]


def get_indexed_words(texts: Iterable[str]) -> list[str]:
    """Return the distinct words of ``texts`` and the parts of compound ones.

    ``anna@example.com`` is also found by its parts, such as ``example``. Of very many
    words, such as nobody writes, the first are returned: each search that looks at the
    record reads them.
    """
    words: dict[str, None] = {}
    for text in texts:
        for word in get_words(text[:INDEXED_LENGTH]):
            words[word] = None
            if not word.isalnum():
                words.update(dict.fromkeys(filter(None, word.split("@"))))
                words.update(dict.fromkeys(_PARTS.findall(word)))
    sizes = accumulate(len(word.encode()) + 1 for word in words)
    count = sum(1 for _size in takewhile(lambda size: size <= INDEXED_BYTES, sizes))
    return list(words)[:count]


def get_line(text: str) -> str:
    """Return the words of ``text`` as one line, repeated ones too."""
    tokens = (token.strip(_EDGES) for token in fold(text).split())
    return " ".join(filter(None, tokens))


def strip_tags(markup: str) -> str:
    """Return the text of ``markup``, as far as it is indexed.

    What tags separate stays apart.
    """
    return html.unescape(_TAG.sub(" ", markup[: 2 * INDEXED_LENGTH]))


def get_digits(number: str) -> str:
    """Return the last group of digits of ``number``, without leading zeros."""
    groups = _DIGITS.findall(number)
    return groups[-1].lstrip("0")[-DIGITS:] if groups else ""


def _cut(word: str) -> Iterable[str]:
    """Yield ``word`` in pieces that an index takes."""
    for start in range(0, len(word), WORD_LENGTH):
        yield word[start : start + WORD_LENGTH]
