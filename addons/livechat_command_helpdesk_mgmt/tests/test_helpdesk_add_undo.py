from odoo import fields
from odoo.tests import tagged

from odoo.addons.livechat_command.tests.undo import UndoCase
from odoo.addons.livechat_command.tools.undo import MAILED, SEEN

from .common import HelpdeskCommandCase


@tagged("post_install", "-at_install")
class TestHelpdeskAddUndo(UndoCase, HelpdeskCommandCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ticket = cls._new_ticket("Broken screen", number="HT07012")
        cls._say(cls.channel, "My screen is dark")

    def _get_linked(self):
        tickets = self.env["helpdesk.ticket"].with_user(self.operator)
        return tickets._search_of_livechat(self.channel)

    def test_ticket_is_as_before(self):
        message = self._say(self.channel, "See this")
        message.attachment_ids = self.env["ir.attachment"].create(
            {
                "name": "screen.txt",
                "raw": b"dark",
                "res_model": "discuss.channel",
                "res_id": self.channel.id,
            }
        )
        before = self.ticket.message_ids
        request_id, _answer = self.run_undoable("/helpdesk HT07012 It broke")
        note = self.ticket.message_ids - before
        file = note.attachment_ids
        self.assertTrue(file)
        self.assertUndone(request_id)
        self.assertFalse(note.exists() or file.exists())
        self.assertFalse(self.ticket.attachment_ids)
        self.assertTrue(self.ticket.active)
        self.assertFalse(self._get_linked())
        self.run_command("/helpdesk HT07012 Again")
        self.assertIn("My screen is dark", self.ticket.message_ids[0].body)

    def test_second_time_goes_back_to_the_first(self):
        self.run_undoable("/helpdesk HT07012 First")
        self._say(self.channel, "It smokes")
        request_id, _answer = self.run_undoable("/helpdesk HT07012 Second")
        self.assertUndone(request_id)
        self.assertEqual(self._get_linked(), self.ticket)
        self.run_command("/helpdesk HT07012 Third")
        body = self.ticket.message_ids[0].body
        self.assertIn("It smokes", body)
        self.assertNotIn("My screen is dark", body)

    def test_first_is_not_taken_back_from_under_the_second(self):
        for said in ("It smokes", ""):
            with self.subTest(said=said):
                first, _answer = self.run_undoable("/helpdesk HT07012 First")
                if said:
                    self._say(self.channel, said)
                second, _answer = self.run_undoable("/helpdesk HT07012 Second")
                self.assertStays(first, "continued", "more of this conversation")
                self.assertUndone(second)
                self.assertUndone(first)

    def test_ticket_of_an_empty_conversation_stays_in_it(self):
        chat = self._new_livechat(self.operator, guest=self.guest)
        ticket = self.create_ticket("Early", channel=chat)
        self._say(chat, "My screen is dark")
        line = f"/helpdesk {ticket.number} More"
        request_id, _answer = self.run_undoable(line, channel=chat)
        self.assertUndone(request_id)
        self._say(chat, "It smokes")
        self._end(chat)
        body = ticket.message_ids[0].body
        self.assertIn("My screen is dark", body)
        self.assertIn("It smokes", body)

    def test_rest_that_was_sent_since(self):
        request_id, _answer = self.run_undoable("/helpdesk HT07012 First")
        with self.later():
            self._say(self.channel, "It smokes")
            self._end(self.channel)
            self.assertIn("It smokes", self.ticket.message_ids[0].body)
            self.assertStays(request_id, "continued")

    def test_rest_is_sent_although_the_conversation_has_ended(self):
        self.run_undoable("/helpdesk HT07012 First")
        self._say(self.channel, "It smokes")
        request_id, _answer = self.run_undoable("/helpdesk HT07012 Second")
        with self.later():
            self._end(self.channel)
            self.assertUndone(request_id)
            self._send_pending()
        self.assertIn("It smokes", self.ticket.message_ids[0].body)

    def test_customer_who_looks_at_it_bars_nothing_but_a_mail_does(self):
        runs = self.env["discuss.command.run"]
        seen, _answer = self.run_undoable("/helpdesk HT07012 First")
        runs._bar_undo("helpdesk.ticket", self.ticket.ids, SEEN)
        self.assertTrue(self.get_run(seen).with_user(self.operator).sudo()._can_undo())
        self.assertUndone(seen)
        mailed, _answer = self.run_undoable("/helpdesk HT07012 Second")
        runs._bar_undo("helpdesk.ticket", self.ticket.ids, MAILED)
        runs._bar_undo("helpdesk.ticket", self.ticket.ids, SEEN)
        self.assertStays(mailed, "mailed")

    def test_customer_who_looks_at_it_bars_no_kept_line_that_adds(self):
        self.env["discuss.command"].with_user(self.operator).create(
            {"name": "kept", "kind": "lines", "lines": "/helpdesk HT07012 It broke"}
        )
        runs = self.env["discuss.command.run"]
        request_id, _answer = self.run_undoable("/kept")
        runs._bar_undo("helpdesk.ticket", self.ticket.ids, SEEN)
        run = self.get_run(request_id).with_user(self.operator).sudo()
        self.assertTrue(run._can_undo())
        runs._bar_undo("helpdesk.ticket", self.ticket.ids, MAILED)
        self.assertFalse(run._can_undo())
        self.assertStays(request_id, "mailed")

    def test_customer_who_looks_at_it_bars_a_kept_line_that_makes(self):
        self.env["discuss.command"].with_user(self.operator).create(
            {"name": "kept", "kind": "lines", "lines": "/helpdesk It broke"}
        )
        request_id, answer = self.run_undoable("/kept")
        runs = self.env["discuss.command.run"]
        runs._bar_undo("helpdesk.ticket", [answer["record"]["id"]], SEEN)
        run = self.get_run(request_id).with_user(self.operator).sudo()
        self.assertFalse(run._can_undo())
        self.assertStays(request_id, "seen")

    def _end(self, channel):
        channel.livechat_end_dt = fields.Datetime.now()
        self._send_pending()

    def _send_pending(self):
        followups = self.env["discuss.channel.followup"]
        for followup in followups.search([("is_pending", "=", True)]):
            followup._send()

    def test_what_added_nothing_has_nothing_to_undo(self):
        self.run_undoable("/helpdesk HT07012 First")
        answer = self.run_command("/helpdesk HT07012")
        self.assertStatus(answer, "done", "Nothing new")
        self.assertFalse(answer.get("can_undo"))

    def test_colleague_who_answered_on_it(self):
        colleague = self._new_operator("colleague", name="Ben Agent")
        self._set_level(colleague, "all")
        request_id, _answer = self.run_undoable("/helpdesk HT07012 First")
        with self.later():
            self.ticket.with_user(colleague).message_post(body="I call her")
            self.assertStays(request_id, "message", "Ben Agent has written")
        self.assertEqual(self._get_linked(), self.ticket)
