"""What a run did, as those who take it back get it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

# How long a run can be taken back.
LIMIT_MINUTES = 10
# What happened to a record that cannot be taken back any more, whatever its kind says.
MAILED, SEEN = "mailed", "seen"


@dataclass(frozen=True, slots=True)
class Done:
    """What a run did.

    :param record: what it made or added to, as the current user, maybe not readable;
        None where there was none, or it is gone
    :param values: ``Reply.undo`` of the run
    :param date: when it was run; what it made has the same date, to the microsecond
    :param barrier: what happened to the record since: ``"mailed"``, ``"seen"``, ``""``
    :param parts: the runs that were its parts, in order
    """

    record: Any
    values: dict[str, Any]
    date: datetime
    barrier: str
    parts: Any
