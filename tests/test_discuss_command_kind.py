from unittest.mock import patch

from odoo.tests import TransactionCase
from odoo.tools import mute_logger

from ..tools.errors import Refusal
from ..tools.kind import EVERYBODY, Kind
from .common import LivechatCommandCase

KIND_LOGGER = "odoo.addons.livechat_command.models.command.discuss_command_kind"
VALID = {"run": "_run_note", "access": EVERYBODY}
# What is wrong with a declaration, and a part of what its developer is told.
MISTAKES = [
    ("no such handler", {"run": "_run_nothing"}, "run is '_run_nothing'"),
    ("handler of another shape", {"run": "_get_names"}, "run is '_get_names'"),
    ("no handler", {"run": ""}, "run is ''"),
    ("nobody said who may", {"access": ""}, "access is ''"),
    ("misspelt access", {"access": "_get_agent_refusal_x"}, "_get_agent_refusal_x"),
    ("misspelt refusal", {"refusal": "_get_end_refusla"}, "refusal is"),
    ("refusal of another shape", {"refusal": "_run_note"}, "refusal is '_run_note'"),
    ("misspelt hint", {"hint": "_get_hnt"}, "hint is '_get_hnt'"),
    ("no such model", {"access": ("no.such", "read")}, "not (model, operation)"),
    ("no such operation", {"access": ("res.partner", "see")}, "(model, operation)"),
    ("a field", {"hint": "name"}, "hint is 'name'"),
    (
        "added to what belongs to no conversation",
        {"access": ("res.partner", "create"), "adds": True},
        "no model with livechat.origin.mixin",
    ),
    ("added to nothing", {"adds": True}, "no model with livechat.origin.mixin"),
]


class TestKind(TransactionCase):
    def test_mistakes_are_told(self):
        Command = self.env["discuss.command"]
        self.assertFalse(Kind(**VALID).find_mistake(Command))
        for what, parts, sentence in MISTAKES:
            with self.subTest(what):
                mistake = Kind(**{**VALID, **parts}).find_mistake(Command)
                self.assertIn(sentence, mistake)

    def test_without_access_or_with_a_misspelt_part_there_is_no_kind(self):
        for parts in ({"run": "_run_note"}, {**VALID, "agent_refusal": "_get_x"}):
            with self.assertRaises(TypeError):
                Kind(**parts)

    def test_instant_is_what_takes_nothing_and_only_reads(self):
        for argument, only_reads, expected in (
            ("none", True, True),
            ("none", False, False),
            ("text", True, False),
        ):
            kind = Kind(**VALID, argument=argument, only_reads=only_reads)
            self.assertEqual(kind.is_instant, expected)

    def test_what_cannot_run_without_an_argument(self):
        for argument, expected in (
            ("none", False),
            ("text", False),
            ("required", True),
            ("title", True),
        ):
            kind = Kind(**VALID, argument=argument)
            self.assertEqual(kind.needs_argument, expected)

    def test_kinds_of_installed_addons_are_valid(self):
        self.assertFalse(self.env["discuss.command"]._get_declaration_mistakes())


class TestBrokenKind(LivechatCommandCase):
    """What a bridge gets wrong costs its own command, and allows nothing."""

    def _declare(self, **parts):
        """Declare the kind *note* anew; without parts not at all."""
        Command = self.registry["discuss.command"]
        kinds = dict(self.env["discuss.command"]._get_kinds())
        kinds.pop("note")
        if parts:
            kinds["note"] = Kind(**{**VALID, **parts})
        self.patch(Command, "_get_kinds", lambda self: kinds)
        self.registry.clear_cache()
        self.addCleanup(self.registry.clear_cache)

    def _check_refused(self, code):
        self.assertNotIn("note", self.get_offered())
        self.assertIn("help", self.get_offered())
        answer = self.run_command("/note Tea")
        self.assertStatus(answer, "refused")
        self.assertEqual(answer["code"], code)
        self.assertFalse(self.channel.livechat_note)

    def test_undeclared(self):
        self._declare()
        with self.assertLogs(KIND_LOGGER, "ERROR") as logs:
            self.env["discuss.command"]._register_hook()
        self.assertIn("'note' of commands is not declared", logs.output[0])
        self._check_refused("broken")

    def test_misspelt(self):
        self._declare(refusal="_get_note_refusla")
        with self.assertLogs(KIND_LOGGER, "ERROR") as logs:
            self.env["discuss.command"]._register_hook()
        self.assertIn("refusal is '_get_note_refusla'", logs.output[0])
        self._check_refused("broken")

    @mute_logger(KIND_LOGGER)
    def test_parts_that_raise(self):
        def fail(*args):
            raise ZeroDivisionError

        Command = type(self.env["discuss.command"])
        for part, method in (
            ("access", "_get_search_access"),
            ("refusal", "_get_end_refusal"),
            ("problem", "_get_search_problem"),
        ):
            with self.subTest(part):
                self._declare(**{part: method})
                with patch.object(Command, method, fail):
                    code = "unavailable" if part == "problem" else "broken"
                    self._check_refused(code)

    @mute_logger(KIND_LOGGER)
    def test_hint_that_raises_is_none(self):
        self._declare(hint="_get_leave_hint")
        Command = type(self.env["discuss.command"])
        command = self.env.ref("livechat_command.discuss_command_note")
        with patch.object(Command, "_get_leave_hint", lambda *args: 1 / 0):
            self.assertEqual(command._get_hint(self.channel), "")
        self.assertIn("note", self.get_offered())

    def test_refusal_of_a_kind_reaches_the_operator(self):
        self._declare(refusal="_get_end_refusal")
        refusal = Refusal("moon", "The moon is full.")
        Command = type(self.env["discuss.command"])
        with patch.object(Command, "_get_end_refusal", lambda *args: refusal):
            self._check_refused("moon")
            self.assertIn("moon is full", self.run_command("/note x")["body"])
