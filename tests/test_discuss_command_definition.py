from odoo.exceptions import ValidationError
from odoo.fields import NO_ACCESS, Command
from odoo.tests import Form, new_test_user

from .common import LivechatCommandCase

PARTNER = {"kind": "create", "model_name": "res.partner"}
SEARCH = {"kind": "search", "model_name": "res.partner"}


def _value(field, value, **more):
    """Return a definition that gives ``value`` to ``field`` of a contact."""
    line = Command.create({"field_name": field, "value": value})
    return {**PARTNER, "value_ids": [line], **more}


# What is wrong, what is saved, and a part of the one sentence that says so.
BAD_NAMES = [
    ("blank", {"name": "  "}, "Give the command a name"),
    ("slash", {"name": "/task"}, "Leave out the slash"),
    ("two words", {"name": "new task"}, "A name is one word"),
    ("capitals", {"name": "Task"}, "in small letters"),
    ("accent", {"name": "tâche"}, "a character that a name cannot have"),
    ("markup", {"name": "<b>"}, "“<b>” has a character"),
    ("too long", {"name": "t" * 33}, "32 characters at most"),
    ("aliases without comma", {"aliases": "todo job"}, "Write “todo job” with - or _"),
    ("alias with accent", {"aliases": "todo, tâche"}, "“tâche” has a character"),
    ("twice", {"aliases": "todo, task"}, "The name “task” is there twice"),
    ("taken", {"name": "note"}, "already a command /note. Choose another name"),
    ("taken by an alias", {"name": "memo"}, "the command /note. Choose another name"),
    ("alias taken", {"aliases": "note"}, "There is already a command /note"),
    ("Odoo's own", {"name": "lead"}, "“lead” is taken by Odoo's own command"),
    ("alias is Odoo's own", {"aliases": "who"}, "“who” is taken by Odoo's own command"),
    ("two lines", {"help": "Create\na task"}, "leave out the line breaks"),
]
BAD_MODELS = [
    ("no model", {"model_name": False}, "Choose the model"),
    ("no such model", {"model_name": "no.such"}, "There is no model “no.such”"),
    ("not a model's name", {"model_name": "__class__"}, "no model “__class__”"),
    ("abstract", {"model_name": "mail.thread"}, "only a part of other models"),
    ("wizard", {"model_name": "mail.compose.message"}, "is a wizard"),
    ("report", {"model_name": "im_livechat.report.channel"}, "is a report"),
    ("no name", {"model_name": "res.users.log"}, "no name that could hold"),
    (
        "name is a link",
        {"model_name": "ir.cron.trigger"},
        "is a field of type many2one",
    ),
    ("name is computed", {"model_name": "chatbot.script.step"}, "is computed"),
    ("name is read-only", {"model_name": "ir.module.module"}, "is read-only"),
    ("name is related", {"model_name": "mail.followers"}, "belongs to another record"),
    (
        "needs a value",
        {"model_name": "res.country"},
        "needs a value for “Country Code”",
    ),
    (
        "search without name",
        {**SEARCH, "model_name": "res.users.log"},
        "no name to search",
    ),
    (
        "search in a wizard",
        {**SEARCH, "model_name": "mail.compose.message"},
        "is a wizard",
    ),
]
BAD_FIELDS = [
    ("no such field", {"transcript_field": "no_such"}, "has no field “no_such”"),
    (
        "transcript in a char",
        {"transcript_field": "email"},
        "Choose one of type html, text",
    ),
    ("transcript in the name", {"transcript_field": "name"}, "where the name goes"),
    ("customer in a char", {"partner_field": "email"}, "Choose one of type many2one"),
    (
        "customer in a country",
        {"partner_field": "country_id"},
        "does not hold a contact",
    ),
    ("customer is computed", {"partner_field": "commercial_partner_id"}, "is computed"),
    ("no field", _value(False, "x"), "Choose the field that gets the value “x”"),
    ("no such field in values", _value("no_such", "x"), "has no field “no_such”"),
    ("a path", _value("country_id.name", "x"), "has no field “country_id.name”"),
    ("lines", _value("child_ids", "[(5,)]"), "is a field of type one2many"),
    ("file", _value("image_1920", "eA=="), "is a field of type binary"),
    ("of Odoo itself", _value("create_uid", "1"), "is filled in by Odoo itself"),
    ("related", _value("parent_name", "x"), "belongs to another record"),
    ("computed", _value("complete_name", "x"), "“Complete Name” is computed"),
    ("not stored", _value("company_type", "person"), "is not stored"),
    ("the title again", _value("name", "x"), "is filled in by the command already"),
    (
        "the transcript again",
        _value("comment", "x", transcript_field="comment"),
        "“Notes” is filled in by the command already",
    ),
    ("empty", _value("email", " "), "Give a value for “Email”"),
    ("no whole number", _value("color", "1.5"), "“1.5” is none"),
    ("too large", _value("color", "99999999999"), "“99999999999” is none"),
    ("an expression", _value("partner_latitude", "1+1"), "“1+1” is none"),
    ("not a number", _value("partner_latitude", "nan"), "“nan” is none"),
    (
        "neither yes nor no",
        _value("is_company", "maybe"),
        "takes yes or no, not “maybe”",
    ),
    ("no option", _value("type", "home"), "“home” is none of the options"),
    (
        "not an id",
        _value("parent_id", "Azure"),
        "Choose a record for “Related Company”",
    ),
    ("a record gone", _value("parent_id", "987654321"), "is not there any more"),
    ("commands", _value("category_id", "[(5,)]"), "Choose a record for “Tags”"),
    (
        "a domain",
        _value("user_id", "[(1, '=', 1)]"),
        "Choose a record for “Salesperson”",
    ),
    (
        "two values",
        {
            **PARTNER,
            "value_ids": [
                Command.create({"field_name": "email", "value": "a@example.com"}),
                Command.create({"field_name": "email", "value": "b@example.com"}),
            ],
        },
        "There are two values for “Email”",
    ),
]


class TestDefinition(LivechatCommandCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.note = cls.env.ref("livechat_command.discuss_command_note")
        cls.note.aliases = "memo"
        cls.admin = new_test_user(cls.env, "definer", groups="base.group_system")
        cls.Command = cls.env["discuss.command"].with_user(cls.admin)

    def _define(self, **values):
        return self.Command.create({"name": "task", **PARTNER, **values})

    def _check_refused(self, values, sentence):
        with self.assertRaises(ValidationError) as caught, self.env.cr.savepoint():
            self._define(**values)
        self.assertIn(sentence, str(caught.exception))
        self.assertNotIn("\n", str(caught.exception), "one sentence, not a list")

    def test_bad_definitions(self):
        for what, values, sentence in [*BAD_NAMES, *BAD_MODELS, *BAD_FIELDS]:
            with self.subTest(what):
                self._check_refused(values, sentence)

    def test_bad_definitions_when_changed(self):
        command = self._define()
        for what, values, sentence in [*BAD_NAMES, *BAD_MODELS, *BAD_FIELDS]:
            with self.subTest(what):
                with self.assertRaises(ValidationError) as caught:
                    with self.env.cr.savepoint():
                        command.write(values)
                self.assertIn(sentence, str(caught.exception))

    def test_field_closed_to_everybody(self):
        self.patch(self.registry["res.partner"]._fields["comment"], "groups", NO_ACCESS)
        self._check_refused(
            {"transcript_field": "comment"}, "Nobody may fill in “Notes”"
        )

    def test_date(self):
        line = self.env["discuss.command.value"]
        field = self.env["res.users.apikeys"]._fields["expiration_date"]
        self.patch(
            self.registry["discuss.command.value"], "_get_field", lambda self: field
        )
        self.assertEqual(
            str(line.new({"value": "2025-12-31"})._parse()), "2025-12-31 00:00:00"
        )
        for text in ("tomorrow", "31.12.2025", "2025-13-01"):
            with self.assertRaisesRegex(ValidationError, "takes a date such as"):
                line.new({"value": text})._parse()

    def test_bad_actions(self):
        self._check_refused(
            {"kind": "action"}, "Choose the server action that /task runs"
        )
        model = self.env["ir.model"]._get("discuss.channel")
        states = dict(self.env["ir.actions.server"]._fields["state"].selection)
        for state, label in states.items():
            if state == "code":
                continue
            with self.subTest(state):
                action = self.env["ir.actions.server"].create(
                    {"name": "Do it", "model_id": model.id, "state": state}
                )
                self._check_refused(
                    {"kind": "action", "action_id": action.id}, f"is of type “{label}”"
                )
        action = self.env["ir.actions.server"].create(
            {
                "name": "Do it",
                "model_id": self.env["ir.model"]._get("res.partner").id,
                "state": "code",
            }
        )
        self._check_refused(
            {"kind": "action", "action_id": action.id}, "works on “Contact”"
        )

    def test_private_reply(self):
        response = self.env["mail.canned.response"].create(
            {"source": "thanks", "substitution": "Thank you"}
        )
        self._check_refused({"canned_response_id": response.id}, "response is private")

    def test_names_of_what_is_off_are_free(self):
        self.note.active = False
        # The list of commands shows those that are off too.
        Command = self.Command.with_context(active_test=False)
        command = Command.create({"name": "memo", **PARTNER})
        self.assertTrue(command.active)
        with self.assertRaisesRegex(ValidationError, "already a command /memo"):
            self.note.active = True

    def test_open_browsers_ask_again(self):
        command = self._define()
        for what, change in {
            "off": lambda: command.write({"active": False}),
            "values": lambda: command.write(_value("color", "1")),
            "deleted": command.unlink,
            "new": lambda: self._define(name="other"),
        }.items():
            with self.subTest(what):
                self._get_notifications()
                change()
                messages = self._get_notifications()
                self.assertTrue(messages)
                for message in messages:
                    self.assertIn("livechat_command/changed", message)
                    self.assertNotIn("task", message)
                    self.assertNotIn("other", message)

    def _get_notifications(self):
        """Return what is sent to all internal users since the last call."""
        self.env.cr.precommit.run()
        group = self.env.ref("base.group_user")
        sent = self.env["bus.bus"].search(
            [("channel", "like", f'"res.groups",{group.id}]')]
        )
        messages = sent.mapped("message")
        sent.unlink()
        return messages

    def test_form_of_a_record(self):
        with Form(self.Command) as form:
            form.name = "contact"
            form.model_id = self.env["ir.model"]._get("res.partner")
            self.assertEqual(form.transcript_field_id.name, "comment")
            form.partner_field_id = self.env["ir.model.fields"]._get(
                "res.partner", "parent_id"
            )
            for name, values in (
                ("email", {"value": "support@example.com"}),
                (
                    "type",
                    {"selection_id": self._get_option("res.partner", "type", "other")},
                ),
                ("is_company", {"is_true": True}),
                ("country_id", {"record_id": self.env.ref("base.be").id}),
            ):
                with form.value_ids.new() as line:
                    line.field_id = self.env["ir.model.fields"]._get(
                        "res.partner", name
                    )
                    for key, value in values.items():
                        setattr(line, key, value)
        command = form.record
        self.assertEqual(command.model_name, "res.partner")
        self.assertEqual(command.transcript_field, "comment")
        self.assertEqual(command.partner_field, "parent_id")
        self.assertEqual(
            [(line.field_name, line.value) for line in command.value_ids],
            [
                ("email", "support@example.com"),
                ("type", "other"),
                ("is_company", "yes"),
                ("country_id", str(self.env.ref("base.be").id)),
            ],
        )
        self.assertEqual(
            command.value_ids.mapped("label"),
            ["support@example.com", "Other", "Yes", "Belgium"],
        )

    def test_yes_and_no_in_the_languages_that_are_installed(self):
        values = {"name": "contact", **_value("is_company", "Ja")}
        with self.assertRaises(ValidationError):
            self.Command.create(values)
        self.env["res.lang"]._activate_lang("de_DE")
        line = self.Command.create(values).value_ids
        self.assertEqual((line._parse(), line.is_true), (True, True))
        line.value = "nein"
        self.assertEqual((line._parse(), line.is_true), (False, False))

    def test_preview_has_the_aliases_as_they_are_typed(self):
        with Form(self.Command) as form:
            self.assertFalse(form.typed_aliases)
            form.name, form.aliases = "contact", "todo, t"
            form.model_id = self.env["ir.model"]._get("res.partner")
            self.assertEqual(form.typed_aliases, "/todo /t")

    def _get_option(self, model, field, value):
        return (
            self.env["ir.model.fields"]
            ._get(model, field)
            .selection_ids.filtered(lambda option: option.value == value)
        )

    def test_form_forgets_the_fields_of_another_model(self):
        with Form(self._define(**_value("email", "a@example.com"))) as form:
            form.model_id = self.env["ir.model"]._get("res.partner.category")
            self.assertFalse(form.transcript_field_id)
            self.assertEqual(len(form.value_ids), 0)
        self.assertEqual(form.record.model_name, "res.partner.category")

    def test_a_new_command_is_called_new(self):
        """Odoo says so itself where there is no name yet."""
        self.assertFalse(self.env["discuss.command"].new({}).display_name)
        self.assertEqual(self.note.display_name, "/note")

    def test_audience_gives_reasons(self):
        self._new_operator(
            "carl", "im_livechat.im_livechat_group_user,base.group_partner_manager"
        )
        agents = self.env.ref("im_livechat.im_livechat_group_user").all_user_ids
        may = agents.filtered(
            lambda agent: self.env["res.partner"].with_user(agent).has_access("create")
        )
        audience = self._define().audience
        self.assertIn(f"{len(may)} of {len(agents)} agents.", audience)
        self.assertIn("Anna Agent: No right to create “Contact” records.", audience)
        self.note.group_ids = self.env.ref("base.group_system")
        self.assertIn("/note is for members of other groups.", self.note.audience)

    def test_audience_before_saving(self):
        with Form(self._define()) as form:
            form.group_ids.add(self.env.ref("im_livechat.im_livechat_group_manager"))
            self.assertIn("Anna Agent: /task is for members of", form.audience)
            form.group_ids.add(self.env.ref("im_livechat.im_livechat_group_user"))
            self.assertNotIn("members of other groups", form.audience)

    def test_audience_names_five(self):
        for number in range(8):
            self._new_operator(f"agent_{number}", name=f"Agent {number}")
        self.assertRegex(self._define().audience, r"Not .*, and \d more: No right")

    def test_commands_for_a_deleted_group_alone_are_for_nobody(self):
        first, second = self.env["res.groups"].create([{"name": "A"}, {"name": "B"}])
        for_one, for_both, for_all = self.env["discuss.command"].create(
            [
                {**SEARCH, "name": name, "group_ids": groups.ids}
                for name, groups in [
                    ("one", first),
                    ("both", first | second),
                    ("all", first.browse()),
                ]
            ]
        )
        first.unlink()
        self.assertFalse(for_one.active)
        self.assertTrue(for_both.active)
        self.assertTrue(for_all.active)
        second.unlink()
        self.assertFalse(for_both.active)

    def test_command_for_a_deleted_group_is_not_for_everybody_when_it_is_on_again(self):
        group = self.env["res.groups"].create({"name": "A"})
        commands = self.env["discuss.command"].create(
            [
                {**SEARCH, "name": name, "group_ids": group.ids, "active": active}
                for name, active in (("was-on", True), ("was-off", False))
            ]
        )
        group.unlink()
        self.assertEqual(commands.mapped("active"), [False, False])
        commands.active = True
        self.assertEqual(commands.group_ids, self.env.ref("base.group_system"))
        for command in commands:
            answer = self.run_command(f"/{command.name} x")
            self.assertStatus(answer, "refused", "members of other groups")
