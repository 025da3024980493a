import json
import re

from odoo.tests import HttpCase, JsonRpcException, new_test_user, tagged
from odoo.tools import mute_logger

from .common import LivechatCommandCase

SLIPS = (
    "/helpdsk my note",
    "/help",
    "  /help",
    "/help\nsecond line",
    "/",
    ":help me",
    ":sorr",
    "7note Likes tea",
    "／help",
    "：help",
    "./help",
    "(/hlep)",
    "\u00ad\u3164\ufe0f/help",
    "§note Likes tea",
)
SHORTCUT_SLIPS = (
    ":return label",
    "::return label",
    ":Return Label, please",
    "\u200b:return label",
    ";return label",
    "；return label",
    "§ret",
)
BAD_BODIES = ("\ud800", "Hello \udfff", ["Hello"], {"a": 1}, 7, True)


@tagged("post_install", "-at_install")
class TestControllers(LivechatCommandCase, HttpCase):
    def setUp(self):
        super().setUp()
        self.operator.password = "operator"
        self.authenticate("operator", "operator")

    def _post(self, body, channel=None, **kwargs):
        channel = channel or self.channel
        return self.make_jsonrpc_request(
            "/mail/message/post",
            {
                "thread_model": "discuss.channel",
                "thread_id": channel.id,
                "post_data": {"body": body, "subtype_xmlid": "mail.mt_comment"},
                **kwargs,
            },
        )

    def _assert_held(self, body, **kwargs):
        before = self.channel.message_ids
        with (
            mute_logger("odoo.http"),
            self.assertRaisesRegex(JsonRpcException, "UserError"),
        ):
            self._post(body, **kwargs)
        self.assertEqual(self.channel.message_ids, before)

    def test_slips_are_held(self):
        for body in SLIPS:
            with self.subTest(body=body):
                self._assert_held(body.replace("\n", "<br>"))

    def test_shortcuts_that_the_agent_may_use_are_held(self):
        Response = self.env["mail.canned.response"].with_user(self.operator)
        Response.create({"source": "Return Label", "substitution": "Here it is."})
        for body in SHORTCUT_SLIPS:
            with self.subTest(body=body):
                self._assert_held(body)
        for body in (":p", ":re", "return label", "Well, :return label"):
            self._post(body)
        self._post(":return label", send_as_typed=True)

    def test_shortcuts_of_others_mean_nothing(self):
        self.env["mail.canned.response"].create(
            {"source": "Return Label", "substitution": "Here it is."}
        )
        self._post(":return label")
        self.assertIn(":return label", self.channel.message_ids[0].body)

    def test_refusal_is_told_apart_by_the_composer(self):
        params = {
            "thread_model": "discuss.channel",
            "thread_id": self.channel.id,
            "post_data": {"body": "/help"},
        }
        with mute_logger("odoo.http"):
            response = self.url_open("/mail/message/post", json={"params": params})
        error = response.json()["error"]["data"]
        self.assertEqual(error["context"], {"livechat_command": "held"})

    def test_archived_live_chat_is_guarded(self):
        self.channel.active = False
        self._assert_held("/helpdsk x")

    def test_bad_types_are_refused_in_a_sentence(self):
        for body in BAD_BODIES:
            with self.subTest(body=body):
                self._assert_held(body)
        for params in (
            {"post_data": "Hello"},
            {"post_data": None},
            {"post_data": ["body"]},
            {"thread_id": "seven"},
            {"thread_id": None},
            {"thread_id": [1]},
        ):
            with self.subTest(params=params):
                self._assert_held("Hello", **params)
        self._assert_edit_held("seven", "Hello")
        self._assert_edit_held(None, "Hello")
        message_id = self._post("Hello")["message_id"]
        for body in BAD_BODIES:
            with self.subTest(edit=body):
                self._assert_edit_held(message_id, body)

    def _assert_edit_held(self, message_id, body):
        with (
            mute_logger("odoo.http"),
            self.assertRaisesRegex(JsonRpcException, "UserError"),
        ):
            self._edit(message_id, body)

    def _edit(self, message_id, body, **kwargs):
        return self.make_jsonrpc_request(
            "/mail/message/update_content",
            {"message_id": message_id, "update_data": {"body": body}, **kwargs},
        )

    def test_markup_does_not_hide_a_slip(self):
        for body in (
            "<p>/helpdsk x</p>",
            "<div><br>/helpdsk x</div>",
            "<b>/</b>helpdsk",
            "\u200b/help",
            "<style>x</style>/help",
            "</div>/help",
            "<!-- x -->/help",
            "\x00/help",
            "&#8203;&shy;/help",
        ):
            with self.subTest(body=body):
                self._assert_held(body)

    def test_send_as_typed(self):
        self._post("/helpdsk my note", send_as_typed=True)
        self.assertIn("/helpdsk my note", self.channel.message_ids[0].body)

    def test_text_is_sent(self):
        for body in ("//help", "Use /help", "10:30", ":)", "Ok :D", "- no", "7 days"):
            with self.subTest(body=body):
                self._post(body)
                self.assertIn(body, self.channel.message_ids[0].body)

    def test_edited_message_is_held(self):
        message_id = self._post("Hello")["message_id"]
        params = {"message_id": message_id, "update_data": {"body": "/helpdsk x"}}
        route = "/mail/message/update_content"
        with mute_logger("odoo.http"), self.assertRaises(JsonRpcException):
            self.make_jsonrpc_request(route, params)
        self.assertIn("Hello", self.env["mail.message"].browse(message_id).body)
        self.make_jsonrpc_request(route, {**params, "send_as_typed": True})
        self.assertIn("/helpdsk", self.env["mail.message"].browse(message_id).body)

    def test_conversations_without_visitors_are_as_in_odoo(self):
        channel = (
            self.env["discuss.channel"]
            .with_user(self.operator)
            ._create_channel(name="Team", group_id=None)
        )
        self._post("/helpdsk x", channel=channel)
        self.assertIn("/helpdsk", channel.message_ids[0].body)

    def test_visitors_are_not_held(self):
        portal = new_test_user(
            self.env, "portal", password="portal_pass", groups="base.group_portal"
        )
        channel = self._new_livechat(self.operator, partner=portal.partner_id)
        self.authenticate("portal", "portal_pass")
        self._post("/help", channel=channel)
        self.assertIn("/help", channel.message_ids[0].body)

    def test_ended_conversation_takes_no_message_of_an_agent(self):
        self.channel.livechat_end_dt = "2026-01-01 00:00:00"
        with (
            mute_logger("odoo.http"),
            self.assertRaisesRegex(JsonRpcException, "UserError"),
        ):
            self._post("Are you still there?")

    def test_message_of_an_ended_conversation_is_edited_and_deleted(self):
        message_id = self._post("My password is 1234")["message_id"]
        message = self.env["mail.message"].browse(message_id)
        self.channel.livechat_end_dt = "2026-01-01 00:00:00"
        self._assert_edit_held(message_id, "/helpdsk x")
        self._edit(message_id, "I wrote too much")
        self.assertIn("I wrote too much", message.body)
        self._edit(message_id, "")
        self.assertNotIn("I wrote", message.body)

    def test_browser_data(self):
        self._say(self.channel, "My mouse is broken.")
        bare = {"name": "bare", "kind": "search", "model_name": "res.partner"}
        self.env["discuss.command"].create(bare)
        data = self.make_jsonrpc_request(
            "/mail/data",
            {"fetch_params": [["livechat_command", {"channel_id": self.channel.id}]]},
        )
        offered = {command["name"]: command for command in data["discuss.command"]}
        self.assertEqual(offered["note"]["argument_hint"], "text")
        # What nobody filled in is a text, too: the list looks for words in it.
        self.assertEqual(
            (offered["bare"]["help"], offered["bare"]["argument_hint"]), ("", "")
        )
        [channel] = (c for c in data["discuss.channel"] if c["id"] == self.channel.id)
        self.assertEqual(
            sorted(channel["livechat_commands"]),
            sorted(command["id"] for command in offered.values()),
        )
        self.assertEqual(channel["livechat_command_title"], "My mouse is broken")
        self.assertFalse(channel["is_command_only"])
        self.assertIn("note", data["Store"]["livechat_command"]["names"])
        self.assertTrue(data["Store"]["livechat_command"]["is_single_colon"])

    def test_browser_data_follows_the_settings(self):
        self.env["res.config.settings"].create(
            {"livechat_command_single_colon": False}
        ).set_values()
        data = self.make_jsonrpc_request(
            "/mail/data", {"fetch_params": [["livechat_command", {}]]}
        )
        self.assertFalse(data["Store"]["livechat_command"]["is_single_colon"])

    def test_browser_data_of_what_is_no_conversation(self):
        for channel_id in (
            [self.channel.id],
            {"a": 1},
            "1",
            True,
            1.5,
            2**40,
            -1,
            None,
        ):
            for params in ({"channel_id": channel_id}, [channel_id], channel_id):
                with self.subTest(params=params):
                    data = self.make_jsonrpc_request(
                        "/mail/data", {"fetch_params": [["livechat_command", params]]}
                    )
                    self.assertIn("names", data["Store"]["livechat_command"])
                    name = "livechat_command/canned_responses"
                    self.make_jsonrpc_request(
                        "/mail/data", {"fetch_params": [[name, params, 1]]}
                    )

    def _get_token_data(self, params):
        data = self.make_jsonrpc_request(
            "/mail/data", {"fetch_params": [["livechat_command/tokens", params, 7]]}
        )
        [response] = data.get("DataResponse", [{}])
        return {name: response.get(name) for name in ("#", "@", "choices")}

    def test_browser_data_of_what_a_command_completes(self):
        status = self.env.ref("livechat_command.discuss_command_status")
        params = {"channel_id": self.channel.id, "command_id": status.id}
        choices = self._get_token_data(params)["choices"]
        self.assertIn("waiting", [choice["key"] for choice in choices])
        for wrong in (
            {},
            {**params, "channel_id": "1"},
            {**params, "command_id": {}},
            {**params, "command_id": 2**40},
        ):
            with self.subTest(wrong):
                self.assertFalse(any(self._get_token_data(wrong).values()))
        right = {**params, "sign": {"a": 1}, "term": ["x"]}
        self.assertEqual(self._get_token_data(right)["choices"], choices)
        portal = new_test_user(self.env, "portal_tokens", groups="base.group_portal")
        stranger = new_test_user(self.env, "stranger_x", groups="base.group_user")
        for user in (portal, stranger):
            self.authenticate(user.login, user.login)
            self.assertFalse(any(self._get_token_data(params).values()))

    def test_browser_data_of_a_stranger(self):
        new_test_user(
            self.env, "stranger", password="stranger_pass", groups="base.group_user"
        )
        self.authenticate("stranger", "stranger_pass")
        data = self.make_jsonrpc_request(
            "/mail/data",
            {"fetch_params": [["livechat_command", {"channel_id": self.channel.id}]]},
        )
        self.assertNotIn("discuss.channel", data)

    def test_visitor_reports_pages(self):
        """The visitor's browser answers as the public user."""
        self.authenticate(None, None)
        pages = [
            "/shop?a=1",
            "//evil.example",
            "/\t/evil.example",
            "/\n/evil.example",
            "javascript:alert(1)",
            "/" + "x" * 300,
            7,
        ]
        self.make_jsonrpc_request(
            "/im_livechat/history",
            {
                "pid": self.operator.partner_id.id,
                "channel_id": self.channel.id,
                "page_history": pages + ["/more"] * 20,
            },
            cookies={self.guest._cookie_name: self.guest._format_auth_cookie()},
        )
        message = self.env["bus.bus"].search(
            [("message", "like", "livechat_command/history")], order="id desc", limit=1
        )
        payload = json.loads(message.message)["payload"]
        self.assertIn(f'"res.partner",{self.operator.partner_id.id}', message.channel)
        self.assertEqual(payload["channel_id"], self.channel.id)
        self.assertEqual(payload["body"].count("<li>"), 15)
        self.assertIn('href="/shop?a=1"', payload["body"])
        hrefs = re.findall(r'href="(.)(.)', payload["body"])
        self.assertTrue(hrefs)
        for start in hrefs:
            self.assertEqual(start[0], "/")
            self.assertRegex(start[1], r"\w")
