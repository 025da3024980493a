"""The number of a record, typed in front of what happened: ``HT00012``, ``#12``."""

import re
from typing import NamedTuple

from .syntax import fold

LENGTH = 64
# The number is the last group of digits, whatever stands before it.
_NUMBER = re.compile(r"(?P<mark>#?)(?P<prefix>(?:\S*[^\d\s])?)(?P<digits>\d+)[:,]?")
# What a sequence puts in itself: the year, the month, …
_VARIABLE = re.compile(r"%\(\w+\)s")


class Number(NamedTuple):
    """A number that was typed: its prefix folded, its digits without leading zeros."""

    prefix: str
    digits: str

    def fits(self, text: str) -> bool:
        """Tell whether ``text``, the number of a record, is meant.

        ``#12`` is any that ends so; what begins like a prefix must be the whole prefix.
        """
        match = _NUMBER.fullmatch(fold(text))
        if not match:
            return False
        own = Number(match["mark"] + match["prefix"], _strip(match["digits"]))
        return own == self or (not self.prefix and own.digits == self.digits)

    def begins_as(self, prefix: str) -> bool:
        """Tell whether its prefix is the one of a sequence, ``HT`` or ``%(year)s/``."""
        parts = map(re.escape, _VARIABLE.split(fold(prefix)))
        return bool(self.prefix and re.fullmatch(r"\w+".join(parts), self.prefix))


def read(argument: str) -> tuple[Number | None, str]:
    """Return the number that ``argument`` begins with, and the text behind it.

    :return: no number where there is none: ``12`` and ``#12abc`` are words
    """
    word, text = [*argument.split(None, 1), "", ""][:2]
    match = len(word) <= LENGTH and _NUMBER.fullmatch(fold(word))
    if not match or not (match["mark"] or match["prefix"]):
        return None, argument
    return Number(match["prefix"], _strip(match["digits"])), text


def get_digits(text: str) -> str:
    """Return the digits that ``text`` ends with."""
    return text[len(text.rstrip("0123456789")) :]


def _strip(digits):
    return digits.lstrip("0") or "0"
