from odoo.tests import tagged

from .common import HelpdeskCommandCase


@tagged("post_install", "-at_install")
class TestCannedResponsePlaceholder(HelpdeskCommandCase):
    def _get_values(self, user=None, record=None):
        user = user or self.operator
        values = self.env["mail.canned.response.placeholder"].with_user(user)
        return values._get_values(self.channel.with_user(user), record)

    def test_ticket_of_the_conversation(self):
        self._new_ticket("Of no conversation")
        self.assertEqual(self._get_values()["ticket.number"], "")
        self.assertEqual(self._get_values()["ticket.link"], "")
        self.create_ticket("First")
        last = self.create_ticket("Last")
        values = self._get_values()
        self.assertEqual(values["ticket.number"], last.number)
        self.assertTrue(values["ticket.link"].endswith(f"/my/ticket/{last.id}"))
        self.assertNotIn("access_token", values["ticket.link"])

    def test_ticket_that_was_just_made(self):
        ticket = self._new_ticket("Just made")
        values = self._get_values(record=ticket.with_user(self.operator))
        self.assertEqual(values["ticket.number"], ticket.number)

    def test_no_ticket_without_helpdesk_rights(self):
        # Who made a ticket follows it, and followers may read it.
        self.create_ticket().message_unsubscribe(self.operator.partner_id.ids)
        self._set_level(self.operator, "none")
        self.assertEqual(self._get_values()["ticket.number"], "")
