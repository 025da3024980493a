from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common import HelpdeskCommandCase


@tagged("post_install", "-at_install")
class TestHelpdesk(HelpdeskCommandCase):
    def _get_next_number(self):
        sequence = self.env.ref("helpdesk_mgmt.helpdesk_ticket_sequence")
        return sequence.number_next_actual

    # The ticket

    def test_ticket_from_a_guest(self):
        self._say(self.channel, "My mouse is broken. Write to marie@example.com!")
        ticket = self.create_ticket("Broken mouse")
        self.assertRecordValues(
            ticket,
            [
                {
                    "name": "Broken mouse",
                    "team_id": self.team.id,
                    "user_id": False,
                    "partner_id": False,
                    "partner_name": "Marie Dupont",
                    "partner_email": "marie@example.com",
                    "is_contact_unverified": True,
                    "origin_channel_id": self.channel.id,
                }
            ],
        )
        self.assertEqual(ticket.channel_id.name, "Live Chat")
        self.assertIn("My mouse is broken", ticket.description)

    def test_no_contact_is_made_or_guessed_for_a_guest(self):
        self.env["res.partner"].create({"name": "M", "email": "marie@example.com"})
        count = self.env["res.partner"].search_count([])
        self._say(self.channel, "marie@example.com")
        self.assertFalse(self.create_ticket().partner_id)
        self.assertEqual(self.env["res.partner"].search_count([]), count)

    def test_customer_is_the_contact_of_a_logged_in_visitor(self):
        portal = new_test_user(self.env, "portal", groups="base.group_portal")
        channel = self._new_livechat(self.operator, partner=portal.partner_id)
        ticket = self.create_ticket(channel=channel)
        self.assertEqual(ticket.partner_id, portal.partner_id)
        self.assertEqual(ticket.partner_name, portal.name)
        self.assertFalse(ticket.is_contact_unverified)

    def test_public_and_internal_partners_are_never_the_customer(self):
        colleague = self._new_operator("colleague")
        public = self.env.ref("base.public_partner")
        for partner in (colleague.partner_id, public):
            channel = self._new_livechat(self.operator, partner=partner)
            self.assertFalse(self.create_ticket(channel=channel).partner_id)

    def test_customers_who_follow_the_team_do_not_get_the_ticket(self):
        stranger = new_test_user(self.env, "stranger", groups="base.group_portal")
        colleague = self._new_operator("follower")
        subtypes = self.env["mail.message.subtype"].search(
            [("res_model", "in", (False, "helpdesk.ticket.team"))]
        )
        self.team.message_subscribe(
            (stranger + colleague).partner_id.ids, subtype_ids=subtypes.ids
        )
        ticket = self.create_ticket()
        self.assertIn(colleague.partner_id, ticket.message_partner_ids)
        self.assertNotIn(stranger.partner_id, ticket.message_partner_ids)
        self.assertFalse(ticket.with_user(stranger).has_access("read"))

    def test_empty_conversation_makes_a_valid_ticket(self):
        self.assertIn("Nothing was written", self.create_ticket().description)

    def test_files_are_attached_and_no_token_is_in_the_text(self):
        message = self.channel.with_user(self.operator).message_post(
            body="See this",
            attachments=[("mouse.txt", b"picture")],
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
        )
        token = message.attachment_ids.generate_access_token()[0]
        ticket = self.create_ticket()
        self.assertEqual(ticket.attachment_ids.mapped("name"), ["mouse.txt"])
        self.assertNotEqual(ticket.attachment_ids, message.attachment_ids)
        self.assertIn("mouse.txt", ticket.description)
        self.assertNotIn(token, ticket.description)
        self.assertNotIn("access_token", ticket.description)

    def test_what_is_said_later_is_an_internal_note_and_leaves_the_description(self):
        self._say(self.channel, "Before")
        ticket = self.create_ticket()
        description = ticket.description
        self._say(self.channel, "Later")
        self.channel.livechat_end_dt = "2026-01-05 10:00:00"
        self.env["discuss.channel.followup"].search([("is_pending", "=", True)])._send()
        note = ticket.message_ids.filtered(lambda message: "Later" in message.body)
        self.assertTrue(note.subtype_id.internal)
        self.assertEqual(ticket.description, description)

    def test_ticket_counts_on_the_card_of_the_team(self):
        count = self.team.todo_ticket_count
        self.create_ticket()
        self.team.invalidate_recordset()
        self.assertEqual(self.team.todo_ticket_count, count + 1)

    def test_sessions_report_counts_tickets(self):
        self.create_ticket("One")
        self.create_ticket("Two")
        self.env.flush_all()
        report = self.env["im_livechat.report.channel"]
        row = report.search([("channel_id", "=", self.channel.id)])
        self.assertEqual(row.tickets_created, 2)

    def test_alias(self):
        self.assertStatus(self.run_command("/ticket Broken mouse"), "done")

    def test_answer_links_to_the_ticket(self):
        answer = self.run_command("/helpdesk Broken mouse")
        ticket_id = answer["record"]["id"]
        self.assertIn(f'href="/odoo/helpdesk.ticket/{ticket_id}"', answer["body"])

    def test_own_command_makes_tickets(self):
        """A ticket is called by its number, which nobody types."""
        team = {"field_name": "team_id", "value": str(self.team.id)}
        self.env["discuss.command"].create(
            {
                "name": "bug",
                "kind": "create",
                "model_name": "helpdesk.ticket",
                "transcript_field": "description",
                "value_ids": [(0, 0, team)],
            }
        )
        answer = self.run_command("/bug Broken mouse")
        self.assertStatus(answer, "done")
        ticket = self.env["helpdesk.ticket"].browse(answer["record"]["id"])
        self.assertEqual((ticket.name, ticket.team_id), ("Broken mouse", self.team))
        self.assertRegex(ticket.number, r"\d")

    # The title

    def test_title_is_plain_text(self):
        title = "<script>alert(1)</script> {{x}} 100%"
        answer = self.run_command(f"/helpdesk {title}")
        ticket = self.env["helpdesk.ticket"].browse(answer["record"]["id"])
        self.assertEqual(ticket.name, title)
        self.assertNotIn("<script>", answer["body"])

    def test_title_that_is_missing_or_too_long(self):
        number = self._get_next_number()
        self.assertStatus(self.run_command("/helpdesk"), "usage", "What is the ticket")
        answer = self.run_command("/helpdesk " + "x" * 251)
        self.assertStatus(answer, "usage", "250")
        self.assertEqual(self._get_next_number(), number)
        self.create_ticket("x" * 250)

    # Team

    def test_first_team_in_order(self):
        first = self._new_team("First", sequence=-1)
        self.assertEqual(self.create_ticket().team_id, first)

    def test_team_of_other_live_chat_channels_is_passed_over(self):
        other = self.env["im_livechat.channel"].create({"name": "Other"})
        first = self._new_team(
            "First", sequence=-1, livechat_channel_ids=[(4, other.id)]
        )
        self.assertEqual(self.create_ticket().team_id, self.team)
        first.livechat_channel_ids += self.livechat_channel
        self.assertEqual(self.create_ticket().team_id, first)

    def test_archived_team_and_team_without_live_chat_are_passed_over(self):
        self._new_team("Archived", sequence=-2, active=False)
        self._new_team("Without", sequence=-1, use_livechat=False)
        self.assertEqual(self.create_ticket().team_id, self.team)

    def test_no_team(self):
        self.team.use_livechat = False
        number = self._get_next_number()
        answer = self.run_command("/helpdesk Broken mouse")
        self.assertStatus(answer, "refused", "No Helpdesk team of yours")
        self.assertEqual(self._get_next_number(), number)
        self.assertNotIn("helpdesk", self.get_offered())
        self.assertNotIn("helpdesk_search", self.get_offered())

    def test_form_of_the_command_tells_that_no_team_takes_tickets(self):
        company = self.env["res.company"].create({"name": "Of the admin alone"})
        self.env.user.company_ids += company
        companies = (self.env.company + company).ids
        for name in ("helpdesk", "helpdesk_search"):
            command = self.env["discuss.command"].search([("kind", "=", name)])
            command = command.with_context(allowed_company_ids=companies)
            self.team.use_livechat = True
            self.assertNotIn("Anna Agent", command.audience)
            self.team.use_livechat = False
            command.invalidate_recordset(["audience"])
            self.assertRegex(
                command.audience, "Not .*Anna Agent.*: No Helpdesk team of theirs"
            )

    def test_form_of_kept_lines_tells_that_no_team_takes_tickets(self):
        self.env.user.group_ids += self.env.ref("im_livechat.im_livechat_group_manager")
        shared = {"kind": "lines", "group_ids": self.env.ref("base.group_user").ids}
        commands = self.env["discuss.command"].create(
            [
                {**shared, "name": "inner", "lines": "/note A\n/helpdesk Refund"},
                {**shared, "name": "outer", "lines": "/inner"},
            ]
        )
        for command in commands:
            self.team.use_livechat = True
            self.assertNotIn("Anna Agent", command.audience)
            self.team.use_livechat = False
            command.invalidate_recordset(["audience"])
            self.assertRegex(
                command.audience,
                "Not .*Anna Agent.*: Line .* No Helpdesk team of theirs",
            )

    def test_settings_tell_that_no_team_takes_tickets(self):
        settings = self.env["res.config.settings"]
        self.assertTrue(settings.create({}).has_livechat_team)
        self.team.use_livechat = False
        self.assertFalse(settings.create({}).has_livechat_team)
        arch = settings.get_view(view_type="form")["arch"]
        self.assertIn("No team takes tickets from live chats yet", arch)

    def test_team_of_a_company_that_is_not_active_is_passed_over(self):
        company = self.env["res.company"].create({"name": "Second"})
        self.operator.company_ids += company
        second = self._new_team("Second", sequence=-1, company_id=company.id)
        first = self.operator.company_id.id
        for companies, team in (([first], self.team), ([first, company.id], second)):
            channel = self.channel.with_context(allowed_company_ids=companies)
            ticket = self.create_ticket(channel=channel)
            self.assertEqual(ticket.team_id, team)
        self.assertEqual(ticket.company_id, company)

    # Rights

    def test_who_may_create_and_for_whom(self):
        teams = {"member": [(4, self.operator.id)], "stranger": [(5,)]}
        cases = [
            ("all", "stranger", self.env["res.users"]),
            ("all", "member", self.env["res.users"]),
            ("team", "stranger", self.operator),
            ("team", "member", self.env["res.users"]),
            ("personal", "stranger", self.operator),
            ("personal", "member", self.env["res.users"]),
        ]
        for level, membership, assignee in cases:
            with self.subTest(level=level, membership=membership):
                self._set_level(self.operator, level)
                self.team.user_ids = teams[membership]
                ticket = self.create_ticket()
                self.assertEqual(ticket.user_id, assignee)
                self.assertTrue(ticket.with_user(self.operator).has_access("read"))

    def test_without_helpdesk_rights_no_number_is_used_up(self):
        self._set_level(self.operator, "none")
        number = self._get_next_number()
        answer = self.run_command("/helpdesk Broken mouse")
        self.assertStatus(answer, "refused", "No right to create “Helpdesk Ticket”")
        self.assertEqual(self._get_next_number(), number)
        self.assertNotIn("helpdesk", self.get_offered())

    # Back to the conversation

    def test_view_chat_is_for_those_who_may_read_the_conversation(self):
        ticket = self.create_ticket()
        ticket.with_user(self.operator).action_open_livechat()
        self.assertTrue(ticket.with_user(self.operator).can_open_livechat)

    def test_helpdesk_user_who_is_no_agent_does_not_open_the_conversation(self):
        ticket = self.create_ticket()
        user = new_test_user(
            self.env, "desk", groups="helpdesk_mgmt.group_helpdesk_manager"
        )
        ticket = ticket.with_user(user)
        self.assertFalse(ticket.can_open_livechat)
        self.assertFalse(self.channel.with_user(user).has_access("read"))
        with self.assertRaises(AccessError):
            ticket.action_open_livechat()

    # Mail

    def test_no_automatic_mail_to_an_address_that_nobody_verified(self):
        self._say(self.channel, "marie@example.com")
        ticket = self.create_ticket()
        done = self.env.ref("helpdesk_mgmt.helpdesk_ticket_stage_done")
        self.assertFalse(ticket._track_template({"stage_id": done}))
        self.assertIn("stage_id", self._new_done_ticket()._track_template({"stage_id"}))

    def _new_done_ticket(self):
        done = self.env.ref("helpdesk_mgmt.helpdesk_ticket_stage_done")
        return self._new_ticket(
            "By mail", stage_id=done.id, partner_email="a@example.com"
        )
