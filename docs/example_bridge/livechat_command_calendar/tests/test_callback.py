from odoo.addons.livechat_command.tests.common import LivechatCommandCase


class TestCallback(LivechatCommandCase):
    def test_meeting_with_transcript(self):
        self._say(self.channel, "Please call me")
        answer = self.run_command("/callback 30")
        self.assertStatus(answer, "done", "Call Marie Dupont back")
        event = self.env["calendar.event"].browse(answer["record"]["id"])
        self.assertEqual(event.user_id, self.operator)
        self.assertIn("Please call me", event.description)

    def test_minutes_are_asked_for(self):
        for argument in ("", "soon", "99999", "-5"):
            self.assertStatus(self.run_command(f"/callback {argument}"), "usage")
        self.assertFalse(self.env["calendar.event"].search_count([]))

    def test_without_rights_it_is_refused(self):
        self.env["ir.model.access"].search(
            [("model_id.model", "=", "calendar.event")]
        ).perm_create = False
        self.assertNotIn("callback", self.get_offered())
        self.assertStatus(self.run_command("/callback 30"), "refused", "No right")
