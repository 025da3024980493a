from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tools import SQL

from .common import LivechatCommandCase


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
        values = run.web_read({"record_ref": {"fields": {"display_name": {}}}})
        self.assertFalse(values[0]["record_ref"])

    def test_record_is_linked(self):
        self.run_command("/note Mine")
        run = self._get_runs(self.operator)
        partner = self.operator.partner_id
        run.sudo().write({"res_model": "res.partner", "res_id": partner.id})
        values = run.web_read({"record_ref": {"fields": {"display_name": {}}}})
        self.assertEqual(values[0]["record_ref"]["display_name"], "Anna Agent")
        self.assertEqual(run.action_open_record()["res_id"], partner.id)
        with self.assertRaises(AccessError):
            run.with_user(self.other).action_open_record()

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
