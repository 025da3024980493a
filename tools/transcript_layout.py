"""The text of a conversation: who said what and when.

Everything that a visitor or an operator wrote comes in as text and is escaped here.
"""

import html
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from functools import cache
from typing import NamedTuple

from markupsafe import Markup, escape

# A message of the same author joins the one before it unless this much time passed.
GAP = timedelta(minutes=10)

# What the markup of nearly all chat messages is made of, and its text.
_SIMPLE_TAGS = (
    ("</p><p>", "\n"),
    ("<br>", "\n"),
    ("<br/>", "\n"),
    ("<p>", ""),
    ("</p>", ""),
)


class Entry(NamedTuple):
    """One message: ``author`` identifies the speaker, ``name`` is how it is shown."""

    author: object
    name: str
    date: datetime
    text: str
    files: tuple[str, ...] = ()


def simple_text(body: str) -> str | None:
    """Return the text of a message body made of line breaks only, else None.

    Nearly all chat messages are; a full HTML parser is 30 times slower.
    """
    if "<" in body:
        for tag, text in _SIMPLE_TAGS:
            body = body.replace(tag, text)
        if "<" in body:
            return None
    return html.unescape(body) if "&" in body else body


def group(entries: Iterable[Entry]) -> Iterator[list[Entry]]:
    """Yield runs of consecutive messages of one author."""
    run: list[Entry] = []
    for entry in entries:
        if run and (entry.author != run[-1].author or entry.date - run[-1].date > GAP):
            yield run
            run = []
        run.append(entry)
    if run:
        yield run


def render(
    entries: Iterable[Entry],
    split_date: Callable[[datetime], tuple[str, str]],
    zone: str,
) -> Markup:
    """Return the transcript as HTML: each day once, and the time of each run.

    :param entries: the messages, oldest first
    :param split_date: gives the texts of day and time of a date
    :param zone: the time zone that these are of, named with the first day
    """
    escaped = cache(_escape)  # names and dates come again and again
    parts: list[str] = []
    last_day = None
    for run in group(entries):
        day, time = split_date(run[0].date)
        if day != last_day:
            heading = day if parts else f"{day} ({zone})"
            parts.append(f"<p><em>{_escape(heading)}</em></p>")
            last_day = day
        lines = _escape("\n".join(map(_text, run))).replace("\n", "<br>")
        head = f"<strong>{escaped(run[0].name)}</strong> <em>{escaped(time)}</em>"
        parts.append(f"<p>{head}<br>{lines}</p>")
    return Markup("".join(parts))  # every part is escaped above


def _escape(text: str) -> str:
    """Return escaped text as a string, in which ``replace`` escapes nothing more."""
    return str(escape(text))


def _text(entry: Entry) -> str:
    if not entry.files:
        return entry.text
    files = (f"\N{PAPERCLIP} {name}" for name in entry.files)
    return "\n".join(filter(None, (entry.text, *files)))
