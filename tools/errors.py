"""Why a command did not do what it was asked: one class an outcome.

Each carries one whole, translated sentence for the operator. The framework turns
it into the answer; handlers raise and never format.
"""


class CommandError(Exception):
    """Base of everything that a command tells the operator instead of success."""

    outcome = "failed"


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
