from odoo import fields
from odoo.service.model import call_kw

from .common import LivechatCommandCase

# What a client may send as context, and what must then be in no row.
FORGED = {
    "default_livechat_member_type": "visitor",
    "default_message_type": "notification",
    "default_author_guest_id": 1,
    "default_email_from": "evil@example.com",
    "default_body": "forged",
    "default_is_pending": True,
    "default_failure_count": 7,
    "default_public": True,
    "default_description": "forged",
    "default_outcome": "failed",
    "default_res_model": "res.users",
    "bin_size": True,
    "bin_size_raw": True,
}


class TestForgedContext(LivechatCommandCase):
    """Clients send the context of each call: no ``default_`` key reaches our rows."""

    def setUp(self):
        super().setUp()
        self._say(self.channel, "Hello?")
        self._say(self.channel, "Hello Marie", self.operator)

    def _call(self, name, *args):
        """Call a method of the conversation as an operator's browser does."""
        channels = self.env["discuss.channel"].with_user(self.operator)
        kwargs = {"context": FORGED}
        return call_kw(channels, name, [self.channel.ids, *args], kwargs)

    def _run(self, line):
        answer = self._call("run_command", line, "0123456789abcdef")
        self.assertEqual(answer["status"], "done", answer)

    def _get_own_member(self):
        return self.channel.channel_member_ids.filtered(
            lambda member: member.partner_id == self.operator.partner_id
        )

    def _assert_no_forged_message(self):
        for message in self.channel.message_ids:
            self.assertFalse("forged" in message.body, message.body)
            self.assertNotEqual(message.email_from, "evil@example.com")

    def test_rejoin(self):
        self.channel.with_user(self.operator)._leave_open()
        self._call("rejoin_conversation")
        member = self._get_own_member()
        self.assertEqual(member.livechat_member_type, "agent")
        histories = self.channel.livechat_customer_history_ids
        self.assertEqual(histories.guest_id, self.guest)
        self.assertFalse(histories.partner_id)
        self._assert_no_forged_message()

    def test_leave(self):
        self._run("/leave Likes tea")
        self.assertFalse(self._get_own_member())
        self._assert_no_forged_message()

    def test_end(self):
        self._run("/end")
        self.assertTrue(self.channel.livechat_end_dt)
        self._assert_no_forged_message()

    def test_run(self):
        self._run("/note Likes tea")
        run = self.env["discuss.command.run"].search([], limit=1, order="id desc")
        self.assertEqual((run.outcome, run.res_model), ("done", False))

    def test_odoo_commands(self):
        self._call("execute_command_help")
        self._call("execute_command_leave")
        self._assert_no_forged_message()

    def test_follow_up_and_its_files(self):
        self.channel.with_user(self.operator).message_post(
            body="A file", attachments=[("a.txt", b"x")], message_type="comment"
        )
        record = self.env["res.partner"].create({"name": "Made from the chat"})
        channel = self.channel.with_user(self.operator).with_context(**FORGED)
        channel._follow_up(record)
        self.env.invalidate_all()
        followup = self.env["discuss.channel.followup"].search([])
        self.assertFalse(followup.is_pending)
        self.assertEqual(followup.failure_count, 0)
        domain = [("res_model", "=", "res.partner"), ("res_id", "=", record.id)]
        [copy] = self.env["ir.attachment"].search(domain)
        self.assertFalse(copy.public)
        self.assertNotEqual(copy.description, "forged")
        self.assertEqual(copy.raw, b"x")

    def test_files_of_a_response(self):
        file = {"name": "a.txt", "raw": b"x", "res_model": "mail.canned.response"}
        response = self.env["mail.canned.response"].with_user(self.operator)
        response = response.create(
            {
                "source": "file",
                "substitution": "Here it is",
                "attachment_ids": [(0, 0, file)],
            }
        )
        kwargs = {"context": FORGED}
        sent = call_kw(response, "prepare_attachments", [response.ids], kwargs)
        [copied] = call_kw(response, "copy", [response.ids], kwargs)
        files = self.env["ir.attachment"].browse(sent["attachment_ids"])
        files |= response.browse(copied).attachment_ids
        self.env.invalidate_all()
        self.assertEqual(files.mapped("raw"), [b"x", b"x"])

    def test_end_by_the_visitor(self):
        record = self.env["res.partner"].create({"name": "Made from the chat"})
        self.channel.with_user(self.operator)._follow_up(record)
        self.channel.with_context(**FORGED).livechat_end_dt = fields.Datetime.now()
        followup = self.env["discuss.channel.followup"].search([])
        self.assertEqual((followup.is_pending, followup.failure_count), (True, 0))
