from odoo.tools import mute_logger

from .common import LivechatCommandCase

RUN_LOGGER = "odoo.addons.livechat_command.models.command.discuss_command_run_answer"
ACTION_LOGGERS = (
    "odoo.addons.base.models.ir_actions",
    "odoo.addons.base.models.ir_model",
    "odoo.addons.base.models.ir_rule",
    "odoo.tools.safe_eval",
)


class TestRunServerAction(LivechatCommandCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.action = cls.env["ir.actions.server"].create(
            {
                "name": "Rename",
                "model_id": cls.env["ir.model"]._get("discuss.channel").id,
                "state": "code",
            }
        )
        cls.command = cls.env["discuss.command"].create(
            {"name": "do", "kind": "action", "action_id": cls.action.id}
        )

    def _run(self, code, line="/do it", **kwargs):
        self.action.code = code
        with mute_logger(*ACTION_LOGGERS):
            return self.run_command(line, **kwargs)

    def test_runs_as_the_agent_on_the_conversation(self):
        answer = self._run(
            "record.write({'description': '%s %s %s %s' % (env.user.login, env.su,"
            " env.context['livechat_command_argument'], len(records))})",
            "/do this <b>now</b>",
        )
        self.assertStatus(answer, "done", "Done: Rename")
        self.assertEqual(self.channel.description, "operator False this <b>now</b> 1")

    def test_context_of_the_browser_is_left_behind(self):
        self.channel = self.channel.with_context(evil="x", tz="Europe/Brussels")
        self._run(
            "record.write({'description': '%s %s' % ("
            "env.context.get('evil'), env.context['tz'])})"
        )
        self.assertEqual(self.channel.description, "None Europe/Brussels")

    def test_notification_becomes_the_answer(self):
        answer = self._run(
            "action = {'type': 'ir.actions.client', 'tag': 'display_notification',"
            " 'params': {'message': 'Said <b>so</b>'}}"
        )
        self.assertStatus(answer, "done", "Said &lt;b&gt;so&lt;/b&gt;")

    def test_strange_results(self):
        for result in (
            "7",
            "'x'",
            "[1]",
            "{'params': 7}",
            "{'params': {'message': 7}}",
        ):
            with self.subTest(result):
                self.assertStatus(
                    self._run(f"action = {result}"), "done", "Done: Rename"
                )

    def test_no_right_gained(self):
        answer = self._run("env['res.partner'].create({'name': 'Stolen'})")
        self.assertStatus(answer, "refused", "rights")
        self.assertFalse(self.env["res.partner"].search([("name", "=", "Stolen")]))

    def test_what_the_code_says_is_the_answer(self):
        answer = self._run("raise UserError('Choose a <b>colour</b>.')")
        self.assertStatus(answer, "failed", "Choose a &lt;b&gt;colour&lt;/b&gt;.")

    @mute_logger(RUN_LOGGER)
    def test_broken_code_gives_a_sentence(self):
        for code in ("1/0", "record.no_such_field", "raise KeyError", "env['no.such']"):
            with self.subTest(code):
                answer = self._run(
                    f"record.write({{'description': 'Half done'}})\n{code}"
                )
                self.assertStatus(answer, "failed", "nothing was done")
                self.assertNotEqual(self.channel.description, "Half done")

    def test_groups_of_the_action_hold(self):
        self.action.group_ids = self.env.ref("base.group_system")
        self.assertNotIn("do", self.get_offered())
        self.assertStatus(self._run("pass"), "refused", "members of other groups")
        self.action.group_ids = self.env.ref("im_livechat.im_livechat_group_user")
        self.assertStatus(self._run("pass"), "done")

    def test_who_is_no_member_changes_nothing(self):
        other = self._new_operator("other")
        code = "record.sudo().write({'description': 'Changed'})"
        self.assertStatus(self._run(code, user=other), "refused")
        self.assertFalse(self.channel.description)

    def test_other_types_chosen_later_do_not_run(self):
        states = dict(self.env["ir.actions.server"]._fields["state"].selection)
        for state in states.keys() - {"code"}:
            with self.subTest(state):
                self.action.state = state
                self.assertNotIn("do", self.get_offered())
                answer = self.run_command("/do it")
                self.assertStatus(answer, "refused", "until an administrator")
        self.assertIn("is of type", self.command.problem)

    def test_deleted_action(self):
        self.action.unlink()
        self.assertNotIn("do", self.get_offered())
        self.assertStatus(
            self.run_command("/do it"), "refused", "Choose the server action"
        )
        self.command.write({"active": False, "aliases": "done"})
