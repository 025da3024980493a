"""Who may run what where, as a truth table, through the RPC."""

import json
import uuid

from odoo import fields
from odoo.tests import HttpCase, JsonRpcException, new_test_user, tagged
from odoo.tools import mute_logger

from .common import LivechatCommandCase

COMMANDS = {"help", "history", "note", "leave", "end", "tag", "status"}
ARGUMENTS = {"status": "waiting"}
METHODS = ("help", "history", "leave", "who")
PLACES = ("own", "other", "internal", "ended")
IN_LIVE_CHAT = COMMANDS
IN_INTERNAL = {"help", "leave"}
AFTER_THE_END = {"help", "history", "note", "tag"}
NOTHING = set()
EVERYWHERE = {
    "own": IN_LIVE_CHAT,
    "internal": IN_INTERNAL,
    "ended": AFTER_THE_END,
}

# "own" is a live chat that the role takes part in (as visitor or as agent), "other"
# one of somebody else, "internal" a channel that the role is a member of if it can be,
# and "ended" an own live chat that has ended, in which agents answered.
MAY_RUN = {
    "public": {},
    "guest": {},
    "portal": {},
    "colleague": {place: names - {"tag"} for place, names in EVERYWHERE.items()},
    "operator": EVERYWHERE,
    "outsider": {},
    "silent": {"own": IN_LIVE_CHAT, "internal": IN_INTERNAL},
    "manager": EVERYWHERE,
    "manager_outsider": {},
}
GROUPS = {
    "portal": "base.group_portal",
    "colleague": "base.group_user",
    "operator": "im_livechat.im_livechat_group_user",
    "outsider": "im_livechat.im_livechat_group_user",
    "silent": "im_livechat.im_livechat_group_user",
    "manager": "im_livechat.im_livechat_group_manager",
    "manager_outsider": "im_livechat.im_livechat_group_manager",
}
OUTSIDERS = ("outsider", "manager_outsider", "public")


@tagged("post_install", "-at_install")
class TestRights(LivechatCommandCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["im_livechat.conversation.tag"].create({"name": "text"})
        cls.other_operator = cls._new_operator("other_operator")
        cls.users = {
            role: new_test_user(cls.env, f"role_{role}", groups=groups)
            for role, groups in GROUPS.items()
        }

    def _new_place(self, role, place):
        """Return a new conversation of this kind for ``role``."""
        if place == "internal":
            return self._new_internal(role)
        channel = self._new_livechat(
            self.other_operator, **self._get_visitor_of(role, place)
        )
        user = self.users.get(role)
        if place != "other" and user and not user.share and role not in OUTSIDERS:
            channel._add_members(users=user, post_joined_message=False)
            self._take_part(channel, user, role)
        if place == "ended":
            channel.livechat_end_dt = fields.Datetime.now()
        return channel

    def _get_visitor_of(self, role, place):
        if role == "portal" and place != "other":
            return {"partner": self.users["portal"].partner_id}
        return {"guest": self.guest}

    def _take_part(self, channel, user, role):
        if role != "silent":
            channel.with_user(user).message_post(body="Hello", message_type="comment")

    def _new_internal(self, role):
        channel = self.env["discuss.channel"].create(
            {"name": role, "channel_type": "channel", "group_public_id": False}
        )
        user = self.users.get(role)
        if user and not user.share and role not in OUTSIDERS:
            channel._add_members(users=user, post_joined_message=False)
        return channel

    def _be(self, role):
        """Have the next requests come from ``role``."""
        user = self.users.get(role)
        self.authenticate(user and user.login, user and user.login)
        if role == "guest":
            self.opener.cookies[self.guest._cookie_name] = (
                self.guest._format_auth_cookie()
            )

    def _call(self, channel, method, *args, **kwargs):
        """Return the answer, or None where Odoo refuses the call itself."""
        try:
            return self.make_jsonrpc_request(
                f"/web/dataset/call_kw/discuss.channel/{method}",
                {
                    "model": "discuss.channel",
                    "method": method,
                    "args": [channel.ids, *args],
                    "kwargs": kwargs,
                },
            )
        except JsonRpcException:
            return None

    def _get_state(self, channel):
        """Return what a command could change."""
        channel.invalidate_recordset()
        return (
            channel.livechat_note,
            channel.livechat_end_dt,
            channel.livechat_status,
            channel.livechat_conversation_tag_ids.ids,
            set(channel.channel_member_ids.ids),
            set(channel.message_ids.ids),
            self.env["bus.bus"].search_count([("message", "like", "history_command")]),
        )

    def _for_each(self):
        for role, allowed in MAY_RUN.items():
            self._be(role)
            for place in PLACES:
                yield role, place, allowed.get(place, NOTHING)

    def _for_each_name(self, names):
        """Yield all combinations with a conversation that no command has touched."""
        for role, place, allowed in self._for_each():
            channel = self._new_place(role, place)
            for name in names:
                yield role, place, name, allowed, channel
                if allowed:
                    channel = self._new_place(role, place)

    @mute_logger("odoo.http")
    def test_run_command(self):
        cases = self._for_each_name(sorted(COMMANDS))
        for role, place, name, allowed, channel in cases:
            with self.subTest(role=role, place=place, command=name):
                before = self._get_state(channel)
                answer = self._call(
                    channel,
                    "run_command",
                    f"/{name} {ARGUMENTS.get(name, 'text')}",
                    uuid.uuid4().hex,
                )
                status = answer["status"] if answer else "refused"
                self.assertEqual(status, "done" if name in allowed else "refused")
                if status == "refused":
                    self.assertEqual(self._get_state(channel), before)

    @mute_logger("odoo.http")
    def test_odoo_methods(self):
        """What the list does not offer is refused to Odoo's own methods, too."""
        for role, place, name, allowed, channel in self._for_each_name(METHODS):
            with self.subTest(role=role, place=place, method=name):
                before = self._get_state(channel)
                self._call(channel, f"execute_command_{name}")
                may_run = name in allowed or (name == "who" and bool(allowed))
                has_run = self._has_run(channel, name, role, before)
                if has_run or role != "colleague":
                    # Odoo's own answers name the guest, whom colleagues may not read.
                    self.assertEqual(has_run, may_run)

    def _has_run(self, channel, name, role, before):
        """Tell whether Odoo's method changed anything, or answered the user."""
        if self._get_state(channel) != before:
            return True
        user = self.users.get(role)
        if not user or name not in ("help", "who"):
            return False
        target = f'"res.partner",{user.partner_id.id}]'
        rows = self.env["bus.bus"].search([("channel", "like", target)])
        sent = [json.loads(message) for message in rows.mapped("message")]
        return any(
            message["type"] == "discuss.channel/transient_message"
            and message["payload"]["channel_id"] == channel.id
            for message in sent
        )

    @mute_logger("odoo.http")
    def test_list_is_what_may_be_run(self):
        for role, place, allowed in self._for_each():
            if role not in self.users:
                continue
            with self.subTest(role=role, place=place):
                channel = self._new_place(role, place)
                offered = self.get_offered(self.users[role], channel)
                self.assertEqual(set(offered) & COMMANDS, allowed)

    @mute_logger("odoo.http")
    def test_definitions_and_runs_are_not_for_visitors(self):
        for role in ("public", "guest", "portal"):
            self._be(role)
            for model in ("discuss.command", "discuss.command.run"):
                with self.subTest(role=role, model=model):
                    with self.assertRaises(JsonRpcException):
                        self.make_jsonrpc_request(
                            f"/web/dataset/call_kw/{model}/search_read",
                            {
                                "model": model,
                                "method": "search_read",
                                "args": [[], ["id"]],
                                "kwargs": {},
                            },
                        )
            answer = self.make_jsonrpc_request(
                "/mail/data",
                {
                    "fetch_params": [
                        ["livechat_command", {"channel_id": self.channel.id}]
                    ]
                },
            )
            self.assertNotIn("livechat_command", str(answer))
