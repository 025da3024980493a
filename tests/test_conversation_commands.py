from odoo import fields

from .common import LivechatCommandCase


class TestTagAndStatus(LivechatCommandCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        Tag = cls.env["im_livechat.conversation.tag"]
        Tag.search([]).unlink()
        cls.refund = Tag.create({"name": "Refund"})
        cls.label = Tag.create({"name": "Return label"})

    def _get_notifications(self, name):
        self.env.cr.precommit.run()
        notifications = self.env["bus.bus"].sudo().search([])
        return [each for each in notifications.mapped("message") if name in each]

    def test_tag_by_name_key_or_several_words(self):
        for argument, tags in (
            ("refund", self.refund),
            ("Return Label", self.label),
            ("return-label", self.label),
            ("#refund", self.refund),
            ("refund return-label", self.refund + self.label),
        ):
            with self.subTest(argument=argument):
                self.channel.livechat_conversation_tag_ids = False
                self.assertStatus(self.run_command(f"/tag {argument}"), "done")
                self.assertEqual(self.channel.livechat_conversation_tag_ids, tags)

    def test_tag_twice_is_harmless(self):
        for _time in range(2):
            self.assertStatus(self.run_command("/tag refund"), "done", "Refund")
        self.assertEqual(self.channel.livechat_conversation_tag_ids, self.refund)

    def test_tags_reach_the_panel_and_those_who_look_for_help(self):
        self.env["bus.bus"].search([]).unlink()
        self.channel.livechat_status = "need_help"
        self.run_command("/tag refund")
        self.assertTrue(self._get_notifications("looking_for_help/tags"))
        stored = "".join(self._get_notifications("mail.record/insert"))
        self.assertIn("livechat_conversation_tag_ids", stored)

    def test_unknown_tag_is_told_with_those_that_exist(self):
        answer = self.run_command("/tag refund nothing")
        self.assertStatus(answer, "failed", "There are: Refund, Return label")
        self.assertFalse(self.channel.livechat_conversation_tag_ids)
        self.assertStatus(self.run_command("/tag"), "usage")
        self.env["im_livechat.conversation.tag"].search([]).unlink()
        self.assertStatus(self.run_command("/tag refund"), "failed", "exists yet")

    def test_who_may_not_tag_by_mouse_may_not_by_keyboard(self):
        colleague = self._new_operator("colleague", groups="base.group_user")
        self.channel._add_members(users=colleague)
        answer = self.run_command("/tag refund", user=colleague)
        self.assertStatus(answer, "refused")
        self.assertFalse(self.channel.livechat_conversation_tag_ids)
        self.assertIn("status", self.get_offered(colleague))
        self.assertNotIn("tag", self.get_offered(colleague))

    def test_status_by_word_label_and_value(self):
        for argument, status in (
            ("in progress", "in_progress"),
            ("in-progress", "in_progress"),
            ("Waiting", "waiting"),
            ("waiting for customer", "waiting"),
            ("help", "need_help"),
            ("need_help", "need_help"),
            ("Looking for help", "need_help"),
        ):
            with self.subTest(argument=argument):
                self.channel.livechat_status = False
                self.assertStatus(self.run_command(f"/status {argument}"), "done")
                self.assertEqual(self.channel.livechat_status, status)

    def test_unknown_status_is_told_with_those_that_exist(self):
        answer = self.run_command("/status done")
        self.assertStatus(answer, "failed", "in-progress, waiting, help")
        self.assertStatus(self.run_command("/status"), "usage")
        self.assertEqual(self.channel.livechat_status, "in_progress")

    def test_ended_conversation_has_no_status(self):
        self.channel.with_user(self.operator).message_post(
            body="Hello", message_type="comment"
        )
        self.channel.livechat_end_dt = fields.Datetime.now()
        self.assertStatus(self.run_command("/status help"), "refused", "ended")
        self.assertStatus(self.run_command("/tag refund"), "done")

    def test_browser_completes_both(self):
        commands = self.env["discuss.command"].with_user(self.operator)
        data = {
            kind: commands._get_token_data(
                self.channel.id, commands.search([("kind", "=", kind)]).id
            )["choices"]
            for kind in ("tag", "status")
        }
        for kind, choices in data.items():
            for choice in choices:
                answer = self.run_command(f"/{kind} {choice['key']}")
                self.assertStatus(answer, "done", choice["name"])
        self.assertEqual(len(data["status"]), 3)
        self.assertEqual(len(data["tag"]), 2)
