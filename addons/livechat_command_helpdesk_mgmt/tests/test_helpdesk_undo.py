from odoo.tests import HttpCase, new_test_user, tagged

from odoo.addons.livechat_command.tests.undo import UndoCase

from .common import HelpdeskCommandCase


class HelpdeskUndoCase(UndoCase, HelpdeskCommandCase):
    def make_ticket(self, line="/helpdesk Broken mouse", **kwargs):
        request_id, answer = self.run_undoable(line, **kwargs)
        return request_id, self.env["helpdesk.ticket"].browse(answer["record"]["id"])


@tagged("post_install", "-at_install")
class TestHelpdeskUndo(HelpdeskUndoCase):
    def test_ticket_is_archived_with_its_number_and_gone_from_the_conversation(self):
        request_id, ticket = self.make_ticket()
        number = ticket.number
        channel = self.channel.with_user(self.operator)
        command = channel.env["discuss.command"]._find("helpdesk")
        self.assertIn(number, command._get_hint(channel))
        self.assertUndone(request_id)
        self.assertFalse(ticket.active)
        self.assertEqual(ticket.number, number)
        tickets = channel.env["helpdesk.ticket"]
        self.assertFalse(tickets._search_of_livechat(channel))
        self.assertNotIn(number, command._get_hint(channel))
        found = self.run_command("/helpdesk_search Broken mouse")
        self.assertNotIn(number, found["body"])
        _request_id, other = self.make_ticket()
        self.assertGreater(other.number, number)

    def test_ticket_that_was_taken_back_does_not_count_as_created(self):
        request_id, ticket = self.make_ticket()
        self.assertUndone(request_id)
        self.env.flush_all()
        reports = self.env["im_livechat.report.channel"]
        row = reports.search([("channel_id", "=", self.channel.id)])
        self.assertEqual(row.tickets_created, 0)
        self.assertFalse(ticket.origin_channel_id)

    def test_address_stays_unverified_without_the_conversation(self):
        """What a visitor typed gets no automatic mail, wherever the ticket goes."""
        self._say(self.channel, "I am victim@example.com")
        request_id, ticket = self.make_ticket()
        double = ticket.copy()
        _request_id, other = self.make_ticket("/helpdesk Other mouse")
        self.assertUndone(request_id)
        ticket.active = True
        self.channel.sudo().unlink()
        self.env.invalidate_all()
        template = self.env["mail.template"].create(
            {
                "name": "On its way",
                "model_id": self.env["ir.model"]._get_id("helpdesk.ticket"),
                "subject": "On its way",
                "email_to": "{{ object.partner_email }}",
            }
        )
        stage = self.team._get_applicable_stages()[-1:]
        stage.mail_template_id = template
        self.env.flush_all()
        self.env.cr.precommit.run()
        mails = self.env["mail.mail"].search([])
        for each in (ticket, double, other):
            self.assertEqual(each.partner_email, "victim@example.com")
            self.assertFalse(each.origin_channel_id)
            self.assertTrue(each.is_contact_unverified)
            each.stage_id = stage
        self.env.cr.precommit.run()
        self.assertEqual(self.env["mail.mail"].search([]), mails)
        ticket.partner_id = self.env["res.partner"].create({"name": "Marie"})
        self.assertFalse(ticket.is_contact_unverified)

    def test_every_access_level_takes_back_its_own(self):
        for level in ("personal", "team", "all"):
            with self.subTest(level):
                self._set_level(self.operator, level)
                self.team.user_ids = self.operator
                request_id, ticket = self.make_ticket()
                self.assertUndone(request_id)
                self.assertFalse(ticket.active)

    def test_agent_to_whom_it_was_assigned_is_named(self):
        colleague = self._new_operator("colleague", name="Ben Agent")
        self._set_level(colleague, "all")
        self.team.user_ids = self.operator + colleague
        request_id, ticket = self.make_ticket("/helpdesk Broken mouse @ben-agent")
        self.assertEqual(ticket.user_id, colleague)
        answer = self.assertUndone(request_id)
        self.assertIn("Ben Agent had been told", answer["body"])

    def test_ticket_of_which_another_is_a_duplicate(self):
        request_id, ticket = self.make_ticket()
        other = self._new_ticket("Mouse broken")
        other.duplicate_id = ticket
        self.assertStays(request_id, "used", ticket.number)
        other.duplicate_id = False
        self.assertUndone(request_id)

    def test_level_that_was_lost(self):
        request_id, ticket = self.make_ticket()
        self._set_level(self.operator, "none")
        self.assertEqual(self.undo(request_id)["status"], "refused")
        self.assertTrue(ticket.active)

    def test_mail_that_the_stage_sends_to_the_customer(self):
        customer = new_test_user(self.env, "marie", groups="base.group_portal")
        chat = self._new_livechat(self.operator, partner=customer.partner_id)
        template = self.env["mail.template"].create(
            {
                "name": "We have it",
                "model_id": self.env["ir.model"]._get_id("helpdesk.ticket"),
                "subject": "We have it",
                "body_html": "<p>Thank you</p>",
                "partner_to": "{{ object.partner_id.id }}",
                "auto_delete": True,
            }
        )
        stage = self.team._get_applicable_stages()[:1]
        stage.mail_template_id = template
        answer = self.run_command(
            "/helpdesk Broken mouse", channel=chat, request_id="mail-of-stage"
        )
        self.env.cr.precommit.run()
        self.assertStatus(answer, "done")
        self.assertStays("mail-of-stage", "mailed")


@tagged("post_install", "-at_install")
class TestHelpdeskUndoPortal(HelpdeskUndoCase, HttpCase):
    def setUp(self):
        super().setUp()
        self.customer = new_test_user(self.env, "marie", groups="base.group_portal")
        self.chat = self._new_livechat(self.operator, partner=self.customer.partner_id)

    def _make(self):
        return self.make_ticket(channel=self.chat)

    def _look(self, address):
        self.authenticate("marie", "marie")
        return self.url_open(address).text

    def test_customer_who_has_seen_it(self):
        request_id, ticket = self._make()
        self.assertIn("Broken mouse", self._look(f"/my/ticket/{ticket.id}"))
        self.assertStays(request_id, "seen", "the customer has seen")

    def test_customer_who_has_seen_its_title(self):
        request_id, _ticket = self._make()
        self.assertIn("Broken mouse", self._look("/my/tickets"))
        self.assertStays(request_id, "seen")

    def test_customer_who_has_seen_it_and_got_a_mail(self):
        request_id, ticket = self._make()
        self._look(f"/my/ticket/{ticket.id}")
        with self.later():
            ticket.with_user(self.operator).message_post(
                body="We look at it",
                message_type="comment",
                subtype_xmlid="mail.mt_comment",
                partner_ids=self.customer.partner_id.ids,
            )
            self.assertStays(request_id, "mailed")

    def test_customer_who_has_seen_others(self):
        _request_id, other = self._make()
        request_id, _ticket = self.make_ticket("/helpdesk Blue", channel=self.chat)
        self._look(f"/my/ticket/{other.id}")
        self.assertNotIn("Blue", self._look("/my/tickets?search=Broken"))
        self.assertUndone(request_id)

    def test_visitor_with_the_link_has_seen_it(self):
        request_id, ticket = self._make()
        token = ticket._portal_ensure_token()
        page = self.url_open(f"/my/ticket/{ticket.id}/{token}").text
        self.assertIn("Broken mouse", page)
        self.assertStays(request_id, "seen")

    def test_agents_who_look_at_it_in_the_portal_stop_nothing(self):
        request_id, ticket = self._make()
        self.authenticate("operator", "operator")
        page = self.url_open(f"/my/ticket/{ticket.id}").text
        self.assertIn("Broken mouse", page)
        self.assertUndone(request_id)


@tagged("post_install", "-at_install")
class TestHelpdeskRandomUndo(HelpdeskUndoCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        colleague = cls._new_operator("colleague", name="Ben Agent")
        cls._set_level(colleague, "all")
        cls.team.user_ids = cls.operator + colleague
        cls.env["helpdesk.ticket.tag"].create(
            [{"name": "zz-refund"}, {"name": "zz-vip"}]
        )
        cls.env["im_livechat.conversation.tag"].create({"name": "zz-a"})
        cls.env["discuss.command"].with_user(cls.operator).create(
            {
                "name": "both",
                "kind": "lines",
                "lines": "/helpdesk {argument} !! #zz-refund\n/note N\n/tag zz-a",
            }
        )

    def _make_line(self, rng):
        word = rng.choice(["Broken mouse", "<b>a & b</b>", "ü 日本", "x" * 200])
        tokens = rng.sample(
            ["!!", "#zz-refund", "#zz-vip", "@ben-agent"], rng.randrange(4)
        )
        line = " ".join(["/helpdesk", word, *tokens])
        return rng.choice([line, line, f"/both {word}", f"/note {word}"])

    def test_hundred_undos_leave_the_database_as_it_was(self):
        # An archived ticket is still found by its number: its words stay.
        left = {"helpdesk_ticket_search_word"}
        self.check_random_undos(self._make_line, 100, seed=1, left=left)
