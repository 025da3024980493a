"""Placeholders and blanks in the text of a canned response.

``{{visitor.first_name}}`` stands for a value, ``{{visitor.first_name|there}}`` has a
fallback, and ``{{?order number}}`` is a blank that the operator fills. Nothing else is
evaluated. Everything here is a pure function of its arguments; the browser has the
same rules in ``static/src/core/web/canned_responses/placeholders.js``, and one table of
cases tests both (``static/tests/canned_responses/placeholder_cases.js``).
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

VALUE_LENGTH = 200

_PLACEHOLDER = re.compile(r"\{\{([^{}\n]*)\}\}")
# Control characters, marks that turn the direction of writing, and what would be read
# as a placeholder or a blank.
_UNSAFE = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff⟦⟧{}]"
)
# An "@" that is not inside an e-mail address could name somebody.
_MENTION = re.compile(r"(?<![\w.+-])@|@(?![\w-]+(?:\.[\w-]+)+)")


@dataclass
class Source:
    """What the value of a placeholder is made of.

    :param channel: the conversation, or an empty recordset outside of one
    :param record: what a command just created, or None
    """

    channel: Any
    record: Any = None

    @cached_property
    def visitor_name(self) -> str:
        """The name of the visitor, ``""`` where it is not known."""
        return (self._is_livechat and self.channel._get_visitor_known_name()) or ""

    @cached_property
    def visitor_email(self) -> str:
        """The address of the visitor, ``""`` where it is not known."""
        return (self._is_livechat and self.channel._get_visitor_email()) or ""

    @property
    def _is_livechat(self) -> bool:
        return self.channel.channel_type == "livechat"


class Placeholder(NamedTuple):
    """What ``{{name}}`` stands for.

    :param label: how it is called; also what the blank asks for when it has no value
    :param example: a value for the preview
    :param get_value: returns text, or a false value when there is none
    """

    label: str
    example: str
    get_value: Callable[[Source], str | None]


def clean_value(value: object) -> str:
    """Return ``value`` as one line of text that brings nothing else into a message.

    No further placeholder, blank, command or mention; markup is text in any case.
    """
    text = " ".join(_UNSAFE.sub(" ", str(value or "")).split())
    return _MENTION.sub("", text).lstrip("/: ")[:VALUE_LENGTH]


def find_names(text: str) -> set[str]:
    """Return the names of the placeholders in ``text``."""
    return {_split(match[1])[0] for match in _PLACEHOLDER.finditer(text or "")}


def find_unknown(text: str, names: set[str]) -> str | None:
    """Return the first placeholder of ``text`` that is none of ``names``, or None."""
    for match in _PLACEHOLDER.finditer(text or ""):
        name, _separator, _fallback = _split(match[1])
        is_blank = name.startswith("?") and name[1:].strip()
        if not is_blank and name not in names:
            return match[0]
    return None


def render(text: str, values: dict[str, str], labels: dict[str, str]) -> str:
    """Return ``text`` with values put in, in one pass; what has none is a blank.

    :param values: text by placeholder name; ``""`` is no value
    :param labels: what the blank of a placeholder is called
    """

    def replace(match):
        name, separator, fallback = _split(match[1])
        if name.startswith("?"):
            return _make_blank(name[1:])
        if value := values.get(name):
            return value
        return fallback if separator else _make_blank(labels.get(name, name))

    rendered = _PLACEHOLDER.sub(replace, text or "")
    # Put at the start of the composer, it must not become a command.
    return f" {rendered}" if rendered.startswith("/") else rendered


def _split(inner):
    name, separator, fallback = inner.partition("|")
    return name.strip(), separator, fallback.strip()


def _make_blank(label):
    return f"⟦{re.sub('[⟦⟧]', '', label).strip()}⟧"
