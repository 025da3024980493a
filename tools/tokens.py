"""What a command's argument sets beside its title: ``Broken screen !! #refund @anna``.

A token stands in the run of tokens at the end, after a blank, and counts only when it
names something; all the rest is title, to the letter. Everything here is a pure
function of its arguments. The browser has the same rules in
``static/src/core/web/command/tokens.js``; one table of cases and one generator of lines
test both (``static/tests/token_cases.js``).
"""

import re
from collections import Counter
from collections.abc import Callable, Collection, Mapping
from typing import NamedTuple

from .syntax import fold

LIMIT = 8

PRIORITY, TAG, AGENT, RESPONSE = SIGNS = "!", "#", "@", ":"

_TOKEN = re.compile(r"!{1,3}|[#@:]\S+")
_PARTS = re.compile(r"[^\W_]+")


class Token(NamedTuple):
    """One word of the run.

    :param sign: one of ``! # @ :``
    :param word: what follows the sign, folded, with ``-`` for ``_``, to be compared
        with what :func:`make_key` gives; of a priority ``!`` to ``!!!``
    """

    sign: str
    word: str


class Reading(NamedTuple):
    """How an argument was read.

    :param title: what is left, as typed
    :param tokens: in their order; of more than :data:`LIMIT` the last ``LIMIT + 1``
    """

    title: str
    tokens: tuple[Token, ...]


def split(word: str) -> list[str]:
    """Return the letters and digits of a word, as far as they stand together."""
    return _PARTS.findall(word)


def make_key(name: str) -> str:
    """Return how ``name`` is typed in a token: ``Return label`` is ``return-label``."""
    return "-".join(split(fold(name)))


def make_agent_keys(agents: Mapping[int, tuple[str, str]]) -> dict[int, list[str]]:
    """Return by what each of ``agents`` is typed, the shortest first.

    By the whole name, the login without its domain, and the first name, each where it
    is nobody else's; a whole name goes before the others.

    :param agents: name and login by id
    """
    whole_keys = {each: make_key(name) for each, (name, _login) in agents.items()}
    short_keys = {each: _get_short_keys(*names) for each, names in agents.items()}
    wholes = Counter(whole_keys.values())
    shorts = Counter(key for own in short_keys.values() for key in own)
    keys = {}
    for each, whole in whole_keys.items():
        own = {key for key in short_keys[each] if shorts[key] == 1}
        own = {key for key in own if key == whole or key not in wholes}
        if wholes[whole] == 1:
            own.add(whole)
        keys[each] = sorted(own - {""}, key=lambda key: (len(key), key))
    return keys


def read(
    argument: str, is_known: Callable[[Token], bool], signs: Collection[str] = SIGNS
) -> Reading:
    """Cut the tokens off the end of ``argument``.

    A single ``!`` alone is no token: French puts a blank before its exclamation marks.

    :param argument: one line, as typed
    :param is_known: tells whether a token of ``# @ :`` names something that exists and
        that the operator may use
    :param signs: those that the command takes; the others are text like any other
    """
    rest, tokens = argument.strip(), []
    while rest and len(tokens) <= LIMIT:
        start, word = _find_last_word(rest)
        if word[0] == "\\" and word[1:2] in signs and _TOKEN.fullmatch(word, 1):
            rest = rest[:start] + word[1:]
            break
        if word[0] not in signs or not _TOKEN.fullmatch(word):
            break
        sign = word[0]
        token = Token(sign, word if sign == PRIORITY else _normalize(word[1:]))
        if sign != PRIORITY and not is_known(token):
            break
        tokens.insert(0, token)
        rest = rest[:start].rstrip()
    if tokens == [Token(PRIORITY, "!")]:
        return Reading(argument.strip(), ())
    return Reading(rest, tuple(tokens))


def find_unknown(
    argument: str, is_known: Callable[[Token], bool], signs: Collection[str] = SIGNS
) -> str:
    """Return the word that stands where a token could, and names nothing, or ``""``.

    What is typed is then title. In a line that is kept it is what has gone since.
    """
    title = read(argument, is_known, signs).title
    # With a sign kept as text by a backslash the title is not as typed.
    if not title or not argument.strip().startswith(title):
        return ""
    word = _find_last_word(title)[1]
    is_text = word[0] not in signs or word[0] == PRIORITY
    return "" if is_text or not _TOKEN.fullmatch(word) else word


def find_words(argument: str, sign: str) -> list[str]:
    """Return what could be read as tokens of ``sign``, as in :class:`Token`."""
    words = argument.split()[-LIMIT - 1 :]
    return [_normalize(word[1:]) for word in words if word[0] == sign]


def _get_short_keys(name, login):
    local = login.split("@")[0]
    first = name.split(None, 1)[:1]
    return {_normalize(local), make_key(local), *map(make_key, first)} - {""}


def _normalize(word):
    return fold(word).replace("_", "-")


def _find_last_word(text):
    """Return where the last word of ``text`` starts, and the word."""
    word = text.rsplit(None, 1)[-1]
    return len(text) - len(word), word
