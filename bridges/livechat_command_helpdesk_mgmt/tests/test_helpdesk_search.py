import re

from odoo.tests import tagged

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
