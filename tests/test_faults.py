import errno
import json
from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from odoo.addons.base.models.ir_attachment import IrAttachment

from ..models.command import discuss_command_run_answer
from .common import LivechatCommandCase

LOGGER = discuss_command_run_answer.__name__
FULL = OSError(errno.ENOSPC, "No space left on device")


def send_pending(followups):
    """Run the scheduled action, which commits: not within a test."""
    IrCron = type(followups.env["ir.cron"])
    with patch.object(IrCron, "_commit_progress", return_value=60):
        followups._send_pending()


def get_text(record):
    """Return what stands in the chatter of ``record``."""
    record.invalidate_recordset(["message_ids"])
    return "".join(record.message_ids.mapped("body"))


@tagged("post_install", "-at_install")
class TestClock(LivechatCommandCase):
    """The server's clock is set: what was written in its future is still found."""

    def _set_back(self, **time):
        """Let what is stored lie later than the clock now says."""
        self.env.flush_all()
        for table, column in (
            ("discuss_command_run", "create_date"),
            ("discuss_channel_followup", "next_try"),
        ):
            self.env.cr.execute(
                SQL(
                    "UPDATE %(table)s SET %(column)s = %(column)s + %(time)s",
                    table=SQL.identifier(table),
                    column=SQL.identifier(column),
                    time=timedelta(**time),
                )
            )
        self.env.invalidate_all()

    def _run(self):
        return self.run_command("/note Likes tea", request_id="0123456789")

    def test_a_request_is_done_once(self):
        first = self._run()
        self._set_back(days=400)
        self.assertEqual(json.dumps(self._run()), json.dumps(first))
        self.assertEqual(self.channel.livechat_note.count("Likes tea"), 1)

    def test_answers_and_log_stay_until_their_time(self):
        self._run()
        self._set_back(days=400)
        runs = self.env["discuss.command.run"]
        runs._gc_old_runs()
        runs._gc_answers()
        channel = self.channel.with_user(self.operator)
        [answer] = runs.with_user(self.operator)._get_kept_answers(channel)
        self.assertIn("Likes tea", answer["line"])

    def test_a_clock_that_was_ahead_removes_no_more_than_it_said(self):
        self._run()
        self._set_back(days=-2)
        runs = self.env["discuss.command.run"]
        runs._gc_answers()
        runs._gc_old_runs()
        self.assertIn("done already", self._run()["body"])
        self.assertEqual(self.channel.livechat_note.count("Likes tea"), 1)

    def test_what_was_put_off_is_tried_again(self):
        record = self.env["res.partner"].create({"name": "Made from the chat"})
        self.channel.with_user(self.operator)._follow_up(record)
        self._say(self.channel, "One more thing")
        self.channel.livechat_end_dt = fields.Datetime.now()
        followup = self.env["discuss.channel.followup"].search([])
        followup._put_off()
        self._set_back(days=400)
        send_pending(followup)
        self.assertIn("One more thing", get_text(record))


@tagged("post_install", "-at_install")
class TestMissedEnd(LivechatCommandCase):
    """A record is made while the conversation ends: neither sees the other."""

    def test_the_rest_comes_all_the_same(self):
        record = self.env["res.partner"].create({"name": "Made from the chat"})
        self.channel.with_user(self.operator)._follow_up(record)
        self._say(self.channel, "One more thing")
        followups = self.env["discuss.channel.followup"]
        followup = followups.search([])
        followups._mark_missed_ends()
        self.assertFalse(followup.is_pending, "It goes on.")
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE discuss_channel SET livechat_end_dt = %s, livechat_status = NULL"
            " WHERE id = %s",
            (fields.Datetime.now(), self.channel.id),
        )
        self.env.invalidate_all()
        followups._mark_missed_ends()
        send_pending(followup)
        self.assertIn("One more thing", get_text(record))


@tagged("post_install", "-at_install")
class TestFullDisk(LivechatCommandCase):
    """No file can be written: nothing is half done, and the agent is told."""

    def setUp(self):
        super().setUp()
        self.env["discuss.command"].create(
            {
                "name": "contact",
                "kind": "create",
                "model_name": "res.partner",
                "transcript_field": "comment",
            }
        )
        self.operator.group_ids += self.env.ref("base.group_partner_manager")
        self.channel.with_user(self.operator).message_post(
            body="A file", attachments=[("a.txt", b"x")], message_type="comment"
        )
        self.env.flush_all()

    def _run(self):
        return self.run_command("/contact Jean", request_id="0123456789")

    def test_a_command_that_copies_files(self):
        with (
            patch.object(IrAttachment, "_file_write", side_effect=FULL),
            mute_logger(LOGGER),
        ):
            self.assertStatus(self._run(), "failed", "nothing was done")
        Partner = self.env["res.partner"]
        self.assertFalse(Partner.search([("name", "=", "Jean")]))
        self.assertFalse(self.env["discuss.channel.followup"].search([]))
        self.assertStatus(self._run(), "done")
        self.assertEqual(Partner.search_count([("name", "=", "Jean")]), 1)

    def test_the_rest_of_a_conversation_waits(self):
        self.assertStatus(self._run(), "done")
        self.channel.with_user(self.operator).message_post(
            body="More", attachments=[("b.txt", b"y")], message_type="comment"
        )
        self.channel.livechat_end_dt = fields.Datetime.now()
        followup = self.env["discuss.channel.followup"].search([])
        logger = "odoo.addons.livechat_command.models.discuss.discuss_channel_followup"
        with (
            patch.object(IrAttachment, "_file_write", side_effect=FULL),
            mute_logger(logger),
        ):
            send_pending(followup)
        self.assertTrue(followup.is_pending)
        self.assertEqual(followup.failure_count, 1)
        followup.next_try = False
        send_pending(followup)
        self.assertFalse(followup.is_pending)
