import random

from odoo.exceptions import ValidationError
from odoo.tools import SQL, mute_logger

from .common import LivechatCommandCase

MODELS = (
    "discuss.channel",
    "discuss.channel.member",
    "discuss.command",
    "discuss.command.run",
    "ir.attachment",
    "ir.cron",
    "ir.model.access",
    "mail.activity",
    "mail.canned.response",
    "mail.message",
    "mail.thread",
    "no.such.model",
    "res.company",
    "res.country",
    "res.currency",
    "res.groups",
    "res.partner",
    "res.partner.category",
    "res.users",
    "res.users.settings",
    "x'; DROP TABLE res_users; --",
)
FIELDS = (
    "active",
    "body",
    "code",
    "color",
    "comment",
    "company_id",
    "create_uid",
    "date",
    "description",
    "id",
    "login",
    "name",
    "no_such",
    "parent_id",
    "partner_id",
    "partner_ids",
    "res_id",
    "res_model",
    "sequence",
    "type",
    "user_ids",
    "__init__",
)
VALUES = (
    "",
    " ",
    "0",
    "1",
    "-1",
    "yes",
    "1e400",
    "[(5,)]",
    "[(0, 0, {})]",
    "{'a': 1}",
    "<script>alert(1)</script>",
    "{{ 7 * 7 }}",
    "${7*7}",
    "2025-12-31",
    "9" * 30,
    "x" * 10_000,
    "\u202eabc",
    "env.user.id",
)
ARGUMENTS = (
    "",
    "x",
    "%",
    "_",
    "\\",
    "'",
    '"',
    "<img src=x onerror=alert(1)>",
    "\x00\x07",
    "\u202e" + "مرحبا",
    "🦓" * 50,
    "x" * 251,
    "'; DROP TABLE res_users; --",
    "[('id', '>', 0)]",
    "a\nb",
)
RUN_LOGGER = "odoo.addons.livechat_command.models.command.discuss_command_run_answer"
QUIET = (
    "odoo.addons.base.models.ir_model",
    "odoo.addons.base.models.ir_rule",
    "odoo.sql_db",
)


class TestFuzz(LivechatCommandCase):
    """Whatever is defined and typed: a sentence, and nothing unexpected in the log."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.random = random.Random(20250401)
        cls.strong = cls._new_operator(
            "strong",
            groups="im_livechat.im_livechat_group_user,base.group_system,"
            "base.group_partner_manager",
        )
        cls.channel._add_members(users=cls.strong)
        cls.command = cls.env["discuss.command"].create(
            {"name": "fuzz", "kind": "search", "model_name": "res.partner"}
        )

    def _choose(self, values, chance=0.8):
        return self.random.choice(values) if self.random.random() < chance else None

    def _make_definition(self):
        return {
            "kind": self._choose(("create", "search", "action"), 1),
            "model_name": self._choose(MODELS, 0.97),
            "transcript_field": self._choose(FIELDS, 0.3),
            "partner_field": self._choose(FIELDS, 0.3),
        }

    def _make_values(self):
        return [
            {"field_name": self._choose(FIELDS), "value": self._choose(VALUES)}
            for __ in range(self.random.choice((0, 0, 1, 3)))
        ]

    def _force(self, definition, values):
        """Write past all checks, as an older version or a removed app may have left."""
        self.command.value_ids.unlink()
        self.env.flush_all()
        for name, value in definition.items():
            self.env.cr.execute(
                SQL(
                    "UPDATE discuss_command SET %s = %s WHERE id = %s",
                    SQL.identifier(name),
                    value,
                    self.command.id,
                )
            )
        for line in values:
            self.env.cr.execute(
                SQL(
                    """INSERT INTO discuss_command_value (command_id, field_name, value)
                       VALUES (%s, %s, %s)""",
                    self.command.id,
                    line["field_name"],
                    line["value"],
                )
            )
        self.env.invalidate_all()

    def _run_lines(self):
        for argument in self.random.sample(ARGUMENTS, 3):
            for user in (self.operator, self.strong):
                self.get_offered(user)
                answer = self.run_command(f"/fuzz {argument}", user=user)
                self.assertIn(
                    answer["status"], ("done", "usage", "refused", "failed"), answer
                )
                self.assertTrue(answer["body"])
                self.assertNotIn("<img", answer["body"])
                self.assertNotIn("Traceback", answer["body"])

    def test_saved_definitions(self):
        saved = 0
        with mute_logger(*QUIET):
            for number in range(300):
                definition, values = self._make_definition(), self._make_values()
                lines = [(5,), *((0, 0, line) for line in values)]
                try:
                    with self.env.cr.savepoint():
                        self.command.write({**definition, "value_ids": lines})
                except ValidationError as error:
                    self.assertNotIn("Traceback", str(error))
                    continue
                saved += 1
                with self.subTest(number=number, definition=definition, values=values):
                    self._check_log()
        self.assertGreater(saved, 20)

    def test_forced_definitions(self):
        with mute_logger(*QUIET):
            for number in range(150):
                definition, values = self._make_definition(), self._make_values()
                self._force(definition, values)
                with self.subTest(number=number, definition=definition, values=values):
                    self.command.read(
                        ["problem", "audience", "model_id", "display_name"]
                    )
                    self.command.value_ids.read()
                    self._check_log()

    def _check_log(self):
        with self.assertNoLogs(RUN_LOGGER, "ERROR"):
            self._run_lines()
