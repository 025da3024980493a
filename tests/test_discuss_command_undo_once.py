from odoo import fields
from odoo.tests import new_test_user

from .undo_contacts import ContactUndoCase


class TestUndoOnce(ContactUndoCase):
    """Once, by its owner, with or without the conversation; and in the log."""

    def test_twice_is_once(self):
        request_id, _contact = self._make_contact()
        first = self.assertUndone(request_id)
        self.assertEqual(self.undo(request_id), first)
        again = self.run_command("/contact Refund", request_id=request_id)
        self.assertEqual(again, first, "Sent again, the line does nothing.")

    def test_nobody_else_and_nothing_else(self):
        request_id, contact = self._make_contact()
        self.assertStays(request_id, "nothing", user=self.colleague)
        self.assertStays(request_id, "nothing", user=self.env.ref("base.user_admin"))
        portal = new_test_user(self.env, "portal", groups="base.group_portal")
        for user in (portal, self.env.ref("base.public_user")):
            self.assertStays(request_id, "bad_request", user=user)
        for wrong in (None, 7, "", "x" * 100, ["a"], "0" * 32, "\x00" * 10):
            self.assertEqual(self.undo(wrong)["status"], "refused")
        self.assertTrue(contact.active)

    def test_conversation_that_is_not_open_any_more(self):
        note, _answer = self.run_undoable("/note A")
        made, contact = self._make_contact()
        member = self.channel.channel_member_ids.filtered(
            lambda member: member.partner_id == self.operator.partner_id
        )
        member.unlink()
        self.channel.livechat_end_dt = fields.Datetime.now()
        self.operator.group_ids += self.env.ref("base.group_user")
        self.operator.group_ids -= self.env.ref("im_livechat.im_livechat_group_user")
        self.assertUndone(made)
        self.assertUndone(note)
        self.assertFalse(self.channel.livechat_note)
        self.assertFalse(contact.active)

    def test_channel_that_is_archived_or_gone(self):
        note, _answer = self.run_undoable("/note A")
        status, _answer = self.run_undoable("/status waiting")
        made, contact = self._make_contact()
        self.channel.active = False
        self.assertUndone(note)
        self.channel.unlink()
        self.assertStays(status, "gone")
        self.assertUndone(made)
        self.assertFalse(contact.active)

    def test_reload_shows_what_can_be_and_what_was_undone(self):
        request_id, _answer = self.run_undoable("/note A")
        self.run_undoable("/note B")
        [first, second] = self._get_kept()
        self.assertEqual((first["status"], first["can_undo"]), ("done", True))
        self.assertUndone(second["request_id"])
        self.assertUndone(request_id)
        [first, second] = self._get_kept()
        self.assertEqual((first["status"], first["can_undo"]), ("undone", False))
        self.assertIn("Undone: <s>/note A</s>", first["body"])

    def test_reload_of_many_answers_asks_no_more_than_of_few(self):
        counts = []
        for _round in range(2):
            for text in "ABC":
                self.run_command(f"/note {text}")
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.assertTrue(self._get_kept()[-1]["after_id"])
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[0], counts[1])

    def test_what_was_undone_is_not_kept_as_a_line(self):
        self.run_command("/note A")
        request_id, _answer = self.run_undoable("/note B")
        self.assertUndone(request_id)
        self.run_undoable("/save tea")
        command = self.env["discuss.command"].search([("name", "=", "tea")])
        self.assertEqual(command.lines, "/note A")

    def test_what_undo_needs_is_read_by_nobody_and_forgotten(self):
        self._keep("both", "/note A", "/tag zz-refund")
        request_id, _answer = self.run_undoable("/both")
        run = self.get_run(request_id)
        admin = run.with_user(self.env.ref("base.user_admin"))
        for name in ("undo_values", "undo_barrier"):
            self.assertFalse(admin._has_field_access(run._fields[name], "read"))
        self.assertTrue(all(run.part_ids.mapped("undo_values")))
        self.env.cr.execute(
            "UPDATE discuss_command_run SET create_date = '2026-01-01' WHERE id = %s",
            [run.id],
        )
        run.invalidate_recordset()
        run._gc_answers()
        self.assertFalse(any((run | run.part_ids).mapped("undo_values")))
