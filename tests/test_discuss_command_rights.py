from ast import literal_eval

from lxml import etree

from odoo.tests import HttpCase, JsonRpcException, new_test_user
from odoo.tools import mute_logger

from .common import LivechatCommandCase

ROLES = {
    "portal": "base.group_portal",
    "internal": "base.group_user",
    "agent": "im_livechat.im_livechat_group_user",
    "manager": "im_livechat.im_livechat_group_manager",
    "admin": "base.group_system",
}
READERS = {"internal", "agent", "manager", "admin"}
CHOOSERS = {"manager", "admin"}
# What is saved again as it is, by field.
CHOSEN = ("active", "aliases", "canned_response_id", "group_ids", "sequence")
DEFINED = (
    "action_id",
    "argument_hint",
    "help",
    "kind",
    "lines",
    "lost_name",
    "lost_to",
    "model_name",
    "name",
    "owner_id",
    "partner_field",
    "scope",
    "tag_field",
    "transcript_field",
    "user_field",
    "value_ids",
)
LOGGERS = ("odoo.http", "odoo.addons.base.models.ir_model", "odoo.models")


class TestRights(LivechatCommandCase, HttpCase):
    """Who may read, create, change and delete definitions, through the RPC."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users = {
            role: new_test_user(cls.env, f"role_{role}", groups=group)
            for role, group in ROLES.items()
        }
        cls.builtin = cls.env.ref("livechat_command.discuss_command_note")
        cls.own = cls.env["discuss.command"].create(
            {
                "name": "contact",
                "kind": "create",
                "model_name": "res.partner",
                "value_ids": [(0, 0, {"field_name": "color", "value": "1"})],
            }
        )

    def _call(self, model, method, *args, **kwargs):
        return self.make_jsonrpc_request(
            f"/web/dataset/call_kw/{model}/{method}",
            {"model": model, "method": method, "args": args, "kwargs": kwargs},
        )

    def _may(self, *args, **kwargs):
        try:
            self._call(*args, **kwargs)
        except JsonRpcException as error:
            self.assertIn("AccessError", str(error))
            return False
        return True

    def _get_allowed(self, *args, **kwargs):
        """Return the roles that may make this call."""
        allowed = set()
        for role, user in self.users.items():
            self.authenticate(user.login, user.login)
            with mute_logger(*LOGGERS):
                if self._may(*args, **kwargs):
                    allowed.add(role)
        return allowed

    def _get_value(self, command, name):
        if name == "value_ids":
            return [
                (1, line.id, {"value": line.value}) for line in command.value_ids
            ] or [(0, 0, {"field_name": "color", "value": "1"})]
        value = command[name]
        if command._fields[name].type == "many2many":
            return [(6, 0, value.ids)]
        return command._fields[name].convert_to_write(value, command)

    def test_read(self):
        for command in (self.builtin, self.own):
            self.assertEqual(
                self._get_allowed("discuss.command", "read", command.ids, ["name"]),
                READERS,
            )
        lines = self.own.value_ids
        self.assertEqual(
            self._get_allowed("discuss.command.value", "read", lines.ids), READERS
        )

    def test_read_what_is_for_those_who_choose(self):
        for name in ("audience", "canned_response_id"):
            with self.subTest(name):
                self.assertEqual(
                    self._get_allowed("discuss.command", "read", self.own.ids, [name]),
                    CHOOSERS,
                )

    def test_read_what_is_for_other_groups(self):
        self.own.group_ids = self.env.ref("base.group_partner_manager")
        lines = self.own.value_ids
        member = self._new_operator(
            "member", "im_livechat.im_livechat_group_user,base.group_partner_manager"
        )
        self.users = {**self.users, "member": member}
        readers = {"member", "manager", "admin"}
        self.assertEqual(
            self._get_allowed("discuss.command", "read", self.own.ids, ["help"]),
            readers,
        )
        self.assertEqual(
            self._get_allowed("discuss.command.value", "read", lines.ids), readers
        )
        channel = self._new_livechat(member, guest=self.guest)
        channel._add_members(users=self.operator)
        self.assertIn("contact", self.get_offered(member, channel))
        self.assertStatus(self.run_command("/contact X", member, channel), "done")
        self.assertNotIn("contact", self.get_offered())
        answer = self.run_command("/contact X")
        self.assertStatus(answer, "refused", "/contact is for members of other groups")
        self.assertEqual(answer["code"], "other_groups")

    def test_models_to_choose_from(self):
        view = self.env.ref("livechat_command.discuss_command_view_form")
        field = etree.fromstring(view.arch).find(".//field[@name='model_id']")
        models = self.env["ir.model"].search(literal_eval(field.get("domain")))
        names = set(models.mapped("model"))
        self.assertIn("res.partner", names)
        self.assertFalse(names & {"mail.thread", "mail.compose.message"})
        nobody = self.env["ir.model.access"].search(
            [("model_id.model", "=", "res.partner.category")]
        )
        nobody.perm_read = False
        models = self.env["ir.model"].search(literal_eval(field.get("domain")))
        self.assertNotIn("res.partner.category", models.mapped("model"))

    def test_write_by_field(self):
        for command, definers in ((self.builtin, set()), (self.own, {"admin"})):
            for names, expected in ((CHOSEN, CHOOSERS), (DEFINED, definers)):
                for name in names:
                    vals = {name: self._get_value(command, name)}
                    with self.subTest(command=command.name, field=name):
                        self.assertEqual(
                            self._get_allowed(
                                "discuss.command", "write", command.ids, vals
                            ),
                            expected,
                        )

    def test_every_field_is_in_the_table(self):
        Command = self.env["discuss.command"]
        logged = ("create_date", "create_uid", "write_date", "write_uid")
        stored = {
            name
            for name, field in Command._fields.items()
            if field.store and name not in ("id", *logged)
        }
        self.assertEqual(stored, {*CHOSEN, *DEFINED})

    def test_a_kind_cannot_be_turned_into_another(self):
        for command, kind in ((self.builtin, "create"), (self.own, "leave")):
            self.assertEqual(
                self._get_allowed(
                    "discuss.command", "write", command.ids, {"kind": kind}
                ),
                set(),
            )

    def test_create(self):
        for kind, expected in (
            ("create", {"admin"}),
            ("search", {"admin"}),
            ("leave", set()),
            ("help", set()),
        ):
            vals = {"kind": kind, "model_name": "res.partner", "active": False}
            with self.subTest(kind):
                self.assertEqual(
                    self._get_allowed(
                        "discuss.command", "create", [{"name": "made", **vals}]
                    ),
                    expected,
                )

    def test_copy(self):
        self.assertEqual(
            self._get_allowed("discuss.command", "copy", self.builtin.ids), set()
        )
        self.assertEqual(
            self._get_allowed("discuss.command", "copy", self.own.ids), {"admin"}
        )

    def test_unlink(self):
        self.assertEqual(
            self._get_allowed("discuss.command", "unlink", self.builtin.ids), set()
        )
        for context in ({}, {"_force_unlink": True, "install_mode": True}):
            self.assertEqual(
                self._get_allowed(
                    "discuss.command", "unlink", self.builtin.ids, context=context
                ),
                set(),
            )
        line = self.own.value_ids
        self.assertEqual(
            self._get_allowed("discuss.command.value", "unlink", line.ids), {"admin"}
        )
        self.assertEqual(
            self._get_allowed("discuss.command", "unlink", self.own.ids), {"admin"}
        )

    def test_values(self):
        line = self.own.value_ids
        self.assertEqual(
            self._get_allowed(
                "discuss.command.value", "write", line.ids, {"value": "2"}
            ),
            {"admin"},
        )
        vals = {"command_id": self.own.id, "field_name": "ref", "value": "x"}
        self.env["discuss.command.value"].search([("field_name", "=", "ref")]).unlink()
        self.assertEqual(
            self._get_allowed("discuss.command.value", "create", [vals]), {"admin"}
        )

    def test_translations(self):
        texts = {"en_US": "Text"}
        for command, expected in ((self.builtin, set()), (self.own, {"admin"})):
            self.assertEqual(
                self._get_allowed(
                    "discuss.command",
                    "update_field_translations",
                    command.ids,
                    "help",
                    texts,
                ),
                expected,
            )

    def test_private_methods(self):
        for method in (
            "_run_note",
            "_check_definer",
            "_notify_changed",
            "_get_available",
        ):
            self.authenticate("role_admin", "role_admin")
            with (
                self.subTest(method),
                mute_logger(*LOGGERS),
                self.assertRaises(JsonRpcException),
            ):
                self._call("discuss.command", method, self.own.ids)
