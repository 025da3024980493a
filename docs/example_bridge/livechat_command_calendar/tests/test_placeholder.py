from odoo.addons.livechat_command.tests.common import LivechatCommandCase


class TestPlaceholder(LivechatCommandCase):
    def test_reply_says_when(self):
        response = self.env["mail.canned.response"].create(
            {
                "source": "call",
                "substitution": "I will call you at {{call.time|once I can}}.",
                "group_ids": self.env.ref("base.group_user").ids,
            }
        )
        command = self.env.ref("livechat_command_calendar.discuss_command_callback")
        command.canned_response_id = response
        answer = self.run_command("/callback 30")
        text = answer["composer_response"]["text"]
        self.assertRegex(text, r"I will call you at \d+:\d\d.*\.$")

    def test_without_a_call_the_fallback_is_taken(self):
        response = self.env["mail.canned.response"].create(
            {"source": "call", "substitution": "I call {{call.time|once I can}}."}
        )
        text = response._render_for(self.channel)["text"]
        self.assertEqual(text, "I call once I can.")
