"""Why a command did not do what it was asked: one class an outcome.

Each carries one whole, translated sentence for the operator, and a code by which
programs and tests tell one reason from another. The framework turns it into the answer;
handlers raise and never format.
"""

from typing import NamedTuple


class Refusal(NamedTuple):
    """Why a command may not be run: a code that stays, and a sentence that is read."""

    code: str
    sentence: str


class CommandError(Exception):
    """Base of everything that a command tells the operator instead of success.

    :param sentence: what the operator reads
    :param code: the reason, where one outcome has several
    """

    outcome = "failed"

    def __init__(self, sentence, code=None):
        super().__init__(sentence)
        self.code = code or self.outcome


class CommandUsageError(CommandError):
    """The argument is missing or does not fit; the sentence says what to type."""

    outcome = "usage"


class CommandUnknownError(CommandError):
    """No command has this name."""

    outcome = "unknown"


class CommandRefusedError(CommandError):
    """The command exists, and this operator may not run it here."""

    outcome = "refused"


class CommandFailedError(CommandError):
    """The command was allowed and did not succeed; nothing was changed."""

    outcome = "failed"
