"""What a handler gives back; the framework renders, stores and returns it."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Reply:
    """The answer to a command that succeeded.

    :param template: external id of the QWeb template of the answer
    :param values: what the template is rendered with; texts are escaped there
    :param record: the record that the command made, for the log and the placeholders
        of the command's own reply (a recordset of one, or None)
    :param extra: further keys for the browser, as JSON values
    """

    template: str
    values: dict[str, Any] = field(default_factory=dict)
    record: Any = None
    extra: dict[str, Any] = field(default_factory=dict)
