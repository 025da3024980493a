import re
from itertools import product
from pathlib import Path
from unittest.mock import patch

from odoo.modules.module import load_script
from odoo.tests import tagged
from odoo.tools import SQL

from odoo.addons.base_word_search.models import (
    word_search_find,
    word_search_rights,
    word_search_ways,
    word_search_word,
)

from .common import HelpdeskCommandCase


@tagged("post_install", "-at_install")
class TestHelpdeskSearch(HelpdeskCommandCase):
    def _search(self, text, **kwargs):
        """Return the tickets that the answer links to, in its order."""
        answer = self.run_command(f"/helpdesk_search {text}", **kwargs)
        self.assertStatus(answer, "done")
        ids = re.findall(r"/odoo/helpdesk\.ticket/(\d+)", answer["body"])
        return self.env["helpdesk.ticket"].browse(map(int, ids))

    def test_number(self):
        ticket = self._new_ticket("Mouse", number="HT00312")
        self._new_ticket("Keyboard 312 312", number="HT00313")
        self._new_ticket("Another", number="HT003120")
        for text in ("312", "#312", "HT312", "ht00312", "HT00312"):
            with self.subTest(text=text):
                self.assertEqual(self._search(text)[:1], ticket)

    def test_archived_only_when_the_number_is_exact(self):
        ticket = self._new_ticket("Old zebra", number="HT00777", active=False)
        self.assertFalse(self._search("zebra"))
        self.assertEqual(self._search("777"), ticket)

    def test_every_word_must_occur_in_any_of_the_fields(self):
        ticket = self._new_ticket(
            "Broken zebra",
            description="<p>It <b>fell</b> down</p>",
            partner_name="Zoé Martin",
            partner_email="zoe@example.com",
        )
        for text in ("zebra", "fell zebra", "martin ZEBRA", "zoe@example.com down"):
            with self.subTest(text=text):
                self.assertEqual(self._search(text), ticket)
        self.assertFalse(self._search("zebra giraffe"))

    def test_order(self):
        tickets = [
            self._new_ticket("Other", description="zebra crossing"),
            self._new_ticket("Crossing the zebra"),
            self._new_ticket("Zebra crossing at night"),
            self._new_ticket("Zebra crossing"),
            self._new_ticket("zebra crossing"),
        ]
        expected = [tickets[i].id for i in (4, 3, 2, 1, 0)]
        self.assertEqual(self._search("zebra crossing").ids, expected)

    def test_without_words_this_conversation_then_the_customers_open_ones(self):
        customer = self.env["res.partner"].create({"name": "Marie"})
        channel = self._new_livechat(self.operator, partner=customer)
        done = self.env.ref("helpdesk_mgmt.helpdesk_ticket_stage_done")
        self._new_ticket("Closed", partner_id=customer.id, stage_id=done.id)
        mine = self.create_ticket("Mine", channel=channel)
        other = self._new_ticket("Open", partner_id=customer.id)
        self.assertEqual(self._search("", channel=channel).ids, [mine.id, other.id])

    def test_without_words_those_with_the_typed_address_are_apart(self):
        mine = self.create_ticket("Mine")
        answer = self.run_command("/helpdesk_search")
        self.assertNotIn("Same e-mail", answer["body"])
        self._say(self.channel, "Write to marie_d@example.com")
        done = self.env.ref("helpdesk_mgmt.helpdesk_ticket_stage_done")
        address = {"partner_email": "marie_d@example.com"}
        same = self._new_ticket("Open", **address)
        self._new_ticket("Closed", stage_id=done.id, **address)
        self._new_ticket("Alike", partner_email="marie-d@example.com")
        body = self.run_command("/helpdesk_search")["body"]
        marks = (mine.number, "Same e-mail, not verified", same.number)
        places = [body.index(mark) for mark in marks]
        self.assertEqual(places, sorted(places))
        self.assertNotIn("Closed", body)
        self.assertNotIn("Alike", body)
        self.assertFalse(same.partner_id)

    def test_an_address_is_no_hint_for_who_is_logged_in(self):
        customer = self.env["res.partner"].create({"name": "Zoé", "email": "z@x.com"})
        channel = self._new_livechat(self.operator, partner=customer)
        self._new_ticket("Of whoever", partner_email="z@x.com")
        answer = self.run_command("/helpdesk_search", channel=channel)
        self.assertStatus(answer, "done", "no ticket")

    # What is typed

    def test_accents_and_case_do_not_matter(self):
        ticket = self._new_ticket("Écran cassé")
        self.assertEqual(self._search("ecran CASSE"), ticket)

    def test_beginnings_and_parts_of_words(self):
        ticket = self._new_ticket("Incomprehensible zebrafish")
        for text in ("zebra", "comprehens", "brafi incom"):
            with self.subTest(text=text):
                self.assertEqual(self._search(text), ticket)

    def test_wildcards_and_quotes_are_text(self):
        ticket = self._new_ticket("100% zebra's a_b c\\d")
        for text in ("100%", "zebra's", "a_b", "c\\d", '"zebra\'s"'):
            with self.subTest(text=text):
                self.assertEqual(self._search(text), ticket)
        for text in (
            "zeb%",
            "z_bra",
            "%",
            "_",
            "zebra:*",
            "zebra | x",
            "*",
            "'); DROP",
        ):
            with self.subTest(text=text):
                self.assertNotIn(self._new_ticket("zebra only"), self._search(text))

    def test_hostile_and_long_input(self):
        self.assertFalse(self._search("\x00 \u202e '\"\\ <b> ' OR 1=1 --"))
        self.assertFalse(self._search("y" * 10_000))
        answer = self.run_command("/helpdesk_search " + "a b c d e " * 1000)
        self.assertStatus(answer, "done")
        many = " ".join(f"w{n}" for n in range(40))
        self.assertStatus(self.run_command(f"/helpdesk_search {many}"), "usage", "32")

    def test_number_with_a_year_in_its_prefix(self):
        ticket = self._new_ticket("Mouse", number="HT/2024/00012")
        for text in ("12", "2024/00012", "ht/2024/12"):
            with self.subTest(text=text):
                self.assertEqual(self._search(text)[:1], ticket)
        self.assertFalse(self._search("iphone12"))

    # The answer

    def test_answer_shows_number_title_stage_and_contact(self):
        self._new_ticket("Broken zebra", number="HT00901", partner_name="Zoé <b>")
        body = self.run_command("/helpdesk_search zebra")["body"]
        for text in ("HT00901", "Broken zebra", "New", "Zoé &lt;b&gt;"):
            self.assertIn(text, body)

    def test_first_ten_and_how_many_more(self):
        for _n in range(12):
            self._new_ticket("Zebra")
        answer = self.run_command("/helpdesk_search zebra")
        self.assertEqual(len(self._search("zebra")), 10)
        self.assertIn("2 more", answer["body"])
        self.assertIn("?words=zebra", answer["body"])
        for _n in range(90):
            self._new_ticket("Zebra")
        self.assertIn(
            "More than 100", self.run_command("/search_tickets zebra")["body"]
        )

    def test_list_of_more_without_words_is_of_the_visitor(self):
        customer = self.env["res.partner"].create({"name": "Zoé Martin"})
        channel = self._new_livechat(self.operator, partner=customer)
        for _n in range(12):
            self._new_ticket("Zebra", partner_id=customer.id)
        for email, words in (("", "Zo%C3%A9+Martin"), ("zoe@x.example", "zoe%40x")):
            customer.email = email
            body = self.run_command("/helpdesk_search", channel=channel)["body"]
            self.assertIn("2 more", body)
            self.assertIn(f"?words={words}", body)

    def test_list_of_more_of_an_unknown_visitor_has_no_link(self):
        self.guest.name = "Visitor #12"
        values = {"origin_channel_id": self.channel.id}
        for _n in range(12):
            self._new_ticket("Zebra", **values)
        body = self.run_command("/helpdesk_search")["body"]
        self.assertIn("2 more", body)
        self.assertNotIn("?words=", body)

    def test_list_has_the_same_search(self):
        first = self._new_ticket("Broken zebra", number="HT00902")
        self._new_ticket("Broken giraffe")
        tickets = self.env["helpdesk.ticket"].with_user(self.operator)
        for text in ("ZEBRA brok", "ebr", "902"):
            for operator in ("ilike", "="):
                found = tickets.search([("word_search", operator, text)])
                self.assertEqual(found, first, text)
        self._set_level(self.operator, "none")
        self.assertFalse(tickets.search([("word_search", "=", "zebra")]))

    # Rights

    def test_only_what_the_operator_may_read(self):
        mine = self._new_ticket("Zebra mine", user_id=self.operator.id)
        other = self._new_ticket("Zebra other")
        for level, expected in (("personal", mine), ("all", other + mine)):
            self._set_level(self.operator, level)
            self.assertEqual(self._search("zebra"), expected, level)
            self.assertEqual(bool(self._search(other.number)), level == "all")

    def test_personal_rights_in_all_ways_of_finding(self):
        """What one may read is looked through, or each match is checked: the same."""
        self._set_level(self.operator, "personal")
        team = self.env["helpdesk.ticket.team"].create(
            {"name": "Own", "user_ids": [(4, self.operator.id)]}
        )
        customer = {"partner_id": self.operator.partner_id.id}
        company = self.env["res.company"].create({"name": "Second"})
        may_read = [
            self._new_ticket("Zebra assigned", user_id=self.operator.id),
            self._new_ticket("Zebra of the team", team_id=team.id, user_id=False),
            self._new_ticket("Zebra as customer", **customer),
            self._new_ticket("Zebra followed"),
        ]
        may_not = [
            self._new_ticket("Zebra of others"),
            self._new_ticket("Zebra of others in the team", team_id=team.id),
            self._new_ticket("Zebra of a company", company_id=company.id, **customer),
            self._new_ticket("Zebra followed in a company", company_id=company.id),
            self._new_ticket("Zebra gone", user_id=self.operator.id, active=False),
        ]
        for ticket in (*may_not[-2:], may_read[-1]):
            ticket.message_subscribe(self.operator.partner_id.ids)
        may_not[1].user_id = self.env.ref("base.user_admin")
        expected = sorted((ticket.id for ticket in may_read), reverse=True)
        ways = {"few": (1, 9), "looked through": (-1, 9), "too much": (-1, 1)}
        for way, (rare, visible) in ways.items():
            with (
                self.subTest(way=way),
                patch.object(word_search_find, "RARE", rare),
                patch.object(word_search_rights, "VISIBLE", visible),
                patch.object(word_search_ways, "VISIBLE", visible),
            ):
                self.assertEqual(self._search("zebra").ids, expected)

    def test_other_company(self):
        company = self.env["res.company"].create({"name": "Second"})
        ticket = self._new_ticket("Zebra", company_id=company.id)
        self.assertFalse(self._search("zebra"))
        self.operator.company_ids += company
        self.assertEqual(self._search("zebra"), ticket)

    def test_who_works_in_all_companies_reads_all(self):
        companies = self.env["res.company"].search([])
        self.operator.company_ids = companies
        index = self.env["helpdesk.ticket.search"].with_user(self.operator)
        index = index.with_context(allowed_company_ids=companies.ids)
        self.assertTrue(index._may_read_all())
        self.assertIsNone(index._get_candidate_select())
        self._set_level(self.operator, "personal")
        self.assertFalse(index._may_read_all())

    # The index follows

    def test_words_of_another_company_are_neither_offered_nor_known(self):
        self._new_ticket("Painters", user_id=self.operator.id)
        tickets = self.env["helpdesk.ticket"].with_user(self.operator)
        index = self.env["helpdesk.ticket.search"].with_user(self.operator)
        companies = self.env["res.company"].search([])
        everywhere = index.with_context(allowed_company_ids=companies.ids)
        self.operator.company_ids = companies
        self.assertTrue(everywhere._may_read_all())
        expected = [("painters", 1)]
        self.assertEqual(tickets._suggest_words("paintes"), expected)
        other = self.env["res.company"].create({"name": "Other"})
        self.assertFalse(everywhere._may_read_all())
        for name in ("Paintes", "Paintesque", "Paint es"):
            self._new_ticket(name, company_id=other.id)
        for level in ("all", "team", "personal"):
            self._set_level(self.operator, level)
            self.team.user_ids = self.operator
            with self.subTest(level):
                self.assertEqual(tickets._suggest_words("paintes"), expected)

    def test_changes_are_found_at_once(self):
        customer = self.env["res.partner"].create({"name": "Marie", "email": "m@x.com"})
        ticket = self._new_ticket("Mouse", partner_id=customer.id)
        changes = [
            (ticket, {"name": "zebra"}),
            (ticket, {"description": "<p>giraffe</p>"}),
            (ticket, {"partner_name": "okapi"}),
            (ticket, {"partner_email": "lion@example.com"}),
            (customer, {"name": "Tiger"}),
            (customer, {"email": "panda@example.com"}),
        ]
        for record, values in changes:
            with self.subTest(values=values):
                [text] = values.values()
                record.write(values)
                self.assertEqual(self._search(text.strip("<p>/")), ticket)
        ticket.name = "Keyboard"
        self.assertFalse(self._search("zebra"))

    def test_stage_and_assignee_do_not_touch_the_index(self):
        ticket = self._new_ticket("Zebra")
        before = self._get_index_row(ticket)
        ticket.stage_id = self.env.ref("helpdesk_mgmt.helpdesk_ticket_stage_done")
        ticket.user_id = self.operator
        self.env.flush_all()
        self.assertEqual(self._get_index_row(ticket), before)
        ticket.unlink()
        self.assertFalse(self._get_index_row(ticket))

    def _get_index_row(self, ticket):
        query = SQL(
            "SELECT ctid, xmin FROM helpdesk_ticket_search WHERE id = %s", ticket.id
        )
        return self.env.execute_query(query)

    def test_tickets_loaded_by_sql_are_found_after_one_call(self):
        ticket = self._new_ticket("Zebra")
        [[ticket_id]] = self.env.execute_query(
            SQL(
                """INSERT INTO helpdesk_ticket (number, name, description, company_id,
                                                active)
                        SELECT 'HT00988', 'Okapi', '<p>okapi</p>', company_id, TRUE
                          FROM helpdesk_ticket WHERE id = %s RETURNING id""",
                ticket.id,
            )
        )
        self.assertFalse(self._search("okapi"))
        self.env["helpdesk.ticket.search"]._reindex_missing()
        self.assertEqual(self._search("okapi").id, ticket_id)

    # However many there are, the answer is the same

    def test_all_ways_of_finding_agree(self):
        """With low limits each search takes another way, to the same result."""
        titles = [
            "Zebra crossing",
            "Crossing zebra",
            "Zebra crossing at night",
            "Other",
        ]
        for title in titles * 3:
            self._new_ticket(title, description="zebra crossing <b>zebrafish</b>")
        for _n in range(9):
            self._new_ticket("Newer")
        texts = (
            "zebra crossing",
            "ebra",
            "zebraf",
            "crossing",
            "zebra absent",
            "night",
        )
        expected = [self._search(text).ids for text in texts]
        self.assertEqual([len(ids) for ids in expected], [10, 10, 10, 10, 0, 3])
        limits = [
            {"NEWEST": 1, "NEWEST_BEGINNINGS": 1},
            {"NEWEST": 1, "NEWEST_BEGINNINGS": 1, "FEW": 1, "SOME": 1},
            {"NEWEST": 1, "NEWEST_BEGINNINGS": 1, "FEW": 1, "SOME": 1, "DENSE": 0},
            {"NEWEST": 10, "FEW": 1},
            {"NEWEST": 10, "FEW": 11},
        ]
        for limit, rare in product(limits, (-1, 1)):
            with (
                self.subTest(limit=limit, rare=rare),
                patch.multiple(word_search_ways, **limit),
                patch.object(word_search_find, "RARE", rare),
            ):
                self.assertEqual([self._search(t).ids for t in texts], expected)

    def test_a_part_that_is_in_too_many_words_is_found_as_a_beginning(self):
        ticket = self._new_ticket("Zebrafish")
        self._new_ticket("Zebras")
        self._new_ticket("Newer")
        with (
            patch.object(word_search_ways, "NEWEST", 1),
            patch.object(word_search_word, "ALTERNATIVES", 1),
        ):
            self.assertIn(ticket, self._search("zebra"))
            self.assertFalse(self._search("ebra"))
            body = self.run_command("/helpdesk_search ebra")["body"]
        self.assertIn("Only whole words and beginnings", body)

    def test_without_trigrams_there_are_no_parts_inside_words(self):
        ticket = self._new_ticket("Incomprehensible zebra")
        self._new_ticket("Newer")
        with (
            patch.object(self.registry, "has_trigram", False),
            patch.object(word_search_ways, "NEWEST", 1),
        ):
            self.assertEqual(self._search("incom zeb"), ticket)
            self.assertFalse(self._search("ebra"))
            body = self.run_command("/helpdesk_search ebra")["body"]
            self.assertIn("Only whole words and beginnings", body)
            with self.assertLogs(word_search_word.__name__, "WARNING") as logs:
                self.env["helpdesk.ticket.search.word"]._register_hook()
        self.assertEqual(len(logs.output), 1)

    def test_update_indexes_anew_what_the_first_release_indexed_of_too_long_texts(self):
        long, short = self._new_ticket("Zebra"), self._new_ticket("Tiger")
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE helpdesk_ticket_search SET doc = concat('giraffe', %s)"
            " WHERE id = %s",
            ["".join(f" {number}" for number in range(20_000)), long.id],
        )
        self.env.cr.execute(
            "INSERT INTO helpdesk_ticket_search_word (word) VALUES ('giraffe')"
        )
        self.assertEqual(self._search("giraffe"), long)
        folder = Path(__file__).parent.parent / "migrations/19.0.2.0.0"
        script = load_script(str(folder / "post-search.py"), "post-search")
        before = self.env["word.search.pending"].search([])
        script.migrate(self.env.cr, "19.0.1.0.0")
        pending = self.env["word.search.pending"].search([]) - before
        self.assertEqual([each._index_batch() for each in pending], [1])
        self.assertFalse(self._search("giraffe"))
        self.assertEqual(self._search("zebra"), long)
        self.assertEqual(self._search("tiger"), short)
