"""What a kind of command is made of: one declaration, checked when Odoo starts."""

import inspect
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from . import tokens

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
    "token_scope": 1,
    "choices": 1,
    "undo": 2,
    "against_undo": 2,
}
# Which fields take what a token names; those of records by what they link to.
TOKEN_TYPES = {
    tokens.PRIORITY: ("selection",),
    tokens.TAG: ("many2many",),
    tokens.AGENT: ("many2one", "many2many"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """The parts of a kind. Methods are given by name: other addons extend them.

    What is not said is not allowed: without ``access`` there is no kind.

    :param run: method ``(channel, argument)`` that does it and returns a
        :class:`~.reply.Reply`, or raises a :class:`~.errors.CommandError`; where the
        kind has ``tokens``, ``(channel, argument, values)`` with what they set
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
    :param argument: what is typed after the name: nothing, text that may be left out,
        text that is required, or a title, which is required too and for which the
        browser offers the visitor's first sentence
    :param only_reads: it changes nothing: a repeated request is answered anew, and the
        answer is never stored
    :param is_seen: the visitor sees what it does
    :param is_definable: admins define commands of this kind by filling in the form
    :param tokens: the fields that what stands behind the title sets, by sign, as in
        ``{"!": "priority", "#": "tag_ids", "@": "user_id"}``, of the model that
        ``access`` names; or the name of a method ``()`` that returns them for a command
        with a ``model_name``
    :param token_scope: method ``(channel)`` that returns the company of the record and
        the domain of the users whom it may be assigned to
    :param speaks: a response may be named by ``:shortcut`` behind the argument
    :param choices: method ``(channel)`` that returns what the whole argument can be, as
        a list of ``{"key", "name"}``
    :param adds: where the argument begins with the number of a record of the model that
        ``access`` names, ``run`` adds the conversation to it; like ones are listed
        while a title is typed. The model inherits ``livechat.origin.mixin``
    :param is_final: the operator is not in the conversation afterwards, or it has
        ended: of several lines it can only be the last
    :param undo: method ``(channel, done)`` that takes back what a run did, from a
        :class:`~.undo.Done`; it may return a sentence that the answer adds. ``channel``
        may be empty, or not readable any more. Only for runs whose Reply has ``undo``
    :param against_undo: method ``(channel, done)`` that returns what is against it, as
        a Refusal, or None; needed where there is ``undo``
    """

    run: str
    access: str | tuple[str, str]
    refusal: str = ""
    hint: str = ""
    problem: str = ""
    saving_problem: str = ""
    question: str = ""
    argument: Literal["none", "text", "required", "title"] = "text"
    only_reads: bool = False
    is_seen: bool = False
    is_definable: bool = False
    tokens: str | Mapping[str, str] = field(default_factory=dict)
    token_scope: str = ""
    speaks: bool = False
    choices: str = ""
    adds: bool = False
    is_final: bool = False
    undo: str = ""
    against_undo: str = ""

    @property
    def is_instant(self) -> bool:
        """Whether it may run at the first Enter: it needs no more and only reads."""
        return self.only_reads and self.argument == "none"

    @property
    def needs_argument(self) -> bool:
        """Whether it is nothing without what is typed after the name."""
        return self.argument in ("required", "title")

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
        if self.adds and not _can_be_added_to(model.env, self.access):
            return "adds: access names no model with livechat.origin.mixin"
        if self.tokens:
            calls["run"] = (self.run, 3)
        if isinstance(self.tokens, str):
            calls["tokens"] = (self.tokens, 0)
        elif mistake := self._find_token_mistake(model.env):
            return mistake
        for part, (name, count) in calls.items():
            is_needed = part in ("run", "access")
            is_needed = is_needed or (part == "against_undo" and self.undo)
            if (name or is_needed) and not _can_call(model, name, count):
                return f"{part} is {name!r}, no method that takes {count} argument(s)"
        return ""

    def _find_token_mistake(self, env: Any) -> str:
        if self.tokens and not isinstance(self.access, tuple):
            return "tokens are fields of the model that access names: it names none"
        for sign, name in self.tokens.items():
            target = env[self.access[0]]._fields.get(name)
            if not takes_token(target, sign):
                return f"tokens: {sign!r} cannot set {name!r}"
        return ""


def make_records(model: str, **parts: Any) -> Kind:
    """Return the kind that makes records of a model with ``livechat.origin.mixin``.

    And that adds the conversation to one that is there.

    :param parts: what is different, or more; parts go before what is said here
    """
    tokens_of_most = {"!": "priority", "#": "tag_ids", "@": "user_id"}
    common = {
        "run": "_run_record",
        "access": (model, "create"),
        "hint": "_get_record_hint",
        "question": "_get_record_question",
        "argument": "title",
        "tokens": tokens_of_most,
        "speaks": True,
        "adds": True,
        "undo": "_undo_record",
        "against_undo": "_get_record_obstacle",
    }
    return Kind(**{**common, **parts})


def find_records(model: str, **parts: Any) -> Kind:
    """Return the kind that finds records of such a model, by words or number."""
    run, access = "_run_record_search", (model, "read")
    common = {"run": run, "access": access, "only_reads": True, "speaks": True}
    return Kind(**{**common, **parts})


def takes_token(target: Any, sign: str) -> bool:
    """Tell whether the field ``target`` takes what ``sign`` names."""
    if target is None or target.type not in TOKEN_TYPES.get(sign, ()):
        return False
    return sign != tokens.AGENT or target.comodel_name == "res.users"


def _can_be_added_to(env: Any, access: str | tuple) -> bool:
    return isinstance(access, tuple) and hasattr(env[access[0]], "_read_number")


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
