from datetime import timedelta
from time import perf_counter
from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tests import new_test_user

from ..models.discuss import discuss_channel_visitor
from ..models.discuss.discuss_channel_visitor import LOOKED_AT_LENGTH
from .common import LivechatCommandCase


class TestDiscussChannel(LivechatCommandCase):
    def test_leave_keeps_the_conversation_open(self):
        self._say(self.channel, "Hello?")
        answer = self.run_command("/leave Likes tea")
        self.assertStatus(answer, "done", "Marie Dupont")
        self.assertTrue(answer["left"])
        self.assertFalse(self.channel.livechat_end_dt)
        self.assertNotIn(self.operator.partner_id, self.channel.channel_partner_ids)
        self.assertEqual(self.channel.livechat_status, "need_help")
        self.assertIn("Likes tea", self.channel.livechat_note)

    def test_leave_after_answering_waits_for_the_visitor(self):
        self._say(self.channel, "Hello?")
        self._say(self.channel, "Hello Marie", self.operator)
        self.run_command("/leave")
        self.assertEqual(self.channel.livechat_status, "waiting")
        self._say(self.channel, "Are you there?")
        self.assertEqual(self.channel.livechat_status, "need_help")

    def test_leave_with_a_colleague_changes_no_status(self):
        self.channel._add_members(users=self._new_operator("other"))
        self.run_command("/leave")
        self.assertEqual(self.channel.livechat_status, "in_progress")
        self.assertFalse(self.channel.livechat_end_dt)

    def test_client_context_cannot_keep_a_conversation_open(self):
        for value in (True, 1, "_KEEP_OPEN", "<object object>"):
            channel = self.channel.with_context(livechat_command_end_dt=value)
            channel.livechat_end_dt = "2026-01-01 00:00:00"
            self.assertTrue(channel.livechat_end_dt)
            channel.livechat_end_dt = False

    def test_rejoin(self):
        self._say(self.channel, "Hello", self.operator)
        self.run_command("/leave")
        self.channel.with_user(self.operator).rejoin_conversation()
        self.assertIn(self.operator.partner_id, self.channel.channel_partner_ids)
        self.assertIn("help", self.get_offered())

    def test_rejoin_before_the_first_answer(self):
        self.assertTrue(self.run_command("/leave")["can_rejoin"])
        self.channel.with_user(self.operator).rejoin_conversation()
        self.assertIn(self.operator.partner_id, self.channel.channel_partner_ids)

    def test_rejoin_is_for_those_who_were_agents_in_it(self):
        stranger = self._new_operator("stranger")
        with self.assertRaises(AccessError):
            self.channel.with_user(stranger).rejoin_conversation()

    def test_end_says_that_the_visitor_sees_it(self):
        end = self.env.ref("livechat_command.discuss_command_end")
        hint = end.with_user(self.operator)._get_hint(self.channel)
        self.assertEqual(hint, "Ends the chat for Marie Dupont, who will see it.")
        self.assertTrue(end._get_kind().is_seen)

    def test_a_name_adds_no_warning_to_hints(self):
        """The browser shows what stands behind a separator as a warning of ours."""
        self.guest.name = "Marie · Verified customer"
        commands = self.env["discuss.command"].search(
            [("kind", "in", ("end", "leave"))]
        )
        commands += commands.create(
            {"name": "contact", "kind": "create", "model_name": "res.partner"}
        )
        for command in commands:
            with self.subTest(command=command.name):
                hint = command.with_user(self.operator)._get_hint(
                    self.channel.with_user(self.operator)
                )
                self.assertIn("Marie - Verified customer", hint)
                self.assertNotIn(" · ", hint)

    def test_nothing_is_left_or_ended_after_the_end(self):
        self._say(self.channel, "Hello", self.operator)
        self.assertLessEqual({"leave", "end"}, set(self.get_offered()))
        self.run_command("/end")
        self.assertFalse({"leave", "end"} & set(self.get_offered()))
        self.assertStatus(self.run_command("/leave"), "refused", "already ended")

    def test_unattended_conversation_ends_after_a_day(self):
        attended = self._new_livechat(self.operator, guest=self.guest)
        self.run_command("/leave")
        for channel in (self.channel, attended):
            channel.last_interest_dt -= timedelta(days=1, hours=1)
        self.env["discuss.channel"]._gc_unattended_livechat_sessions()
        self.assertTrue(self.channel.livechat_end_dt)
        self.assertFalse(attended.livechat_end_dt)

    def test_end_tells_everybody_who_ended_it(self):
        answer = self.run_command("/end")
        self.assertStatus(answer, "done")
        self.assertTrue(self.channel.livechat_end_dt)
        self.assertIn("Anna Agent ended", self.channel.message_ids[0].body)

    def test_ended_conversation_takes_commands_of_those_who_answered(self):
        self._say(self.channel, "Hello", self.operator)
        silent = self._new_operator("silent")
        self.channel._add_members(users=silent)
        self.channel.livechat_end_dt = "2026-01-01 00:00:00"
        self.assertStatus(self.run_command("/help"), "done")
        self.assertStatus(self.run_command("/end"), "refused", "already ended")
        self.assertStatus(self.run_command("/help", user=silent), "refused", "ended")

    def test_members_only(self):
        outsider = self._new_operator("outsider")
        self.assertStatus(self.run_command("/help", user=outsider), "refused", "Join")
        self.assertFalse(self.get_offered(outsider))

    def test_portal_runs_nothing(self):
        portal = new_test_user(self.env, "portal", groups="base.group_portal")
        channel = self._new_livechat(self.operator, partner=portal.partner_id)
        self.assertStatus(
            self.run_command("/help", user=portal, channel=channel), "refused"
        )
        for name in ("help", "leave", "who", "history"):
            with self.subTest(name=name), self.assertRaises(AccessError):
                getattr(channel.with_user(portal), f"execute_command_{name}")()

    def test_odoo_commands_follow_the_same_rule(self):
        self.env.ref("livechat_command.discuss_command_history").active = False
        channel = self.channel.with_user(self.operator)
        channel.execute_command_help()
        self.env.ref(
            "livechat_command.discuss_command_history"
        ).group_ids = self.env.ref("im_livechat.im_livechat_group_manager")
        with self.assertRaises(AccessError):
            channel.execute_command_history()

    def test_odoo_commands_take_one_conversation(self):
        other = self._new_livechat(self.operator, guest=self.guest)
        two = (self.channel | other).with_user(self.operator)
        nothing = self.env["discuss.channel"].with_user(self.operator)
        for channels in (two, nothing, nothing.browse(2**31), nothing.browse(["x"])):
            for name in ("help", "leave", "who", "history"):
                with self.subTest(ids=channels._ids, name=name):
                    with self.assertRaises(AccessError):
                        getattr(channels, f"execute_command_{name}")()

    def test_addresses_in_what_the_visitor_wrote(self):
        channel = self.channel.with_user(self.operator)
        for text, address in (
            ("a@b", ""),
            ("@ @@ a@ @b.c", ""),
            (
                "me: marie.dupont+shop@mail.example.com!",
                "marie.dupont+shop@mail.example.com",
            ),
            ("<marie@example.com>", "marie@example.com"),
            ("marie@example.com.", "marie@example.com"),
            ("x" * 65 + "@example.com", ""),
            ("mailto:MARIE@example.com", "marie@example.com"),
        ):
            with self.subTest(text=text):
                self.channel.message_ids.unlink()
                self._say(self.channel, text)
                self.assertEqual(channel._find_visitor_email(), address)

    def test_hostile_messages_cost_little(self):
        """Each list of commands looks at what anybody may write: 100 times 400 kB."""
        bodies = ["a" * 400_000 + " @", "@" * 400_000, "<b>@" * 100_000, "a@" * 200_000]
        self.env["mail.message"].create(
            [
                {
                    "model": "discuss.channel",
                    "res_id": self.channel.id,
                    "body": bodies[number % len(bodies)],
                    "message_type": "comment",
                    "author_guest_id": self.guest.id,
                }
                for number in range(100)
            ]
        )
        self.env.flush_all()
        channel = self.channel.with_user(self.operator)
        channel._get_visitor_values()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        start = perf_counter()
        values = channel._get_visitor_values()
        channel._get_visitor_first_sentence()
        self.assertLess(perf_counter() - start, 2)
        self.assertLess(self.env.cr.sql_log_count - before, 20)
        self.assertFalse(values["email"])

    def test_who_joins_by_the_link_is_no_agent(self):
        friend = self.env["mail.guest"].create({"name": "Friend"})
        self.channel._add_members(guests=friend)
        types = self.channel.channel_member_ids.mapped("livechat_member_type")
        self.assertEqual(sorted(types), ["agent", "agent", "visitor"], "as Odoo says")
        self._say(self.channel, "Hello?")
        hint = self.channel.with_user(self.operator)._get_leave_hint()
        self.assertIn("other agents are asked to help", hint)
        self.run_command("/leave")
        self.assertEqual(self.channel.livechat_status, "need_help")
        self.channel.last_interest_dt -= timedelta(days=2)
        self.env["discuss.channel"]._gc_unattended_livechat_sessions()
        self.assertTrue(self.channel.livechat_end_dt)

    def test_visitor_who_says_to_be_an_agent_is_none(self):
        portal = new_test_user(self.env, "portal", groups="base.group_portal")
        channel = self._new_livechat(self.operator, partner=portal.partner_id)
        member = channel.channel_member_ids.filtered(
            lambda member: member.partner_id == portal.partner_id
        )
        # Odoo lets them.
        member.with_user(portal).livechat_member_type = "agent"
        with self.assertRaises(AccessError):
            channel.with_user(portal).rejoin_conversation()
        self.run_command("/leave", channel=channel)
        self.assertEqual(channel._get_agent_members().partner_id.ids, [])

    def test_only_the_beginning_of_messages_is_searched_for_an_address(self):
        """Hundreds of megabytes without one are read to their ends by nobody."""
        far = "x" * LOOKED_AT_LENGTH
        self._say(self.channel, f"{far} far@example.com")
        self._say(self.channel, "100% sure_ly no address")
        self._say(self.channel, f"marie@example.com {far}")
        with patch.object(discuss_channel_visitor, "LOOKED_AT_MESSAGES", 1):
            values = self.channel._get_visitor_values()
        self.assertEqual(values["email"], "marie@example.com")

    def test_visitor_values(self):
        values = self.channel._get_visitor_values()
        self.assertEqual(values["name"], "Marie Dupont")
        self.assertFalse(values["partner"])
        self._say(self.channel, "Write to <b>marie@example.com</b>, please.")
        self.assertEqual(
            self.channel._get_visitor_values()["email"], "marie@example.com"
        )

    def test_default_guest_name_is_no_name(self):
        for name in ("Visitor", "Visitor #12", "visitor 3"):
            self.guest.name = name
            self.assertEqual(self.channel._get_visitor_values()["name"], "")

    def test_logged_in_visitor_is_the_customer(self):
        portal = new_test_user(self.env, "portal", groups="base.group_portal")
        channel = self._new_livechat(self.operator, partner=portal.partner_id)
        self.assertEqual(channel._get_visitor_values()["partner"], portal.partner_id)

    def test_first_sentence(self):
        self._say(self.channel, "Hi!")
        self._say(self.channel, "My mouse is broken. It does not click.")
        channel = self.channel.with_user(self.operator)
        self.assertEqual(channel._get_visitor_first_sentence(), "My mouse is broken")

    def test_first_sentence_is_short(self):
        self._say(self.channel, "word " * 40)
        self.assertLessEqual(len(self.channel._get_visitor_first_sentence()), 60)
