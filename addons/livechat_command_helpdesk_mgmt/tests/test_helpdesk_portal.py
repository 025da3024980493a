from odoo.tests import HttpCase, new_test_user, tagged

from .common import HelpdeskCommandCase


@tagged("post_install", "-at_install")
class TestHelpdeskPortal(HelpdeskCommandCase, HttpCase):
    """The customer and colleagues read the Description, and nothing internal."""

    def setUp(self):
        super().setUp()
        company = self.env["res.partner"].create({"name": "Dupont", "is_company": True})
        self.customer = self._new_portal_user("marie", company)
        self.colleague = self._new_portal_user("jean", company)
        self.stranger = self._new_portal_user("stranger", self.env["res.partner"])
        self.chat = self._new_livechat(self.operator, partner=self.customer.partner_id)
        self._say(self.chat, "My mouse is broken", self.customer.partner_id)
        self.run_command("/note Customer is angry", channel=self.chat)
        self.run_command("/helpdesk_search secret words", channel=self.chat)
        self.ticket = self.create_ticket("Broken mouse", channel=self.chat)
        self._say(self.chat, "Said afterwards", self.operator)
        self.ticket.message_post(
            body="Public reply", message_type="comment", subtype_xmlid="mail.mt_comment"
        )
        self.chat.livechat_end_dt = "2026-01-05 10:00:00"
        self.env["discuss.channel.followup"].search([("is_pending", "=", True)])._send()

    def _new_portal_user(self, login, company):
        user = new_test_user(self.env, login, groups="base.group_portal")
        user.partner_id.parent_id = company
        return user

    def test_customer_and_colleague_read_nothing_internal(self):
        for user in (self.customer, self.colleague):
            with self.subTest(user=user.login):
                self.authenticate(user.login, user.login)
                page = self.url_open(f"/my/ticket/{self.ticket.id}").text
                self.assertIn("Broken mouse", page)
                self.assertIn("My mouse is broken", page)
                for internal in ("angry", "secret words", "/note", "/helpdesk"):
                    self.assertNotIn(internal, page)
                self.assertNotIn("Said afterwards", page)
                messages = self._fetch_messages()
                self.assertIn("Public reply", messages)
                self.assertNotIn("Said afterwards", messages)

    def _fetch_messages(self):
        """Return what the chatter of the portal page loads."""
        result = self.make_jsonrpc_request(
            "/mail/chatter_fetch",
            {"thread_model": "helpdesk.ticket", "thread_id": self.ticket.id},
        )
        return str(result)

    def test_the_note_is_there_for_those_who_work_on_the_ticket(self):
        self.assertIn("Said afterwards", str(self.ticket.message_ids.mapped("body")))

    def test_files_of_another_visitor_are_not_for_the_customer(self):
        """An agent took the wrong ticket: the note is internal, its files are, too."""
        chat = self._new_livechat(self.operator, guest=self.guest)
        self._say(chat, "My passport").attachment_ids = self.env[
            "ir.attachment"
        ].create(
            {
                "name": "passport.txt",
                "raw": b"0123456789",
                "res_model": "discuss.channel",
                "res_id": chat.id,
            }
        )
        self.run_command(f"/helpdesk {self.ticket.number}", channel=chat)
        file = self.ticket.message_ids[0].attachment_ids
        self.assertEqual(file.name, "passport.txt")
        self.assertTrue(file.with_user(self.operator).has_access("read"))
        self.assertFalse(file.with_user(self.customer).has_access("read"))
        self.authenticate(self.customer.login, self.customer.login)
        page = self.url_open(f"/my/ticket/{self.ticket.id}").text
        self.assertNotIn("passport", page + self._fetch_messages())

    def test_stranger_reads_nothing(self):
        self.authenticate("stranger", "stranger")
        page = self.url_open(f"/my/ticket/{self.ticket.id}").text
        self.assertNotIn("My mouse is broken", page)
