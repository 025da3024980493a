from itertools import product
from unittest.mock import patch

from odoo.fields import Domain
from odoo.tests import tagged
from odoo.tools import SQL

from ..models import word_search_similar
from .common import WordSearchCase


@tagged("post_install", "-at_install")
class TestWordSearchSimilar(WordSearchCase):
    """However many titles there are: all are compared, or the index is asked."""

    def _assert_similar(self, title, expected, books=None, **kwargs):
        """Assert the same in each of the ways."""
        books = self.books if books is None else books
        for most in (5_000, 0):
            with self.subTest(title=title, most=most):
                with patch.object(word_search_similar, "ALL_OF", most):
                    found = books._find_similar(title, **kwargs)
                self.assertEqual(found, expected)

    def test_some_words_are_enough(self):
        book = self._new_book("The printer on the third floor is broken")
        self._new_book("Zebra crossing", summary="printer floor broken")
        for title in (
            "printer broken",
            "broken printer",
            "pritner brokn",
            "Third flor: printer?",
            "Unknown words, but printer, floor",
            "my printe",
        ):
            self._assert_similar(title, book)

    def test_other_words_for_the_same(self):
        book = self._new_book("The printer on the third floor is broken")
        self._new_book("Invoice 2024")
        for title in ("Drucker kaputt", "Imprimante en panne", "Impresora defecto"):
            self._assert_similar(title, book)

    def test_best_first(self):
        names = (
            "Zebra",
            "Broken door",
            "Broken printer!",
            "A printer, broken since Monday",
        )
        door, best, second = [self._new_book(name) for name in names][1:]
        self._assert_similar("broken printer", best | second | door)
        self._assert_similar("broken printer", best | second, limit=2)
        newer = self._new_book("Broken printer")
        self._assert_similar("broken printer", newer | best | second)

    def test_what_says_nothing_does_not_suffice(self):
        self._new_book("The mouse is not on the table")
        self._new_book("Die Maus ist nicht auf dem Tisch")
        titles = ("the", "is not on the", "nicht auf dem", "the printer is not", "a b")
        for title in (*titles, "", "mo", "xyzzy"):
            self._assert_similar(title, self.books)

    def test_very_common_words_do_not_suffice(self):
        for n in range(120):
            self._new_book(f"Printer {n:04}")
        self.env.cr.execute("ANALYZE library_book_search")
        self.env.registry.clear_cache()
        self._assert_similar("printer absent", self.books)
        self._assert_similar("printer 0007", self._search("0007"))

    def test_hostile_titles(self):
        book = self._new_book("Printer")
        hostile = (
            "\x00",
            "'",
            "\\",
            "printer:* | x",
            "%",
            "_" * 9,
            "\udcff",
            "=x",
            "()",
        )
        for text in hostile:
            self.assertFalse(self.books._find_similar(text) - book, text)
        long = " ".join(f"w{n}" for n in range(100))
        for title in (long, "x" * 100_000, "ﷺ" * 250, "printer " + "'\\&|!:*" * 40):
            self.assertFalse(self.books._find_similar(title) - book, title[:9])

    def test_narrowed(self):
        author = self.env["res.partner"].create({"name": "Marie"})
        self._new_book("Printer")
        book = self._new_book("Printer", author_id=author.id)
        for domain in (
            Domain("author_id", "=", author.id),
            [("author_id", "=", author.id)],
            [("author_id.name", "=", "Marie")],
        ):
            self._assert_similar("printer", book, domain=domain)
        self._assert_similar("printer", self.books, domain=[("author_id", "=", 0)])

    def test_only_what_one_may_read(self):
        user = self._new_reader(
            "['|', ('author_id', '=', user.partner_id.id),"
            " ('name', '=', 'Printer for all')]"
        )
        own = self._new_book("My printer", author_id=user.partner_id.id)
        common = self._new_book("Printer for all")
        self._new_book("Printer of others")
        books = self.books.with_user(user)
        for title, domain in product(("printer", "pritner"), (None, [("id", ">", 0)])):
            with patch.object(word_search_similar, "ALL_OF", 0):
                found = books._find_similar(title, domain=domain)
            self.assertEqual(found, own | common)
            self.assertEqual(books._find_similar(title, domain=domain), own | common)

    def test_rules_without_or(self):
        """One's own few are compared, however many others are more alike."""
        user = self._new_reader("[('author_id', 'in', [user.partner_id.id, False])]")
        other = self.env["res.partner"].create({"name": "Other"})
        own = self._new_book("The printer", author_id=user.partner_id.id)
        for _n in range(5):
            self._new_book("Printer", author_id=other.id)
        with (
            patch.object(word_search_similar, "ALL_OF", 2),
            patch.object(word_search_similar, "CHECKED", 3),
        ):
            self.assertEqual(self.books.with_user(user)._find_similar("printer"), own)

    def test_what_others_have_changes_nothing(self):
        """Neither how frequent words are among theirs, nor nearer titles."""
        user = self._new_reader(
            "['|', ('author_id', '=', user.partner_id.id), ('name', '=', 'Common')]"
        )
        values = {"author_id": user.partner_id.id}
        first = self._new_book("Printer alarm", **values)
        second = self._new_book("Alarm mouse", **values)
        books = self.books.with_user(user)
        self.assertEqual(books._find_similar("alarm printer mouse"), second | first)
        for _n in range(30):
            self._new_book("Printer mouse alarm")
            self._new_book("mouse")
        self.assertEqual(books._find_similar("alarm printer mouse"), second | first)
        self.assertEqual(books._find_similar("alarm mousse"), second | first)

    def test_what_takes_too_long_is_given_up(self):
        book = self._new_book("Printer")
        slow = SQL("SELECT id FROM library_book, pg_sleep(9)")
        with (
            patch.object(word_search_similar, "FIND_TIME", 5),
            patch.object(type(self.index), "_get_few_selects", lambda *_: [(slow, 5)]),
        ):
            self.assertFalse(self.books._find_similar("printer") - book)
        # A domain that is slow to count is asked of what the index finds.
        with (
            patch.object(word_search_similar, "DOMAIN_TIME", 5),
            patch.object(type(self.index), "_get_few_selects", lambda *_: [(slow, 5)]),
        ):
            domain = [("id", "=", book.id)]
            self.assertEqual(self.books._find_similar("printer", domain=domain), book)
        with (
            patch.object(word_search_similar, "TIME", 5),
            patch.object(type(self.index), "_get_visible_select", lambda *_: slow),
        ):
            self.assertFalse(self.books._find_similar("printer"))
        self.assertEqual(self.books._find_similar("printer"), book)
