from unittest.mock import patch

from odoo import fields

from ..tools.undo import Done
from .undo_contacts import ContactUndoCase


class TestUndo(ContactUndoCase):
    """What returns, and what a record loses."""

    def test_record_is_archived_and_what_came_with_it_goes(self):
        file = self.env["ir.attachment"].create({"name": "screen.png", "raw": b"png"})
        self._say(self.channel, "See").attachment_ids = file
        request_id, contact = self._make_contact()
        attachments = self.env["ir.attachment"]
        on_contact = [("res_model", "=", "res.partner"), ("res_id", "=", contact.id)]
        self.assertEqual(attachments.search_count(on_contact), 1)
        with self.later():
            contact.with_user(self.operator).comment = "One's own change stops nothing"
            answer = self.assertUndone(request_id)
        self.assertIn("<s>/contact Refund</s>", answer["body"])
        self.assertFalse(contact.active)
        self.assertFalse(attachments.search_count(on_contact))
        self.assertFalse(self.env["discuss.channel.followup"].search(on_contact))
        self.assertTrue(file.exists(), "The conversation keeps its file.")

    def test_line_that_succeeded_at_a_later_try(self):
        file = self.env["ir.attachment"].create({"name": "screen.png", "raw": b"png"})
        self._say(self.channel, "See").attachment_ids = file
        command = self.env["discuss.command"].search([("name", "=", "contact")])
        command.active = False
        answer = self.run_command("/contact Refund", request_id="tried-later")
        self.assertStatus(answer, "unknown")
        command.active = True
        with self.later(minutes=30):
            answer = self.run_command("/contact Refund", request_id="tried-later")
            self.assertTrue(answer["can_undo"])
        with self.later(minutes=39):
            self.assertUndone("tried-later")
        contact = self.env["res.partner"].browse(answer["record"]["id"])
        self.assertFalse(contact.active)
        on_contact = [("res_model", "=", "res.partner"), ("res_id", "=", contact.id)]
        self.assertFalse(self.env["ir.attachment"].search(on_contact))

    def test_note_of_what_was_said_later_stops_nothing(self):
        request_id, contact = self._make_contact()
        with self.later():
            self._say(self.channel, "Said later")
            self.channel.livechat_end_dt = fields.Datetime.now()
            followups = self.env["discuss.channel.followup"].search([])
            followups.filtered(lambda row: row.res_id == contact.id)._send()
            self.assertIn("Said later", str(contact.message_ids.mapped("body")))
        with self.later(minutes=2):
            self.assertUndone(request_id)

    def _add_to(self, record):
        """Add the conversation to a record; return what undoing it gets."""
        file = self.env["ir.attachment"].create({"name": "a", "raw": b"a"})
        self._say(self.channel, "See").attachment_ids = file
        channel = self.channel.with_user(self.operator)
        record = record.with_user(self.operator)
        added = channel._add_to(record, "From the chat")
        return Done(record, {"added": added}, self.env.cr.now(), "", ())

    def test_what_was_added_to_a_record_is_taken_off_it(self):
        record, before = self.customer, self.customer.message_ids
        channel = self.channel.with_user(self.operator)
        done = self._add_to(record)
        commands = channel.env["discuss.command"]
        self.assertFalse(commands._get_record_obstacle(channel, done))
        commands._undo_record(channel, done)
        self.assertTrue(record.active)
        self.assertEqual(record.message_ids, before)
        on_record = [("res_model", "=", "res.partner"), ("res_id", "=", record.id)]
        self.assertFalse(self.env["ir.attachment"].search(on_record))
        self.assertFalse(self.env["discuss.channel.followup"].search(on_record))

    def test_what_was_there_before_stays_where_more_was_added(self):
        done = self._add_to(self.customer)
        channel = self.channel.with_user(self.operator)
        note = self.customer.message_post(body="Not of this record's run")
        note.res_id = self.operator.partner_id.id
        done.values["added"].update(note_id=note.id, is_first=False, last_message_id=7)
        channel.env["discuss.command"]._undo_record(channel, done)
        self.assertTrue(note.exists(), "What is on another record is none of ours.")
        followup_id = done.values["added"]["followup_id"]
        followup = self.env["discuss.channel.followup"].browse(followup_id)
        self.assertEqual(followup.last_message_id, 7)
        with self.later():
            self.customer.with_user(self.colleague).comment = "I call her"
            refusal = channel.env["discuss.command"]._get_record_obstacle(channel, done)
        self.assertEqual(refusal.code, "changed")

    def test_record_without_archive_is_deleted(self):
        request_id, answer = self.run_undoable("/label Refund")
        label = self.env["res.partner.category"].browse(answer["record"]["id"])
        # Contact tags can be archived: as if they could not.
        with patch.object(type(label), "_active_name", None):
            self.assertUndone(request_id)
        self.assertFalse(label.exists())

    def test_record_that_a_colleague_uses_is_not_deleted(self):
        request_id, answer = self.run_undoable("/label Refund")
        label = self.env["res.partner.category"].browse(answer["record"]["id"])
        with self.later():
            label.with_user(self.colleague).create(
                {"name": "Sub", "parent_id": label.id}
            )
            with patch.object(type(label), "_active_name", None):
                self.assertStays(request_id, "used", "Ben Agent")
        self.assertTrue(label.exists())

    def test_conversation_is_as_before(self):
        self.run_command("/note Before")
        self.run_command("/tag zz-angry")
        for line in ("/note Wrong <b>chat</b>", "/tag zz-refund", "/status waiting"):
            with self.subTest(line=line):
                before = self._get_conversation()
                request_id, _answer = self.run_undoable(line)
                self.assertNotEqual(self._get_conversation(), before)
                self.assertUndone(request_id)
                self.assertEqual(self._get_conversation(), before)

    def test_kept_line_goes_or_is_what_it_was(self):
        self.run_command("/note Tea")
        first, _answer = self.run_undoable("/save tea")
        command = self.env["discuss.command"].search([("name", "=", "tea")])
        self.run_command("/note Coffee")
        second, _answer = self.run_undoable("/save tea")
        self.assertEqual(command.lines, "/note Coffee")
        self.assertStays(first, "changed")
        self.assertUndone(second)
        self.assertEqual(command.lines, "/note Tea")
        self.assertUndone(first)
        self.assertFalse(command.exists())

    def test_lines_return_in_reverse_or_not_at_all(self):
        self._keep("both", "/note A", "/contact Refund", "/note B", "/tag zz-refund")
        self._keep("outer", "/both", "/status waiting")
        for line in ("/both", "/outer"):
            before = self._get_conversation()
            request_id, answer = self.run_undoable(line)
            contact = self.env["res.partner"].browse(answer["record"]["id"])
            self.assertUndone(request_id)
            self.assertEqual(self._get_conversation(), before)
            self.assertFalse(contact.active)
            run = self.get_run(request_id)
            parts = run.part_ids | run.part_ids.part_ids
            self.assertEqual(set(parts.mapped("outcome")), {"undone"})

        request_id, answer = self.run_undoable("/both")
        contact = self.env["res.partner"].browse(answer["record"]["id"])
        during = self._get_conversation()
        with self.later():
            contact.with_user(self.colleague).comment = "I call her"
            self.assertStays(request_id, "changed", "Ben Agent")
        self.assertTrue(contact.active)
        self.assertEqual(self._get_conversation(), during, "Nothing, not a part.")

    def test_what_has_no_undo_offers_none(self):
        self.run_command("/tag zz-refund")
        self._keep("bye", "/note Bye", "/leave")
        self._keep("inside", "/bye")
        for line in ("/help", "/tag zz-refund", "/note", "/nothing", "/inside"):
            request_id = "0123456789" + line
            answer = self.run_command(line, request_id=request_id)
            self.assertNotIn("can_undo", answer, line)
            self.assertStays(request_id, "nothing")
