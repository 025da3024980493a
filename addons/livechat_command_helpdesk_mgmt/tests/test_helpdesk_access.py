import uuid

from odoo.tests import Form, HttpCase, JsonRpcException, new_test_user, tagged

from .common import HelpdeskCommandCase

AGENT = "im_livechat.im_livechat_group_user"


@tagged("post_install", "-at_install")
class TestHelpdeskAccess(HelpdeskCommandCase, HttpCase):
    """Role by conversation by command, through the RPC."""

    # level in Helpdesk, in the conversation: what /helpdesk and /helpdesk_search answer
    AGENTS = [
        ("none", True, "refused", "done"),
        ("personal", True, "done", "done"),
        ("team", True, "done", "done"),
        ("all", True, "done", "done"),
        ("all", False, "refused", "refused"),
    ]

    def _rpc(self, line):
        """Run ``line`` in the conversation and return the status, or "error"."""
        try:
            answer = self.make_jsonrpc_request(
                "/web/dataset/call_kw/discuss.channel/run_command",
                {
                    "model": "discuss.channel",
                    "method": "run_command",
                    "args": [[self.channel.id], line, uuid.uuid4().hex],
                    "kwargs": {},
                },
            )
        except JsonRpcException:
            return "error"
        return answer["status"]

    def _count(self):
        return self.env["helpdesk.ticket"].search_count([])

    def _check(self, login, create, search):
        self.authenticate(login, login and login)
        count = self._count()
        self.assertEqual(self._rpc("/helpdesk Broken mouse"), create)
        self.assertEqual(self._count(), count + (create == "done"))
        self.assertEqual(self._rpc("/helpdesk_search mouse"), search)

    def test_agents(self):
        for level, is_member, create, search in self.AGENTS:
            login = f"agent_{level}_{is_member}".lower()
            with self.subTest(login=login):
                user = self._new_operator(login)
                self._set_level(user, level)
                if is_member:
                    self.channel._add_members(users=user, post_joined_message=False)
                self._check(login, create, search)

    def test_member_who_is_no_agent_follows_the_same_rule(self):
        """Commands ask for membership and Helpdesk rights, as the invited have them."""
        user = new_test_user(self.env, "invited", "helpdesk_mgmt.group_helpdesk_user")
        self.channel._add_members(users=user, post_joined_message=False)
        self._check("invited", "done", "done")

    def test_portal_and_public(self):
        portal = new_test_user(self.env, "portal_user", groups="base.group_portal")
        self.channel._add_members(users=portal, post_joined_message=False)
        self._check("portal_user", "refused", "refused")
        self._check(None, "error", "error")

    def test_refusals_say_why(self):
        self._set_level(self.operator, "none")
        answer = self.run_command("/helpdesk Broken mouse")
        self.assertStatus(answer, "refused", "“Helpdesk Ticket” records. Ask")
        self.team.active = False
        self._set_level(self.operator, "all")
        answer = self.run_command("/helpdesk Broken mouse")
        self.assertStatus(answer, "refused", "Live Chat in the form of a team")

    def test_after_the_end_for_those_who_answered(self):
        self._say(self.channel, "I answer", self.operator)
        self.channel.livechat_end_dt = "2026-01-05 10:00:00"
        self.assertStatus(self.run_command("/helpdesk Broken mouse"), "done")
        other = self._new_operator("other_agent")
        self._set_level(other, "all")
        answer = self.run_command("/helpdesk Broken mouse", user=other)
        self.assertStatus(answer, "refused")

    def test_managers_without_live_chat_open_and_duplicate_teams(self):
        manager = new_test_user(
            self.env, "manager", groups="helpdesk_mgmt.group_helpdesk_manager"
        )
        self.team.livechat_channel_ids = self.livechat_channel
        self.env.flush_all()
        self.env.invalidate_all()
        team = self.team.with_user(manager)
        with Form(team) as form:
            form.name = "Second level"
        copy = team.copy()
        self.assertEqual(team.name, "Second level")
        for each in (self.team, copy.with_env(self.env)):
            self.assertEqual(each.livechat_channel_ids, self.livechat_channel)

    # Hint and panel

    def _get_hint(self, channel=None):
        command = self.env.ref(
            "livechat_command_helpdesk_mgmt.discuss_command_helpdesk"
        )
        channel = (channel or self.channel).with_user(self.operator)
        return command.with_user(self.operator)._get_hint(channel)

    def test_hint_says_for_whom_and_what_is_there(self):
        self.assertEqual(self._get_hint(), "Ticket for Marie Dupont")
        ticket = self.create_ticket()
        self.assertIn(f"Already {ticket.number}, Anna Agent, ", self._get_hint())

    def test_hint_names_nobody_who_was_deleted(self):
        colleague = self._new_operator("leaver")
        self._set_level(colleague, "all")
        self.channel._add_members(users=colleague)
        ticket = self.create_ticket(user=colleague)
        self.env.cr.flush()
        colleague.unlink()
        self.env.invalidate_all()
        self.assertIn(f"Already {ticket.number}, Unknown, ", self._get_hint())

    def test_hint_takes_no_warning_from_a_name(self):
        self.guest.name = "Marie · Verified customer"
        self.assertEqual(self._get_hint(), "Ticket for Marie - Verified customer")

    def test_hint_warns_of_tickets_with_the_typed_address(self):
        self._say(self.channel, "I am Marie@example.com")
        numbers = [
            self._new_ticket("Open", partner_email=email).number
            for email in ("marie@example.com", '"Marie" <MARIE@example.com>')
        ]
        self._new_ticket("Of another", partner_email="annemarie@example.com")
        hint = f"Same e-mail, not verified: {numbers[1]}, {numbers[0]}"
        self.assertTrue(self._get_hint().endswith(hint), self._get_hint())
        self._set_level(self.operator, "personal")
        self.assertNotIn("Same e-mail", self._get_hint())

    def test_hint_says_that_the_customer_reads_the_title(self):
        customer = self.env["res.partner"].create({"name": "Zoé"})
        channel = self._new_livechat(self.operator, partner=customer)
        self.assertIn("who can read its title", self._get_hint(channel))

    def test_panel_lists_what_its_reader_may_read(self):
        customer = self.env["res.partner"].create({"name": "Zoé"})
        channel = self._new_livechat(self.operator, partner=customer)
        done = self.env.ref("helpdesk_mgmt.helpdesk_ticket_stage_done")
        self._new_ticket("Closed", partner_id=customer.id, stage_id=done.id)
        open_ticket = self._new_ticket("Open", partner_id=customer.id)
        own = self.create_ticket("Own", channel=channel)
        # Who made a ticket follows it, and followers may read it.
        own.message_unsubscribe(self.operator.partner_id.ids)
        for level, expected in (("all", [own.id, open_ticket.id]), ("none", [])):
            self._set_level(self.operator, level)
            self.authenticate("operator", "operator")
            data = self.make_jsonrpc_request(
                "/mail/data",
                {
                    "fetch_params": [
                        ["/im_livechat/session/data", {"channel_id": channel.id}]
                    ]
                },
            )
            [values] = [c for c in data["discuss.channel"] if c["id"] == channel.id]
            found = values["helpdesk_ticket_ids"] + values["customer_ticket_ids"]
            self.assertEqual(found, expected, level)

    def test_stage_of_another_company_breaks_nothing(self):
        """Who may read a ticket may read the name of its stage on it."""
        other = self.env["res.company"].create({"name": "Other"})
        stage = self.env["helpdesk.ticket.stage"].create(
            {"name": "Elsewhere", "company_id": other.id}
        )
        ticket = self.create_ticket("Own")
        ticket.stage_id = stage
        self.env.flush_all()
        self.env.invalidate_all()
        channel = self.channel.with_user(self.operator)
        rows = channel.env["discuss.command"]._get_alike_data(
            channel.id,
            self.env.ref("livechat_command_helpdesk_mgmt.discuss_command_helpdesk").id,
            "Own mouse",
        )["rows"]
        self.assertIn("Elsewhere", rows[0]["help"])
        self.env.invalidate_all()
        self.assertIn("Elsewhere", self.run_command("/helpdesk_search Own")["body"])
        self.env.invalidate_all()
        answer = self.run_command(f"/helpdesk {ticket.number} again")
        self.assertStatus(answer, "done")
        self.env.invalidate_all()
        self.authenticate("operator", "operator")
        params = ["/im_livechat/session/data", {"channel_id": channel.id}]
        data = self.make_jsonrpc_request("/mail/data", {"fetch_params": [params]})
        [values] = data["helpdesk.ticket"]
        self.assertEqual(values["stage"], "Elsewhere")
