"""The text of a conversation: who said what and when.

Everything that a visitor or an operator wrote comes in as text and is escaped here.
"""

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from markupsafe import Markup, escape

# A message of the same author joins the one before it unless this much time passed.
GAP = timedelta(minutes=10)

_SIMPLE_TAGS = re.compile(r"<(?:br\s*/?|/?p|/?span[^<>]*)>")
_BREAKS = re.compile(r"<br\s*/?>|</p>\s*<p>")


@dataclass(frozen=True, slots=True)
class Entry:
    """One message: ``author`` identifies the speaker, ``date`` is in local time."""

    author: object
    name: str
    date: datetime
    text: str
    files: tuple[str, ...] = ()


def simple_text(body: str) -> str | None:
    """Return the text of a message body made of line breaks only, else None.

    Nearly all chat messages are; a full HTML parser is 30 times slower.
    """
    if "<" not in body:
        return html.unescape(body)
    text = _SIMPLE_TAGS.sub("", _BREAKS.sub("\n", body))
    return None if "<" in text else html.unescape(text)


def group(entries: Iterable[Entry]) -> Iterator[list[Entry]]:
    """Yield runs of consecutive messages of one author."""
    run: list[Entry] = []
    for entry in entries:
        if run and (
            entry.author != run[-1].author
            or entry.date.date() != run[-1].date.date()
            or entry.date - run[-1].date > GAP
        ):
            yield run
            run = []
        run.append(entry)
    if run:
        yield run


def render(entries: Iterable[Entry], format_date) -> Markup:
    """Return the transcript as HTML.

    :param entries: the messages, oldest first
    :param format_date: a function from a local datetime to its text
    """
    return Markup("").join(_render_group(run, format_date) for run in group(entries))


def _render_group(run: list[Entry], format_date) -> Markup:
    lines = [line for entry in run for line in _lines(entry)]
    return Markup("<p><strong>%s</strong> <em>%s</em><br>%s</p>") % (
        run[0].name,
        format_date(run[0].date),
        Markup("<br>").join(lines),
    )


def _lines(entry: Entry) -> Iterator[Markup]:
    if entry.text:
        yield from map(escape, entry.text.split("\n"))
    for name in entry.files:
        yield Markup("\N{PAPERCLIP} %s") % name
