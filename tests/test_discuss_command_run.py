import runpy
from datetime import timedelta
from pathlib import Path
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tools import SQL

from .common import LivechatCommandCase

GC_LIMIT = "odoo.addons.livechat_command.models.command.discuss_command_run.GC_LIMIT"


class TestRunLog(LivechatCommandCase):
    """Who may see what was run, for how long, and what is left when an app goes."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls._new_operator(
            "manager", groups="im_livechat.im_livechat_group_manager"
        )
        cls.other = cls._new_operator("other", name="Olga Other")
        cls.channel._add_members(users=cls.other)

    def _get_runs(self, user):
        return self.env["discuss.command.run"].with_user(user).search([])

    def test_agents_see_their_own_managers_all(self):
        self.run_command("/note Mine")
        self.run_command("/note Hers", user=self.other)
        self.assertEqual(self._get_runs(self.operator).mapped("argument"), ["Mine"])
        self.assertEqual(self._get_runs(self.other).mapped("argument"), ["Hers"])
        self.assertLessEqual(
            {"Mine", "Hers"}, set(self._get_runs(self.manager).mapped("argument"))
        )

    def test_nobody_edits(self):
        self.run_command("/note Mine")
        admin = self._new_operator("admin_user", groups="base.group_system")
        for user in (self.operator, self.manager, admin):
            Run = self.env["discuss.command.run"].with_user(user)
            run = self._get_runs(self.operator).with_user(user)
            with self.subTest(user.login):
                with self.assertRaises(AccessError):
                    run.write({"argument": "Other"})
                with self.assertRaises(AccessError):
                    run.unlink()
                with self.assertRaises(AccessError):
                    Run.create({"user_id": user.id, "request_id": "request-1"})
                with self.assertRaises(AccessError):
                    run.read(["answer"])

    def test_record_of_a_removed_app(self):
        self.run_command("/note Mine")
        run = self._get_runs(self.operator)
        run.sudo().write({"res_model": "no.such.model", "res_id": 7})
        self.assertFalse(run.web_read({"record_name": {}})[0]["record_name"])

    def test_answers_are_kept_for_their_own_user(self):
        Run = self.env["discuss.command.run"].with_user(self.operator)
        self.assertFalse(Run._get_kept_answers(self.channel))
        self._say(self.channel, "Hello?")
        before = self.channel.message_ids[:1]
        self.run_command("/note <b>Mine</b>", request_id="request-1")
        self.run_command("/help")
        self.run_command("/note")
        [kept] = Run._get_kept_answers(self.channel)
        self.assertEqual(kept["request_id"], "request-1")
        self.assertEqual(kept["line"], "/note <b>Mine</b>")
        self.assertIn("&lt;b&gt;Mine", kept["body"])
        self.assertEqual(kept["after_id"], before.id)
        self.assertFalse(Run.with_user(self.other)._get_kept_answers(self.channel))
        self.assertFalse(Run.with_user(self.manager)._get_kept_answers(self.channel))
        run = Run.sudo().search([("request_id", "=", "request-1")])
        self._set_date(run, fields.Datetime.now() - timedelta(days=1, minutes=1))
        self.assertFalse(Run._get_kept_answers(self.channel))

    def test_having_left_is_not_kept(self):
        self.run_command("/leave")
        Run = self.env["discuss.command.run"].with_user(self.operator)
        self.assertFalse(Run._get_kept_answers(self.channel))

    def test_record_is_linked(self):
        self.run_command("/note Mine")
        run = self._get_runs(self.operator)
        partner = self.operator.partner_id
        run.sudo().write({"res_model": "res.partner", "res_id": partner.id})
        self.assertEqual(run.read(["record_name"])[0]["record_name"], "Anna Agent")
        self.assertEqual(run.action_open_record()["res_id"], partner.id)
        with self.assertRaises(AccessError):
            run.with_user(self.other).action_open_record()

    def test_name_of_a_record_is_for_who_may_read_it(self):
        self.run_command("/note Mine")
        run = self._get_runs(self.operator)
        group = self.env["res.groups"].create({"name": "Secret"})
        run.sudo().write({"res_model": "res.partner", "res_id": group.id})
        run.sudo().write({"res_model": "ir.config_parameter", "res_id": 1})
        self.assertFalse(run.with_user(self.manager).record_name)
        self.assertFalse(run.with_user(self.operator).record_name)

    def test_conversation_is_named_to_who_may_read_it(self):
        private = self.env["discuss.channel"].create(
            {"name": "Salaries", "channel_type": "group"}
        )
        private._add_members(users=self.operator)
        self.run_command("/help", channel=private)
        self.run_command("/help")
        Run = self.env["discuss.command.run"]
        for user, names in (
            (self.operator, {"Salaries", self.channel.display_name}),
            (self.manager, {self.channel.display_name}),
        ):
            runs = self._get_runs(self.operator).with_user(user)
            shown = runs.web_read({"conversation_id": {"fields": {"display_name": {}}}})
            found = [each["conversation_id"] for each in shown]
            self.assertEqual({each["display_name"] for each in found if each}, names)
            domain = [("conversation_id", "ilike", "salar")]
            self.assertEqual(
                Run.with_user(user).search_count(domain), int(user == self.operator)
            )
        domain = [("conversation_id", "in", self.channel.ids)]
        self.assertEqual(Run.with_user(self.manager).search_count(domain), 1)
        with self.assertRaises(AccessError):
            self._get_runs(self.operator).with_user(self.manager).read(["channel_id"])

    def test_runs_of_one_command_have_one_name(self):
        note = self.env.ref("livechat_command.discuss_command_note")
        note.aliases = "memo"
        for line in ("/memo Tea", "/note Coffee", "/Memo", "/nóte"):
            self.run_command(line)
        runs = self._get_runs(self.operator)
        self.assertEqual(set(runs.mapped("command_name")), {"/note"})
        self.assertEqual(
            runs.mapped("argument"), [False, False, "Coffee", "Tea"], "not the line"
        )
        note.group_ids = self.env.ref("base.group_system")
        self.run_command("/memo Secret")
        run = self._get_runs(self.operator)[:1]
        self.assertEqual((run.command_name, run.argument), ("/note", False))

    def test_log_of_the_first_release(self):
        self.run_command("/note Mine")
        run = self._get_runs(self.operator)
        old = {"command_name": "/memo", "outcome": "usage", "argument": "/memo  a /b"}
        run.sudo().write(old)
        self.env.flush_all()
        migrations = Path(__file__).parents[1] / "migrations"
        script = runpy.run_path(str(migrations / "19.0.2.0.0" / "post-runs.py"))
        script["migrate"](self.env.cr, "19.0.1.0.0")
        run.invalidate_recordset()
        self.assertEqual((run.command_name, run.argument), ("/note", "a /b"))

    def test_what_is_looked_at_often_reads_no_more_than_the_conversations_log(self):
        self.run_command("/note Mine")
        self.env.flush_all()
        Run = self.env["discuss.command.run"].with_user(self.manager)
        queries = []
        execute = self.env.cr.execute

        def spy(query, *args, **kwargs):
            queries.append(str(query))
            return execute(query, *args, **kwargs)

        self.patch(self.env.cr, "execute", spy)
        Run.fields_get()
        self.channel.with_user(self.operator)._get_command_store_fields()
        by_channel = '"discuss_command_run"."channel_id" IN'
        runs = [query for query in queries if "discuss_command_run" in query]
        self.assertFalse([query for query in runs if by_channel not in query])

    def test_answers_are_forgotten_after_a_day(self):
        now = fields.Datetime.now()
        ids = {}
        for hours in (23, 25):
            ids[hours] = f"request-{hours}"
            self.run_command(f"/note {hours}", request_id=ids[hours])
            run = self.env["discuss.command.run"].search([], limit=1)
            self._set_date(run, now - timedelta(hours=hours))
        note = self.channel.livechat_note
        self.env["discuss.command.run"]._gc_answers()
        answers = {
            hours: self.run_command(f"/note {hours}", request_id=request_id)
            for hours, request_id in ids.items()
        }
        self.assertStatus(answers[23], "done", "Added to the notes")
        self.assertStatus(answers[25], "done", "done already")
        self.assertEqual(self.channel.livechat_note, note, "nothing is done twice")

    def test_answers_are_forgotten_in_batches(self):
        for number in range(3):
            self.run_command(f"/note {number}")
        runs = self.env["discuss.command.run"].search([])
        for run in runs:
            self._set_date(run, fields.Datetime.now() - timedelta(days=2))
        with patch(GC_LIMIT, 2):
            self.assertEqual(runs._gc_answers(), (2, True))
            self.assertEqual(runs._gc_answers(), (1, False))

    def _set_date(self, run, date):
        run.flush_recordset()
        self.env.cr.execute(
            SQL(
                "UPDATE discuss_command_run SET create_date = %s WHERE id = %s",
                date,
                run.id,
            )
        )
        run.invalidate_recordset()

    def test_old_runs_are_removed(self):
        parameters = self.env["ir.config_parameter"]
        now = fields.Datetime.now()
        for setting, ages, kept in (
            ("30", (1, 29, 31), {1, 29}),
            ("0", (0, 2), {0}),
            ("many", (300, 400), {300}),
            (False, (300, 400), {300}),
        ):
            with self.subTest(setting):
                parameters.set_param("livechat_command.retention_days", setting)
                self.env["discuss.command.run"].search([]).unlink()
                for age in ages:
                    self.run_command(f"/note {age}")
                    run = self.env["discuss.command.run"].search([], limit=1)
                    self._set_date(run, now - timedelta(days=age))
                self.env["discuss.command.run"]._gc_old_runs()
                runs = self.env["discuss.command.run"].search([])
                self.assertEqual({int(run.argument) for run in runs}, kept)
