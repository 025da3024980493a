import time
from statistics import median

from odoo.tests import tagged

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
