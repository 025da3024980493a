"""How text is cut into words that can be compared: without accents, case and markup."""

import html
import re
from collections.abc import Iterable
from unicodedata import normalize

from .syntax import clean, fold

# What encloses or ends words in sentences. All else that is typed is text: "100%",
# "c++" and "a_b" are words, and no wildcards.
_EDGES = "()[]{}<>\"'`.,;:!?…«»“”‘’"
_TAG = re.compile(r"<[^>]*>")
_PARTS = re.compile(r"[^\W_]+")
_EUROPEAN_MARKS = re.compile("[\u0300-\u036f]")
_OTHER_SCRIPTS = re.compile("[\u0483-\u1fff\u20d0-\u20ff\u2c00-\U0010ffff]")
_LAST_DIGITS = re.compile(r"(\d+)\D*$")

WORD_LENGTH = 100


def get_words(text: str) -> list[str]:
    """Return the distinct words of ``text``, in order."""
    words: dict[str, None] = {}
    for token in _fold(text).split():
        word = token.strip(_EDGES)
        if len(word) <= WORD_LENGTH:
            words[word] = None
        else:
            words.update(dict.fromkeys(_cut(word)))
    words.pop("", None)
    return list(words)


def get_indexed_words(texts: Iterable[str]) -> list[str]:
    """Return the distinct words of ``texts`` and the parts of compound ones.

    ``anna@example.com`` is also found by its parts, such as ``example``.
    """
    words: dict[str, None] = {}
    for text in texts:
        for word in get_words(text):
            words[word] = None
            if not word.isalnum():
                words.update(dict.fromkeys(filter(None, word.split("@"))))
                words.update(dict.fromkeys(_PARTS.findall(word)))
    return list(words)


def get_line(text: str) -> str:
    """Return the words of ``text`` as one line, repeated ones too."""
    tokens = (token.strip(_EDGES) for token in _fold(text).split())
    return " ".join(filter(None, tokens))


def strip_tags(markup: str) -> str:
    """Return the text of ``markup``; what tags separate stays apart."""
    return html.unescape(_TAG.sub(" ", markup))


def get_digits(number: str) -> str:
    """Return the last group of digits of ``number``, without leading zeros."""
    match = _LAST_DIGITS.search(number)
    return match[1].lstrip("0") if match else ""


def _fold(text: str) -> str:
    """Return the same as ``syntax.fold``, fast for text in European languages."""
    text = clean(text)
    if text.isascii():
        return text.lower()
    decomposed = _EUROPEAN_MARKS.sub("", normalize("NFKD", text.casefold()))
    return fold(text) if _OTHER_SCRIPTS.search(decomposed) else decomposed


def _cut(word: str) -> Iterable[str]:
    """Yield ``word`` in pieces that an index takes."""
    for start in range(0, len(word), WORD_LENGTH):
        yield word[start : start + WORD_LENGTH]
