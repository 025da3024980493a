"""What a kind of command is made of: one declaration, checked when Odoo starts."""

import inspect
from dataclasses import dataclass
from typing import Any, Literal

EVERYBODY = "everybody"
OPERATIONS = ("create", "read", "write", "unlink")
# The parts that name a method, and how many arguments it is called with.
METHODS = {
    "run": 2,
    "refusal": 1,
    "hint": 1,
    "problem": 0,
    "saving_problem": 0,
    "question": 0,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """The parts of a kind. Methods are given by name: other addons extend them.

    What is not said is not allowed: without ``access`` there is no kind.

    :param run: method ``(channel, argument)`` that does it and returns a
        :class:`~.reply.Reply`, or raises a :class:`~.errors.CommandError`
    :param access: who may run it in any conversation at all: ``(model, operation)``
        for those with that right, the name of a method ``()`` that returns a
        :class:`~.errors.Refusal` or None, or :data:`EVERYBODY`
    :param refusal: method ``(channel)`` that returns why it is not offered in this
        conversation, as a Refusal, or None
    :param hint: method ``(channel)`` that returns the sentence of the hint line
    :param problem: method ``()`` that returns what is wrong with the definition, or
        ``""``; it makes no query
    :param saving_problem: the same, but asked when saving and running alone
    :param question: method ``()`` that asks for what is missing after the name; else
        the argument's description does
    :param argument: what is typed after the name: nothing, text, or a title, for which
        the browser offers the visitor's first sentence
    :param only_reads: it changes nothing: a repeated request is answered anew, and the
        answer is never stored
    :param is_definable: admins define commands of this kind by filling in the form
    """

    run: str
    access: str | tuple[str, str]
    refusal: str = ""
    hint: str = ""
    problem: str = ""
    saving_problem: str = ""
    question: str = ""
    argument: Literal["none", "text", "title"] = "text"
    only_reads: bool = False
    is_definable: bool = False

    @property
    def is_instant(self) -> bool:
        """Whether it may run at the first Enter: it needs no more and only reads."""
        return self.only_reads and self.argument == "none"

    def find_mistake(self, model: Any) -> str:
        """Return what is wrong with this declaration, for its developer, or ``""``.

        :param model: what has the methods
        """
        calls = {part: (getattr(self, part), n) for part, n in METHODS.items()}
        if isinstance(self.access, tuple):
            if not _is_right(model, self.access):
                return f"access is {self.access!r}, not (model, operation)"
        elif self.access != EVERYBODY:
            calls["access"] = (self.access, 0)
        for part, (name, count) in calls.items():
            is_needed = part in ("run", "access")
            if (name or is_needed) and not _can_call(model, name, count):
                return f"{part} is {name!r}, no method that takes {count} argument(s)"
        return ""


def _is_right(model: Any, access: tuple) -> bool:
    return len(access) == 2 and access[0] in model.env and access[1] in OPERATIONS


def _can_call(model: Any, name: str, count: int) -> bool:
    method = getattr(model, name, None) if isinstance(name, str) and name else None
    if not callable(method):
        return False
    try:
        inspect.signature(method).bind(*[None] * count)
    except TypeError:
        return False
    return True
