import json

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import new_test_user
from odoo.tests.common import users

from odoo.addons.mail.tests.common import MailCase

from .common import LivechatCommandCase


class CannedResponseCase(LivechatCommandCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("fr_FR")
        cls.env["res.lang"]._activate_lang("fr_BE")
        cls.french = cls.env["res.lang"].search([("code", "=", "fr_FR")])
        cls.english = cls.env["res.lang"].search([("code", "=", "en_US")])
        cls.agents = cls.env.ref("im_livechat.im_livechat_group_user")
        cls.env["mail.canned.response"].search([]).active = False
        cls.Response = cls.env["mail.canned.response"].with_user(cls.operator)

    @classmethod
    def _new_response(cls, source, substitution="Text", user=None, **values):
        return (
            cls.Response.with_user(user or cls.operator)
            .create({"source": source, "substitution": substitution, **values})
            .with_env(cls.env(user=user or cls.operator))
        )

    def _get_rows(self, term="", channel=None, user=None):
        channel = self.channel if channel is None else channel
        return self.Response.with_user(user or self.operator)._get_picker_data(
            channel.id, term
        )["rows"]

    def _get_sources(self, term="", **kwargs):
        return [row["source"] for row in self._get_rows(term, **kwargs)]


class TestCannedResponse(CannedResponseCase, MailCase):
    # ------------------------------------------------------------
    # CONTENT
    # ------------------------------------------------------------

    def test_unknown_placeholder_is_refused_when_saved(self):
        with self.assertRaises(ValidationError) as caught:
            self._new_response("hello", "Hello {{visitor.nme}}")
        self.assertIn("{{visitor.nme}} is not a placeholder", str(caught.exception))
        response = self._new_response("hello", "Hello {{visitor.name|you}} {{?order}}")
        with self.assertRaises(ValidationError):
            response.substitution = "{{object.env}}"
        with self.assertRaises(ValidationError):
            response.text_ids = [
                (0, 0, {"lang_id": self.french.id, "substitution": "{{visiteur}}"})
            ]

    def test_values_of_a_guest(self):
        self.guest.write({"email": "marie@example.com"})
        self.channel.write(
            {
                "livechat_lang_id": self.french.id,
                "country_id": self.env.ref("base.be").id,
            }
        )
        self.operator.livechat_username = "Anna of Support"
        self.env.company.website = "https://www.example.com"
        values = self._get_values()
        self.assertEqual(values["visitor.name"], "Marie Dupont")
        self.assertEqual(values["visitor.first_name"], "Marie")
        self.assertEqual(values["visitor.email"], "marie@example.com")
        self.assertEqual(values["visitor.language"], "Français")
        self.assertIn("Belg", values["visitor.country"])
        self.assertEqual(values["operator.name"], "Anna of Support")
        self.assertEqual(values["operator.first_name"], "Anna")
        self.assertEqual(values["company"], self.env.company.name)
        self.assertEqual(values["website"], "https://www.example.com")
        self.assertEqual(values["channel"], "Support")
        self.assertTrue(values["date"])

    def _get_values(self, channel=None, user=None):
        channel = self.channel if channel is None else channel
        user = user or self.operator
        return (
            self.env["mail.canned.response.placeholder"]
            .with_user(user)
            ._get_values(channel.with_user(user))
        )

    def test_default_guest_names_are_no_value(self):
        for name in ("Visitor", "Visitor #12", "Visiteur", "Visiteur n° 3", "Guest"):
            with self.subTest(name):
                self.guest.name = name
                self.assertEqual(self._get_values()["visitor.name"], "")
        for name in ("Visitor Jones", "Guesty", "Marie #12"):
            with self.subTest(name):
                self.guest.name = name
                self.assertTrue(self._get_values()["visitor.name"])

    def test_first_name(self):
        for name, first_name in [
            ("Marie", "Marie"),
            ("Dupont, Marie", "Marie"),
            ("marie@example.com", ""),
            ("/end Marie", "end"),
        ]:
            with self.subTest(name):
                self.guest.name = name
                self.assertEqual(self._get_values()["visitor.first_name"], first_name)

    def test_values_of_a_contact(self):
        portal = new_test_user(
            self.env, "visitor", groups="base.group_portal", name="Paul Portal"
        )
        channel = self._new_livechat(self.operator, partner=portal.partner_id)
        self.assertEqual(self._get_values(channel)["visitor.name"], "Paul Portal")

    def test_values_outside_of_live_chats(self):
        channel = self.env["discuss.channel"].with_user(self.operator)
        channel = channel._create_channel(name="Internal", group_id=None)
        for empty_or_internal in (channel, channel.browse()):
            values = self._get_values(empty_or_internal)
            self.assertEqual(values["visitor.name"], "")
            self.assertEqual(values["visitor.country"], "")
            self.assertEqual(values["operator.name"], "Anna Agent")

    def test_a_value_brings_in_nothing_else(self):
        self.guest.name = "/end {{operator.name}} ⟦x⟧ @everyone <b>"
        response = self._new_response("hello", "{{visitor.name}}")
        text = response._render_for(self.channel.with_user(self.operator))["text"]
        self.assertEqual(text, "end operator.name x everyone <b>")

    def test_language_of_the_visitor_is_chosen(self):
        self._new_response(
            "hello",
            "Hello",
            lang_id=self.english.id,
            text_ids=[(0, 0, {"lang_id": self.french.id, "substitution": "Bonjour"})],
        )
        texts = [(self.english.id, "Hello"), (self.french.id, "Bonjour")]
        for code, text, lang in [
            ("en_US", "Hello", False),
            ("fr_FR", "Bonjour", False),
            ("fr_BE", "Bonjour", False),
            ("de_DE", "Hello", "US"),
            ("", "Hello", False),
        ]:
            with self.subTest(code):
                chosen = self.Response._choose_text(code, texts)
                self.assertEqual(chosen["text"], text)
                self.assertIn(lang or "", chosen["lang"] or "")
                self.assertEqual(bool(lang), bool(chosen["lang"]))
        self.channel.livechat_lang_id = self.french
        self.assertEqual(self._get_rows("hello")[0]["text"], "Bonjour")

    def test_render_for_a_record(self):
        response = self._new_response("hello", "Hello {{visitor.name}}, {{?order}}")
        rendered = response._render_for(self.channel.with_user(self.operator))
        self.assertEqual(
            rendered,
            {
                "id": response.id,
                "source": "hello",
                "text": "Hello Marie Dupont, ⟦order⟧",
                "files": [],
            },
        )

    def test_attachments_come_as_copies(self):
        file = (
            self.env["ir.attachment"]
            .with_user(self.operator)
            .create({"name": "a.txt", "raw": b"a", "res_model": "mail.canned.response"})
        )
        response = self._new_response(
            "price",
            "Prices",
            attachment_ids=[(4, file.id)],
            group_ids=[(4, self.agents.id)],
        )
        self.assertEqual(file.res_id, response.id)
        colleague = self._new_operator("colleague")
        data = response.with_user(colleague).prepare_attachments()
        copied = self.env["ir.attachment"].browse(data["attachment_ids"])
        self.assertNotEqual(copied, file)
        self.assertEqual(copied.raw, b"a")
        self.assertEqual(
            (copied.res_model, copied.res_id, copied.create_uid),
            ("mail.compose.message", 0, colleague),
        )
        self.assertTrue(data["store_data"]["ir.attachment"][0]["ownership_token"])

    def test_a_file_that_a_colleague_may_not_read_is_not_left_out(self):
        """Without it the message would promise a file that the visitor never gets."""
        notes = self.env["discuss.channel"].with_user(self.operator)
        notes = notes.create({"name": "Notes", "channel_type": "group"})
        file = notes.env["ir.attachment"].create(
            {"name": "a.txt", "raw": b"a", "res_model": notes._name, "res_id": notes.id}
        )
        response = self._new_response(
            "price", attachment_ids=[(4, file.id)], group_ids=[(4, self.agents.id)]
        )
        colleague = self._new_operator("colleague")
        theirs = response.with_user(colleague)
        rendered = theirs._render_for(self.channel.with_user(colleague))
        self.assertEqual(rendered["files"], ["a.txt"])
        with self.assertRaises(AccessError):
            theirs.prepare_attachments()
        with self.assertRaises(AccessError):
            theirs.copy()
        self.assertTrue(response.prepare_attachments()["attachment_ids"])

    def test_files_of_others_cannot_be_shared(self):
        file = self.env["ir.attachment"].create({"name": "secret", "raw": b"s"})
        with self.assertRaises(AccessError):
            self._new_response("steal", attachment_ids=[(4, file.id)])

    def test_copy(self):
        file = (
            self.env["ir.attachment"]
            .with_user(self.operator)
            .create({"name": "a", "raw": b"a", "res_model": "mail.canned.response"})
        )
        response = self._new_response(
            "hello",
            text_ids=[(0, 0, {"lang_id": self.french.id, "substitution": "Bonjour"})],
            attachment_ids=[(4, file.id)],
        )
        copy = response.copy()
        self.assertEqual(copy.source, "hello (copy)")
        self.assertEqual(copy.text_ids.substitution, "Bonjour")
        self.assertEqual(copy.attachment_ids.res_id, copy.id)
        self.assertEqual(file.res_id, response.id)

    def test_copy_by_who_has_no_rights_on_live_chats(self):
        user = new_test_user(self.env, "internal", groups="base.group_user")
        channel = self.env["im_livechat.channel"].create({"name": "Shop"})
        response = (
            self.env["mail.canned.response"]
            .with_user(user)
            .create({"source": "tea", "substitution": "Tea"})
        )
        response.sudo().livechat_channel_ids = channel
        self.env.flush_all()
        self.env.invalidate_all()
        copy = response.copy()
        self.assertEqual(copy.sudo().livechat_channel_ids, channel)

    # ------------------------------------------------------------
    # SHORTCUTS
    # ------------------------------------------------------------

    def test_shortcut_is_unique_for_each_owner(self):
        hello = self._new_response("hello")
        for source in ("hello", "HELLO", "Héllo", " hello "):
            with self.subTest(source), self.assertRaises(ValidationError):
                self._new_response(source)
        hello.active = False
        with self.assertRaises(ValidationError):
            self._new_response("hello")
        self._new_response("hello", user=self._new_operator("colleague"))
        with self.assertRaises(ValidationError):
            self.Response.create(
                [
                    {"source": "two", "substitution": "1"},
                    {"source": "two", "substitution": "2"},
                ]
            )

    def test_administrator_cannot_make_a_duplicate_of_anothers(self):
        self._new_response("hello")
        bye = self._new_response("bye", group_ids=[(4, self.agents.id)])
        manager = self._new_operator(
            "manager", groups="im_livechat.im_livechat_group_manager"
        )
        with self.assertRaises(ValidationError):
            bye.with_user(manager).source = "hello"

    def test_older_duplicates_are_tolerated_and_found(self):
        first, second = self._new_response("one"), self._new_response("two")
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE mail_canned_response SET source = 'one', shortcut_key = 'one'"
            " WHERE id = %s",
            [second.id],
        )
        self.env.invalidate_all()
        second.substitution = "Changed"
        found = self.Response.search([("has_duplicate", "=", True)])
        self.assertEqual(found, first | second)
        self.assertTrue(first.has_duplicate)
        self.assertFalse(self._new_response("three").has_duplicate)
        self.assertTrue(second.shortcut_warning)

    def test_clash_with_a_shared_one_is_pointed_out(self):
        colleague = self._new_operator("colleague", name="Bob Colleague")
        self._new_response("hello", user=colleague, group_ids=[(4, self.agents.id)])
        self._new_response("bye", user=colleague)
        self.assertIn("Bob", self._new_response("Hello").shortcut_warning)
        self.assertFalse(self._new_response("bye").shortcut_warning)
        self.env.cr.flush()
        colleague.unlink()
        self.env.invalidate_all()
        response = self._new_response("hello", user=self._new_operator("other"))
        self.assertIn("Unknown shares", response.shortcut_warning)

    # ------------------------------------------------------------
    # LIST
    # ------------------------------------------------------------

    def test_order(self):
        self._new_response("refund", "How to get your money back")
        self._new_response("refund-late", "Sorry")
        self._new_response("no refund", "Sorry")
        self._new_response("unrefunded", "Sorry")
        self._new_response("money", "We give a REFUND, très bientôt")
        self._new_response("other", "Nothing")
        self.assertEqual(
            self._get_sources("refund"),
            ["refund", "refund-late", "no refund", "unrefunded", "money"],
        )
        self.assertEqual(self._get_sources("tres refund"), ["money"])
        self.assertEqual(self._get_sources("REFÚND")[0], "refund")
        self.assertEqual(self._get_sources("%"), [])
        self.assertEqual(self._get_sources("refund_"), [])
        self.assertEqual(self._get_sources("\x00refund")[0], "refund")
        self.assertEqual(self._get_sources("x" * 100_000), [])

    def test_most_used_first(self):
        colleague = self._new_operator("colleague")
        everybody = {"group_ids": [(4, self.agents.id)]}
        a, b, c, d = (self._new_response(source, **everybody) for source in "abcd")
        self.assertEqual(self._get_sources(), ["a", "b", "c", "d"])
        d.count_use()
        c.browse([c.id, d.id, c.id, d.id]).count_use()  # both twice in one message
        for _i in range(5):
            b.with_user(colleague).count_use()
        self.assertEqual(self._get_sources(), ["d", "c", "a", "b"])
        # What others use counts from the next night on.
        self.Response._sum_up_use()
        self.assertEqual(self._get_sources(), ["d", "c", "b", "a"])
        self.assertEqual(self._get_sources(user=colleague), ["b", "d", "c", "a"])
        self.assertEqual([a.use_count, b.use_count, d.use_count], [0, 5, 2])
        self.assertFalse(a.last_use_date)
        self.assertTrue(d.last_use_date)
        self.assertEqual(self.Response.search([("use_count", "=", 0)]), a)
        self.env["mail.canned.response.use"].sudo().search([]).unlink()
        self.Response._sum_up_use()
        self.assertEqual(self._get_sources(), ["a", "b", "c", "d"])

    def test_live_chat_channels_narrow_the_list(self):
        other = self.env["im_livechat.channel"].create({"name": "Sales"})
        self._new_response("here", livechat_channel_ids=[(4, self.livechat_channel.id)])
        self._new_response("there", livechat_channel_ids=[(4, other.id)])
        self._new_response("everywhere")
        self.assertEqual(self._get_sources(), ["everywhere", "here"])
        self.assertEqual(
            self._get_sources(channel=self.env["discuss.channel"]), ["everywhere"]
        )

    def test_archived_are_not_listed(self):
        self._new_response("summer").active = False
        self.assertEqual(self._get_sources(), [])

    def test_tags_and_files_are_in_the_row(self):
        tag = self.env["mail.canned.response.tag"].create(
            {"name": "Delivery", "color": 3}
        )
        self._new_response("hello", tag_ids=[(4, tag.id)])
        row = self._get_rows("delivery")[0]
        self.assertEqual(row["tags"], [{"name": "Delivery", "color": 3}])
        self.assertEqual(row["files"], [])

    def test_list_is_small_and_says_when_there_is_more(self):
        self.Response.create(
            [{"source": f"s{i}", "substitution": f"text {i}"} for i in range(60)]
        )
        data = self.Response._get_picker_data(self.channel.id, "")
        self.assertEqual((len(data["rows"]), data["is_complete"]), (50, False))
        self.assertEqual(data["placeholders"], {})
        data = self.Response._get_picker_data(self.channel.id, "s59")
        self.assertEqual((len(data["rows"]), data["is_complete"]), (1, True))

    def test_values_of_what_is_listed_come_along(self):
        self._new_response("hello", "{{visitor.name}} {{visitor.email|}} {{?order}}")
        data = self.Response._get_picker_data(self.channel.id, "hello")
        self.assertEqual(
            data["placeholders"],
            {
                "visitor.name": ["visitor's name", "Marie Dupont"],
                "visitor.email": ["visitor's e-mail", ""],
            },
        )

    def test_queries_do_not_grow_with_the_list(self):
        text = (0, 0, {"lang_id": self.french.id, "substitution": "texte"})
        self._new_response("one", tag_ids=[(0, 0, {"name": "Tag"})], text_ids=[text])
        self._count_queries()
        one = self._count_queries()
        self.Response.create(
            [
                {
                    "source": f"s{i}",
                    "substitution": "text",
                    "tag_ids": [(0, 0, {"name": f"Tag {i}"})],
                    "text_ids": [text],
                }
                for i in range(40)
            ]
        )
        self.assertEqual(self._count_queries(), one)

    def test_few_queries(self):
        """Twenty responses cost about what Odoo's own list costs: three queries."""
        self.channel.livechat_lang_id = self.english
        group = {"group_ids": [(4, self.agents.id)]}
        for i in range(20):
            self._new_response(f"s{i}", "Text", **group)
        self._count_queries()
        self.assertLessEqual(self._count_queries(), 4)
        self._new_response("hi", "{{visitor.first_name}}, {{operator.name}}", **group)
        self._count_queries()  # with what creating a response left to do
        self.assertLessEqual(self._count_queries(), 14)

    def _count_queries(self):
        self.env.flush_all()
        self.env.invalidate_all()
        start = self.env.cr.sql_log_count
        self.Response._get_picker_data(self.channel.id, "")
        return self.env.cr.sql_log_count - start

    # ------------------------------------------------------------
    # SAVE A MESSAGE
    # ------------------------------------------------------------

    def test_message_becomes_a_response(self):
        message = self._say(
            self.channel,
            "Hello Marie Dupont! Marie, Mariette and\nMarie's order",
            self.operator,
        )
        defaults = self.Response.get_defaults_from_message(message.id)
        self.assertEqual(
            defaults["default_substitution"],
            "Hello {{visitor.name}}! {{visitor.first_name}}, Mariette and"
            "\n{{visitor.first_name}}'s order",
        )

    def test_message_of_others_gives_nothing(self):
        stranger = self._new_operator("stranger", groups="base.group_user")
        message = self._say(self.channel, "Secret", self.operator)
        defaults = self.Response.with_user(stranger).get_defaults_from_message(
            message.id
        )
        self.assertEqual(defaults, {"default_substitution": ""})

    # ------------------------------------------------------------
    # BUS
    # ------------------------------------------------------------

    @users("operator")
    def test_bus_carries_ids_only(self):
        secret = "Zebra"
        group = self.env.ref("base.group_user")

        def sent(action):
            self._reset_bus()
            action()
            self.env.cr.precommit.run()
            return self.env["bus.bus"].sudo().search([])

        response = None

        def create():
            nonlocal response
            response = self._new_response(
                "hello", secret, group_ids=[(4, self.agents.id)]
            )

        for action in (
            create,
            lambda: response.write({"group_ids": [(5,)]}),
            lambda: response.write({"substitution": secret + "2"}),
            lambda: response.write(
                {
                    "text_ids": [
                        (0, 0, {"lang_id": self.french.id, "substitution": secret})
                    ]
                }
            ),
            lambda: response.text_ids.write({"substitution": secret + "3"}),
            lambda: response.write({"text_ids": [(5,)]}),
            lambda: self.assertTrue(response.unlink()),
        ):
            notifications = sent(action)
            payloads = [json.loads(n.message) for n in notifications]
            mine = [
                p
                for p in payloads
                if p["type"] == "livechat_command/canned_responses_changed"
            ]
            self.assertTrue(mine)
            for payload in mine:
                self.assertEqual(list(payload["payload"]), ["ids"])
            self.assertNotIn(secret, str(payloads))
            self.assertIn(
                f'"res.groups",{group.id}', str(notifications.mapped("channel"))
            )

    def test_who_leaves_a_group_drops_all(self):
        group = self.env["res.groups"].create({"name": "Sharers"})
        changed = "livechat_command/canned_responses_changed"
        for action, target in (
            (lambda: self.operator.write({"group_ids": [(4, group.id)]}), "partner"),
            (lambda: self.operator.write({"group_ids": [(3, group.id)]}), "partner"),
            (lambda: group.write({"user_ids": [(4, self.operator.id)]}), "groups"),
            (lambda: group.write({"user_ids": [(3, self.operator.id)]}), "groups"),
            (group.unlink, "groups"),
        ):
            self._reset_bus()
            action()
            self.env.cr.precommit.run()
            found = [
                n.channel
                for n in self.env["bus.bus"].sudo().search([])
                if json.loads(n.message)["type"] == changed
            ]
            self.assertTrue([c for c in found if target in c], found)
