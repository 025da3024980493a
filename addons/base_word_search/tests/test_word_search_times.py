import time
from itertools import product
from statistics import median
from unittest.mock import patch

from freezegun import freeze_time

from odoo.orm.environments import Environment
from odoo.tests import tagged

from ..models import word_search_rights, word_search_ways
from .common import WordSearchCase

ROUNDS = 15
TIMES = 10  # no longer the same order of magnitude

ONLY_OWN = "['|', ('author_id', '=', user.partner_id.id), ('name', '=', 'Common')]"
ALL_BUT_SECRET = "[('summary', '=', False)]"


@tagged("post_install", "-at_install")
class TestTimes(WordSearchCase):
    """How long an answer takes does not tell what one may not read."""

    def _check(self, domain, count):
        user = self._new_reader(domain)
        self._new_book("Own printer", author_id=user.partner_id.id)
        self.books.create(
            [
                {
                    "name": f"Secret zebra {n}",
                    "number": f"{1000 + n}",
                    "summary": "secret",
                }
                for n in range(count)
            ]
        )
        self.env.flush_all()
        self.env.cr.execute("ANALYZE")
        books = self.books.with_user(user)
        for name, find in {
            "words": lambda text: books._search_words(text, 10, 101)[0],
            "similar": books._find_similar,
            "suggested": books._suggest_words,
        }.items():
            for hidden, absent in (
                ("zebra", "xylophone"),
                ("secret zebra", "quokka xylophone"),
                ("zebar", "xylohpone"),
                ("ebr", "ylo"),
                ("1003", "9003"),
            ):
                with self.subTest(find=name, hidden=hidden):
                    self.assertFalse(find(hidden))
                    self.assertFalse(find(absent))
                    times = self._measure(find, hidden), self._measure(find, absent)
                    self.assertLess(max(times), TIMES * min(times), times)

    def _measure(self, find, text):
        times = []
        for _round in range(ROUNDS):
            self.env.invalidate_all()
            start = time.perf_counter()
            find(text)
            times.append(time.perf_counter() - start)
        return median(times)

    def test_to_who_may_read_little(self):
        self._check(ONLY_OWN, 1_000)

    def test_to_who_may_read_all_but_a_few(self):
        self._check(ALL_BUT_SECRET, 10)

    def test_what_is_given_up_is_no_error_in_the_log(self):
        """All that a time limit holds for is executed so that no failure is logged."""
        for name in ("Printer", "Printed", "Zebrafish"):
            self._new_book(name)
        execute = Environment.execute_query

        def checked(env, query):
            env.cr.execute("SHOW statement_timeout")
            self.assertEqual(env.cr.fetchone()[0], "0", query.code)
            return execute(env, query)

        readers = self.env.user, self._new_reader(ONLY_OWN)
        with (
            patch.object(Environment, "execute_query", checked),
            patch.multiple(word_search_ways, FEW=0),
        ):
            for user, text in product(readers, ("printer", "prnter", "ebraf", "pr ze")):
                self.registry.clear_cache()
                books = self.books.with_user(user)
                books._search_words(text, 10, 101)
                books._suggest_words(text)
                books._find_similar(text)

    def test_count_that_was_given_up_is_made_soon_again(self):
        """The first one reads from the disk: nobody is to search slowly for an hour."""
        self._new_book("Printer")
        index = self.index.with_user(self._new_reader(ONLY_OWN))
        self.env.flush_all()
        self.registry.clear_cache()
        with freeze_time("2026-01-05 14:00:10"):
            with patch.multiple(word_search_rights, COUNT_TIME=0):
                self.assertIsNone(index._get_candidate_select())
            self.assertIsNone(index._get_candidate_select())
        with freeze_time("2026-01-05 14:01:10"):
            self.assertIsNotNone(index._get_candidate_select())
        with (
            freeze_time("2026-01-05 14:59:10"),
            patch.multiple(word_search_rights, COUNT_TIME=0),
        ):
            self.assertIsNotNone(index._get_candidate_select())
            self.env.cr.execute("SHOW statement_timeout")
            self.assertEqual(self.env.cr.fetchone()[0], "0")
