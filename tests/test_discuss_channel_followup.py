from odoo import fields

from .common import LivechatCommandCase


class TestFollowup(LivechatCommandCase):
    """A contact stands for what bridges make: any record with a chatter."""

    def setUp(self):
        super().setUp()
        self._say(self.channel, "Said before")
        self.record = self.env["res.partner"].create({"name": "Made from the chat"})
        self.channel.with_user(self.operator)._follow_up(self.record)
        self.followups = self.env["discuss.channel.followup"]
        self.first_messages = self.record.message_ids

    def _end(self):
        self.channel.livechat_end_dt = fields.Datetime.now()

    def _send_pending(self):
        for followup in self.followups.search([("is_pending", "=", True)]):
            followup._send()

    def _get_notes(self):
        return self.record.message_ids - self.first_messages

    def test_what_is_said_later_comes_as_one_internal_note(self):
        self._say(self.channel, "Said <b>later</b>")
        self._say(self.channel, "And more", self.operator)
        self._send_pending()
        self.assertFalse(self._get_notes(), "Nothing is sent before the end.")
        self._end()
        self._send_pending()
        note = self._get_notes()
        self.assertEqual(len(note), 1)
        self.assertTrue(note.subtype_id.internal)
        self.assertIn("And more", note.body)
        self.assertNotIn("Said before", note.body)

    def test_no_message_is_sent_twice(self):
        self._say(self.channel, "First end")
        self._end()
        self._send_pending()
        # A chatbot that starts again opens the conversation, other paths end it twice.
        self._end()
        self._send_pending()
        self.channel.livechat_end_dt = False
        self._say(self.channel, "Second end")
        self._end()
        self._send_pending()
        notes = self._get_notes().sorted("id")
        self.assertEqual(len(notes), 2)
        self.assertNotIn("First end", notes[1].body)

    def test_nothing_said_later_makes_no_note(self):
        self._end()
        self._send_pending()
        self.assertFalse(self._get_notes())

    def test_a_visitor_who_ends_the_conversation_triggers_the_action(self):
        action = self.env.ref("livechat_command.ir_cron_send_followups")
        self._say(self.channel, "Bye")
        public = self.env.ref("base.public_user")
        channel = self.channel.with_user(public).with_context(guest=self.guest)
        channel._close_livechat_session()
        self.assertTrue(self.followups.search([("is_pending", "=", True)]))
        trigger = self.env["ir.cron.trigger"].search([("cron_id", "=", action.id)])
        self.assertTrue(trigger)

    def test_a_deleted_record_is_forgotten(self):
        self.record.unlink()
        self._end()
        self._send_pending()
        self.assertFalse(self.followups.search([]))

    def test_files_are_copied_without_access_token(self):
        self._post_file("before.txt")
        record = self.env["res.partner"].create({"name": "Another"})
        self.channel.with_user(self.operator)._follow_up(record)
        self._post_file("after.txt")
        self._end()
        self._send_pending()
        files = self.env["ir.attachment"].search(
            [("res_model", "=", "res.partner"), ("res_id", "=", record.id)], order="id"
        )
        self.assertEqual(files.mapped("name"), ["before.txt", "after.txt"])
        self.assertEqual(files[0].raw, b"content")
        self.assertFalse(any(files.mapped("access_token")))

    def test_nobody_reads_or_writes_followups_by_rpc(self):
        followup = self.followups.search([]).with_user(self.operator)
        for operation in ("read", "write", "create", "unlink"):
            self.assertFalse(followup.has_access(operation), operation)

    def _post_file(self, name):
        message = self.channel.with_user(self.operator).message_post(
            body="A file",
            attachments=[(name, b"content")],
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
        )
        message.attachment_ids.generate_access_token()
