from odoo.exceptions import ValidationError
from odoo.tests import new_test_user

from .common import LivechatCommandCase

LOGGER = "odoo.addons.livechat_command.models.command.discuss_command_names"


class TestNamesThatDataBring(LivechatCommandCase):
    """Installing and updating addons goes on, whatever admins called their commands."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.admin = new_test_user(cls.env, "definer", groups="base.group_system")
        cls.Command = cls.env["discuss.command"].with_user(cls.admin)
        cls.own = cls.Command.create(
            {
                "name": "parcel",
                "aliases": "pack, todo",
                "kind": "search",
                "model_name": "res.partner",
            }
        )

    def _load(self, name, update=False, xml_id="incoming", **values):
        """Load a built-in command as the data of an addon do."""
        values = {"name": name, "kind": "note", "scope": "livechat", **values}
        data = {"xml_id": f"livechat_command.{xml_id}", "values": values}
        return self.env["discuss.command"]._load_records([data], update)

    def _load_with_warning(self, name, warning, **values):
        with self.assertLogs(LOGGER, "WARNING") as logs:
            command = self._load(name, **values)
        self.assertIn(warning, logs.output[0])
        return command

    def test_name_of_an_own_command_is_taken(self):
        command = self._load_with_warning("parcel", "/parcel is switched off")
        self.assertTrue(command.active)
        self.assertFalse(self.own.active)
        self.assertIn("Choose another name", self.own.notice)
        self.assertIn("/parcel", self.own.notice)

    def test_name_of_an_own_command_is_taken_by_an_alias(self):
        command = self._load_with_warning(
            "post2", "/parcel is switched off", aliases="parcel"
        )
        self.assertEqual(command.aliases, "parcel")
        self.assertFalse(self.own.active)
        self.assertIn("/post2", self.own.notice)

    def test_alias_of_an_own_command_is_taken(self):
        self._load_with_warning("pack", "/parcel loses its other name 'pack'")
        self.assertTrue(self.own.active)
        self.assertEqual(self.own.aliases, "todo")
        self.assertIn("“pack” is no longer", self.own.notice)

    def test_alias_that_an_admin_gave_a_builtin_command_is_taken(self):
        note = self.env.ref("livechat_command.discuss_command_note")
        note.with_user(self.admin).aliases = "memo"
        self._load_with_warning("memo", "/note loses its other name 'memo'")
        self.assertTrue(note.active)
        self.assertFalse(note.aliases)

    def test_update_that_brings_a_used_name(self):
        command = self._load("incoming")
        with self.assertLogs(LOGGER, "WARNING"):
            self._load("parcel", update=True)
        self.assertEqual(command.name, "parcel")
        self.assertFalse(self.own.active)

    def test_update_of_what_is_switched_off_takes_nothing(self):
        command = self._load("incoming", active=False)
        with self.assertNoLogs(LOGGER, "WARNING"):
            self._load("parcel", update=True)
        self.assertFalse(command.active)
        self.assertTrue(self.own.active)

    def test_of_two_builtin_ones_the_first_keeps_its_name(self):
        command = self._load_with_warning("note", "/note is switched off")
        self.assertFalse(command.active)
        self.assertIn("another app has the command /note", command.notice)
        self.assertTrue(self.env.ref("livechat_command.discuss_command_note").active)
        other = self._load_with_warning(
            "other", "/other loses its other name", xml_id="other", aliases="note, o"
        )
        self.assertTrue(other.active)
        self.assertEqual(other.aliases, "o")

    def test_update_leaves_alone_what_admins_choose(self):
        command = self._load("incoming", sequence=5, aliases="inc", help="Old")
        group = self.env.ref("base.group_system")
        chosen = {"sequence": 77, "aliases": "mine", "active": False}
        command.write({**chosen, "group_ids": group.ids})
        self._load(
            "incoming", update=True, sequence=5, aliases="inc", active=True, help="New"
        )
        self.assertRecordValues(command, [{**chosen, "help": "New"}])
        self.assertEqual(command.group_ids, group)

    def test_notice_goes_when_an_admin_has_seen_to_it(self):
        with self.assertLogs(LOGGER, "WARNING"):
            self._load("parcel")
        with self.assertRaisesRegex(ValidationError, "already a command /parcel"):
            self.own.active = True
        self.own.write({"name": "my_parcel", "active": True})
        self.assertFalse(self.own.notice)

    def test_what_an_admin_imports_is_checked_as_what_is_entered(self):
        result = self.Command.with_context(import_file=True).load(
            ["name", "kind", "model_name"], [["note", "search", "res.partner"]]
        )
        self.assertIn("already a command /note", str(result["messages"]))

    def test_names_are_as_many_as_anybody_types(self):
        """Each is compared with all: a long list of them kept the server busy."""
        names = [f"other-{number}" for number in range(21)]
        self.own.aliases = ", ".join(names[:20])
        with self.assertRaises(ValidationError) as caught:
            self.own.aliases = ", ".join(names)
        self.assertIn("20 other names at most, here are 21", str(caught.exception))
