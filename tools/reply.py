"""What a handler gives back; the framework renders, stores and returns it."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Reply:
    """The answer to a command that succeeded.

    :param template: external id of the QWeb template of the answer
    :param values: what the template is rendered with; texts are escaped there
    :param record: the record that the command made or added to, for the log and the
        placeholders of the command's own reply (a recordset of one, or None)
    :param found: of a search what it found, if nothing or one: a canned response that
        is to follow speaks of it, and does not follow when nothing was found
    :param extra: further keys for the browser, as JSON values
    :param parts: of a command that runs others, what the log keeps of each
    :param response: the canned response that the line names; the framework puts it in
    :param undo: what taking it back has to know, as JSON values; ``{}`` where nothing
        was changed, None where it cannot be taken back
    """

    template: str
    values: dict[str, Any] = field(default_factory=dict)
    record: Any = None
    found: Any = None
    extra: dict[str, Any] = field(default_factory=dict)
    parts: tuple[dict[str, Any], ...] = ()
    response: Any = None
    undo: dict[str, Any] | None = None
