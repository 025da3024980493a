import random
from unittest.mock import patch

from odoo.exceptions import ValidationError
from odoo.tests import Form, new_test_user

from ..models.command.discuss_command_token_names import TokenNames
from .common import LivechatCommandCase

TITLES = 20_000
MANAGERS = "im_livechat.im_livechat_group_manager"
# What stands in real titles and looks like a token.
PIECES = [
    *("RE:", "Fwd:", "AW:", "[EXT]", "Order", "#1", "#S00042", "no.", "C#", "F#"),
    *("5:30", "10:05", "@home", "@work", "v2.0", "1.0.3-beta", "$49.99", "€ 12", "!="),
    *("Broken", "screen", "Imprimante", "cassée", "für", "Büro", ":-)", ":)", ":p"),
    *("http://example.com/#top", "anna@example.com", "a:b", "::", "#", "@", ":", "##"),
    *("!important", "Help!", "why?!", "\\o/", "C:\\", "#hash-tag", "@all", ":date:"),
    *("ticket #12", "TVA : 20 %", "« Urgent »", "(re: invoice)", "№", "＃1", "!!!!"),
]
ENDS = ["", "", "", "", " !", " ?", "!", " :", "…", " #", " @", " !!!!", ":(", " 🙏"]


def generate_titles():
    generator = random.Random(19)
    for _title in range(TITLES):
        words = generator.choices(PIECES, k=generator.randint(1, 9))
        yield " ".join(words) + generator.choice(ENDS)


class TestTokens(LivechatCommandCase):
    """What stands behind a title, with contacts as what is made."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.creator = cls._new_operator(
            "carl.creator@example.com",
            groups="im_livechat.im_livechat_group_user,base.group_partner_manager",
            name="Carl Creator",
        )
        cls.channel._add_members(users=cls.creator)
        cls.tag = cls.env["res.partner.category"].create({"name": "Return label"})
        cls.response = cls.env["mail.canned.response"].create(
            {
                "source": "promise_made",
                "substitution": "I made {{record.name}}.",
                "group_ids": [(4, cls.env.ref("base.group_user").id)],
            }
        )
        cls.command = cls.env["discuss.command"].create(
            {
                "name": "contact",
                "kind": "create",
                "model_name": "res.partner",
                "tag_field": "category_id",
                "user_field": "user_id",
            }
        )

    def _run(self, argument, command="contact", **kwargs):
        kwargs.setdefault("user", self.creator)
        return self.run_command(f"/{command} {argument}", **kwargs)

    def _make(self, argument, **kwargs):
        answer = self._run(argument, **kwargs)
        self.assertStatus(answer, "done")
        return self.env["res.partner"].browse(answer["record"]["id"])

    def _refuse(self, argument, status, sentence):
        count = self.env["res.partner"].search_count([])
        answer = self._run(argument)
        self.assertStatus(answer, status, sentence)
        self.assertEqual(self.env["res.partner"].search_count([]), count)
        self.assertNotIn("composer_response", answer)

    # ------------------------------------------------------------
    # SET
    # ------------------------------------------------------------

    def test_tag_and_agent_are_set_and_the_title_is_without_them(self):
        record = self._make("Acme GmbH #return-label @carl")
        self.assertEqual(record.name, "Acme GmbH")
        self.assertEqual(record.category_id, self.tag)
        self.assertEqual(record.user_id, self.creator)

    def test_agent_by_whole_name_first_name_and_login(self):
        for word in ("carl-creator", "Carl_Creator", "carl", "carl.creator"):
            with self.subTest(word=word):
                self.assertEqual(self._make(f"Acme @{word}").user_id, self.creator)

    def test_first_name_that_two_have_names_nobody(self):
        other = self._new_operator("other", name="Carl Other")
        self.assertEqual(self._make("Acme @carl").name, "Acme @carl")
        self.assertEqual(self._make("Acme @carl-other").user_id, other)
        self.assertEqual(self._make("Acme @other").user_id, other)

    def test_each_agent_is_found_by_each_way_of_typing(self):
        """The database leaves out whom Python need not look at, and nobody else."""
        people = {
            "j.gross@example.com": "Jürgen  Groß",
            "JÜRGEN": "Jürgen Klein",
            "anna_100%@example.com": "ANNA-LENA O'Neill (Support)",
            "istanbul": "İlker Çelik",
            "a": "李 小龙",
        }
        for login, name in people.items():
            self._new_operator(login, name=name)
        everybody = self.command._get_agent_keys()
        for agent_id, keys in everybody.items():
            for key in keys:
                found = self.command._find_agent(key)
                self.assertEqual(found.ids, [agent_id], key)
        agent = self.command._find_agent("anna-100%")
        self.assertEqual(agent.name, people["anna_100%@example.com"])
        self.assertFalse(self.command._find_agent("jurgen"))

    def test_who_is_no_active_internal_user_stays_title(self):
        new_test_user(self.env, "portia", groups="base.group_portal", name="Portia P")
        self._new_operator("gone", name="Gone G").active = False
        for word in ("portia", "portia-p", "gone", "nobody", "__system__"):
            with self.subTest(word=word):
                record = self._make(f"Acme @{word}")
                self.assertEqual(record.name, f"Acme @{word}")
                self.assertFalse(record.user_id)

    def test_archived_tag_stays_title_whatever_the_client_says(self):
        self.tag.active = False
        channel = self.channel.with_context(active_test=False)
        record = self._make("Acme #return-label", channel=channel)
        self.assertEqual(record.name, "Acme #return-label")
        self.assertFalse(record.category_id)

    def test_tag_is_added_to_those_of_the_definition(self):
        other = self.tag.create({"name": "From chat"})
        self.command.value_ids = [
            (0, 0, {"field_name": "category_id", "value": str(other.id)})
        ]
        record = self._make("Acme #return-label")
        self.assertEqual(record.category_id, self.tag + other)

    def test_tags_are_read_once_for_all_words(self):
        commands = type(self.command)
        with patch.object(
            commands, "_find_tags", autospec=True, side_effect=commands._find_tags
        ) as find:
            self._make("A #one #two #return-label")
        self.assertEqual(find.call_count, 1)

    def test_agent_of_another_company_is_refused_by_name(self):
        company = self.env["res.company"].create({"name": "Elsewhere"})
        self._new_operator(
            "far", name="Far Away", company_id=company.id, company_ids=company.ids
        )
        self._refuse("Acme @far", "refused", "Far Away")

    def test_without_the_right_to_a_field_its_sign_is_text(self):
        field = self.registry["res.partner"]._fields["user_id"]
        with patch.object(field, "groups", "base.group_system"):
            command = self.command.with_user(self.creator)
            self.assertEqual(command._get_token_signs(), "#:")

    def test_rules_see_what_tokens_set(self):
        self.env["ir.rule"].create(
            {
                "name": "only one's own",
                "model_id": self.env["ir.model"]._get_id("res.partner"),
                "domain_force": f"[('user_id', '!=', {self.operator.id})]",
                "perm_read": False,
            }
        )
        self._refuse("Acme @anna", "refused", "No right to create")
        self._make("Acme @carl")

    # ------------------------------------------------------------
    # REFUSED
    # ------------------------------------------------------------

    def test_contradictions_are_told(self):
        self.tag.create([{"name": f"Tag {i}"} for i in range(9)])
        nine = " ".join(f"#tag-{i}" for i in range(9))
        for argument, sentence in (
            ("Acme #return-label #return-label", "#return-label is there twice"),
            ("Acme @carl @carl", "@carl is there twice"),
            ("Acme @carl @anna", "two agents"),
            ("Acme :promise-made :promise_made", "is there twice"),
            (f"Acme {nine}", "At most 8"),
            ("#return-label @carl", "What should follow /contact?"),
            (":promise-made", "What should follow /contact?"),
        ):
            with self.subTest(argument=argument):
                self._refuse(argument, "usage", sentence)

    def test_what_is_typed_alike_and_named_differently_is_there_twice(self):
        self._refuse("Acme @carl @carl-creator", "usage", "two agents")

    # ------------------------------------------------------------
    # TEXT
    # ------------------------------------------------------------

    def test_what_names_nothing_stays_title_to_the_letter(self):
        for title in (
            *("Acme #nothing", "Acme @nobody", "Acme :nothing", "#", "Acme #", "C#"),
            *("Acme !!", "Acme \\!", "Acme #return-label.", "Meet at 5:30", "Aïe !"),
        ):
            with self.subTest(title=title):
                self.assertEqual(self._make(title).name, title)

    def test_sign_behind_a_backslash_is_text(self):
        self.assertEqual(self._make("Acme \\#return-label").name, "Acme #return-label")

    def test_real_titles_are_not_altered(self):
        command = self.command.with_user(self.creator)
        channel = self.channel.with_user(self.creator)
        names = TokenNames(command, channel, "")
        path = "odoo.addons.livechat_command.models.command.discuss_command_tokens"
        with patch(f"{path}.TokenNames", return_value=names):
            for title in generate_titles():
                order = command._read_order(channel, title)
                if (order.argument, order.values) != (title, {}):
                    self.fail(f"{title!r} became {order!r}")
        found = names.find.cache_info().currsize
        self.assertGreater(found, 15, "some of them look like tokens")

    # ------------------------------------------------------------
    # SAY NEXT
    # ------------------------------------------------------------

    def test_named_response_speaks_of_the_new_record(self):
        answer = self._run("Acme :promise-made")
        self.assertEqual(answer["composer_response"]["text"], "I made Acme.")

    def test_named_response_goes_before_the_commands_reply(self):
        reply = self.response.copy({"source": "else", "substitution": "Else"})
        self.command.canned_response_id = reply
        self.assertEqual(self._run("Acme")["composer_response"]["text"], "Else")
        answer = self._run("Acme :promise_made")
        self.assertEqual(answer["composer_response"]["text"], "I made Acme.")

    def test_response_that_one_may_not_read_does_not_exist(self):
        self.response.group_ids = self.env.ref("base.group_system")
        answer = self._run("Acme :promise-made")
        self.assertNotIn("composer_response", answer)
        self.assertEqual(answer["record"]["name"], "Acme :promise-made")

    def test_own_response_goes_before_those_of_others(self):
        self.response.with_user(self.creator).create(
            {"source": "Promise made", "substitution": "Mine"}
        )
        answer = self._run("Acme :promise-made")
        self.assertEqual(answer["composer_response"]["text"], "Mine")

    def test_response_of_an_administrator_goes_before_a_colleagues(self):
        """Who calls an older one of theirs the same takes nobody's line over."""
        group = self.env.ref("base.group_user")
        responses = [
            self.response.with_user(user).create(
                {"source": name, "substitution": name, "group_ids": group.ids}
            )
            for name, user in (
                ("older", self._new_operator("colleague")),
                ("refunded", self._new_operator("boss", groups=MANAGERS)),
            )
        ]
        responses[0].source = "refunded"
        answer = self._run("Acme :refunded")
        self.assertEqual(answer["composer_response"]["text"], "refunded")

    def test_response_whose_owner_was_deleted_is_still_typed(self):
        owner = self._new_operator("leaver")
        self.response.with_user(owner).create(
            {
                "source": "left behind",
                "substitution": "Of nobody",
                "group_ids": self.env.ref("base.group_user").ids,
            }
        )
        self.env.cr.flush()
        owner.unlink()
        self.env.invalidate_all()
        answer = self._run("Acme :left-behind")
        self.assertStatus(answer, "done")
        self.assertEqual(answer["composer_response"]["text"], "Of nobody")
        lines = {"name": "keep", "kind": "lines", "lines": "/contact A :left-behind"}
        lines = self.env["discuss.command"].create(lines)
        self.assertIn("then :left-behind", lines.lines_preview)

    def test_search_speaks_of_what_it_found_alone(self):
        self.command.create(
            {"name": "find", "kind": "search", "model_name": "res.partner"}
        )
        self._make("Unheard-of company")
        answer = self._run("unheard-of :promise-made", "find")
        text = answer["composer_response"]["text"]
        self.assertEqual(text, "I made Unheard-of company.")
        answer = self._run("no such company :promise-made", "find")
        self.assertStatus(answer, "done", "Nothing found")
        self.assertNotIn("composer_response", answer)

    def test_response_may_speak_of_a_record_that_was_not_made(self):
        """Then there is a blank, which is filled in before the message is sent."""
        self.env.ref("livechat_command.discuss_command_note").write(
            {"canned_response_id": self.response.id}
        )
        answer = self._run("Tea", "note")
        text = answer["composer_response"]["text"]
        self.assertRegex(text, r"^I made ⟦.+⟧\.$")

    def test_response_of_several_found_speaks_of_none(self):
        self.command.create(
            {"name": "find", "kind": "search", "model_name": "res.partner"}
        )
        for number in range(2):
            self._make(f"Unheard-of company {number}")
        answer = self._run("unheard-of :promise-made", "find")
        self.assertRegex(answer["composer_response"]["text"], "⟦")

    def test_what_takes_a_response_makes_or_finds_something(self):
        kinds = self.env["discuss.command"]._get_valid_kinds()
        speaking = {name for name, kind in kinds.items() if kind.speaks}
        allowed = {"create", "search", "helpdesk", "helpdesk_search", "lead"}
        self.assertLessEqual({"create", "search"}, speaking)
        self.assertLessEqual(speaking, allowed)

    def test_prose_for_people_has_no_tokens(self):
        answer = self._run("see :promise-made", "note")
        self.assertStatus(answer, "done", ":promise-made")
        self.assertNotIn("composer_response", answer)

    # ------------------------------------------------------------
    # DEFINE
    # ------------------------------------------------------------

    def test_fields_that_take_no_tokens_are_refused(self):
        for vals, sentence in (
            ({"tag_field": "user_id"}, "of type"),
            ({"tag_field": "no_such_field"}, "has no field"),
            ({"user_field": "parent_id"}, "does not hold a user"),
            ({"user_field": "category_id"}, "does not hold a user"),
        ):
            with self.subTest(**vals):
                with self.assertRaises(ValidationError) as caught:
                    self.command.write(vals)
                self.assertIn(sentence, str(caught.exception))

    def test_form_suggests_and_keeps_fields_by_name(self):
        with Form(self.env["discuss.command"]) as form:
            form.name = "person"
            form.model_id = self.env["ir.model"]._get("res.partner")
            self.assertEqual(form.tag_field_id.name, "category_id")
            self.assertEqual(form.user_field_id.name, "user_id")
        self.assertEqual(form.record.tag_field, "category_id")
        self.assertEqual(form.record.user_field, "user_id")

    # ------------------------------------------------------------
    # BROWSER
    # ------------------------------------------------------------

    def _get_data(self, *args, user=None, command=None):
        commands = self.env["discuss.command"].with_user(user or self.creator)
        command = command or self.command
        return commands._get_token_data(self.channel.id, command.id, *args)

    def test_browser_knows_which_signs_a_command_takes(self):
        data = {
            command.name: command.with_user(self.creator)._get_token_signs()
            for command in self.env["discuss.command"].search([])
        }
        self.assertEqual(data["contact"], "#@:")
        self.assertEqual(data["note"], "")
        self.assertEqual(data["leave"], "")

    def test_list_has_what_running_takes(self):
        data = self._get_data()
        self.assertIn({"key": "return-label", "name": "Return label"}, data["#"])
        self.assertIn("Carl Creator", [row["name"] for row in data["@"]])
        self.assertTrue(data["is_complete"])
        for row in data["@"]:
            record = self._make(f"Acme @{row['key']}")
            self.assertEqual(record.user_id.name, row["name"])

    def test_agents_who_are_online_come_first(self):
        self._new_operator("aaron", name="Aaron Away")
        self.env["mail.presence"]._update_presence(self.creator)
        names = [row["name"] for row in self._get_data()["@"]]
        self.assertEqual(names[0], "Carl Creator")
        self.assertEqual(names[1:], sorted(names[1:]))

    def test_list_is_cut_and_narrowed(self):
        self.tag.create([{"name": f"Tag {i}"} for i in range(201)])
        data = self._get_data()
        self.assertEqual(len(data["#"]), 200)
        self.assertFalse(data["is_complete"])
        data = self._get_data("#", "Retúrn")
        self.assertEqual([row["key"] for row in data["#"]], ["return-label"])
        self.assertTrue(data["is_complete"])
        self.assertFalse(data["@"])

    def test_list_is_for_those_who_may_run_the_command(self):
        self.assertFalse(self._get_data(user=self.operator)["#"], "no right to create")
        stranger = self._new_operator("stranger")
        stranger.group_ids += self.env.ref("base.group_partner_manager")
        self.assertFalse(self._get_data(user=stranger)["#"], "not in the conversation")
        for ids in ((None, None), ("1", "1"), (0, -1), (2**40, 2**40), (True, [1])):
            data = self.command.with_user(self.creator)._get_token_data(*ids)
            self.assertFalse(data["#"] or data["@"] or data["choices"])
