from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo import fields
from odoo.tools import mute_logger

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

    def _send_pending(self, limit=100):
        """Run the scheduled action, which commits: not within a test."""
        IrCron = type(self.env["ir.cron"])
        with patch.object(IrCron, "_commit_progress", return_value=60) as commit:
            self.followups._send_pending(limit=limit)
        return commit

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

    def _follow_up_twice(self):
        """Return a record whose note fails, and one that comes after it."""
        other = self.env["res.partner"].create({"name": "Another"})
        self.channel.with_user(self.operator)._follow_up(other)
        self._say(self.channel, "Said later")
        self._end()
        return self.record, other

    def _failing_for(self, record):
        ResPartner = type(record)
        message_post = ResPartner.message_post

        def fail(partner, **kwargs):
            message = message_post(partner, **kwargs)
            if partner == record:
                self.env.cr.postcommit.data["test.told"] = ["It was added."]
                self.env.cr.execute("SELECT 1 / 0")
            return message

        return patch.object(ResPartner, "message_post", fail)

    def test_one_that_fails_holds_up_no_other(self):
        bad, good = self._follow_up_twice()
        with (
            mute_logger("odoo.sql_db"),
            self._failing_for(bad),
            self.assertLogs("odoo.addons.livechat_command", "ERROR") as logs,
        ):
            commit = self._send_pending()
        self.assertIn(f"res.partner,{bad.id}", logs.output[0])
        self.assertFalse(self._get_notes(), "What failed leaves nothing.")
        self.assertNotIn("test.told", self.env.cr.postcommit.data)
        self.assertIn("Said later", good.message_ids[0].body)
        self.assertEqual(commit.call_count, 2)
        self.assertEqual(commit.call_args.kwargs["remaining"], 0)

    def test_one_that_failed_is_tried_again_later(self):
        bad, _good = self._follow_up_twice()
        with (
            mute_logger("odoo.sql_db", "odoo.addons.livechat_command"),
            self._failing_for(bad),
        ):
            self._send_pending()
        self._send_pending()
        self.assertFalse(self._get_notes(), "Not at once.")
        with freeze_time(fields.Datetime.now() + timedelta(hours=2)):
            self._send_pending()
        self.assertEqual(len(self._get_notes()), 1)
        followup = self.followups.search([("res_id", "=", bad.id)])
        self.assertEqual((followup.is_pending, followup.failure_count), (False, 0))

    def test_one_that_always_fails_is_given_up(self):
        bad, _good = self._follow_up_twice()
        followup = self.followups.search([("res_id", "=", bad.id)])
        now = fields.Datetime.now()
        tries = 0
        with (
            mute_logger("odoo.sql_db", "odoo.addons.livechat_command"),
            self._failing_for(bad),
        ):
            while followup.is_pending:
                tries += 1
                self.assertLess(tries, 10)
                with freeze_time(now + timedelta(days=7 * tries)):
                    self._send_pending()
        self.assertEqual(tries, 5)

    def test_the_time_of_the_action_is_kept(self):
        self._follow_up_twice()
        IrCron = type(self.env["ir.cron"])
        with patch.object(IrCron, "_commit_progress", return_value=0) as commit:
            self.followups._send_pending()
        self.assertEqual(commit.call_count, 1)
        self.assertEqual(commit.call_args.kwargs["remaining"], 1)

    def test_an_archived_record_of_another_company_gets_its_note(self):
        self.record.company_id = self.env["res.company"].create({"name": "Elsewhere"})
        self.record.active = False
        self.operator.active = False
        self._say(self.channel, "Said later")
        self._end()
        self._send_pending()
        self.assertIn("Said later", self._get_notes().body)

    def test_a_record_of_an_app_that_is_gone_is_forgotten(self):
        self.followups.search([]).res_model = "no.such.model"
        self._end()
        self._send_pending()
        self.assertFalse(self.followups.search([]))

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
        file = self.env["ir.attachment"].search(
            [("res_model", "=", "res.partner"), ("res_id", "=", record.id)]
        )
        self.assertEqual(file.name, "before.txt")
        note = record.message_ids[0]
        later = note.attachment_ids
        self.assertEqual(later.name, "after.txt")
        self.assertEqual((later.res_model, later.res_id), ("mail.message", note.id))
        self.assertEqual([file.raw, later.raw], [b"content"] * 2)
        self.assertFalse(file.access_token or later.access_token)

    def test_files_are_copied_one_by_one(self):
        """A visitor may upload more than a worker has memory for."""
        for number in range(3):
            self._post_file(f"{number}.txt")
        read = []

        def compute_raw(files):
            read.append(len(files))
            return origin(files)

        Attachment = type(self.env["ir.attachment"])
        origin = Attachment._compute_raw
        self.env.invalidate_all()
        with patch.object(Attachment, "_compute_raw", compute_raw):
            files = self.channel.with_user(self.operator)._copy_files(
                "res.partner", self.operator.partner_id.id
            )
        self.assertEqual(files.mapped("name"), ["0.txt", "1.txt", "2.txt"])
        self.assertEqual(set(read), {1})

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
