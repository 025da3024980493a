from unittest.mock import patch

from odoo.tests import tagged
from odoo.tools import SQL

from ..models import word_search_rights, word_search_suggest
from .common import WordSearchCase


@tagged("post_install", "-at_install")
class TestWordSearchSuggest(WordSearchCase):
    def test_the_whole_text_is_corrected(self):
        self._new_book("Printer broken")
        self._new_book("Printer jammed")
        self._new_book("Painter")
        self.assertEqual(self.books._suggest_words("prnter")[0], ("printer", 2))
        self.assertEqual(
            self.books._suggest_words("brokn printer"), [("broken printer", 1)]
        )
        for text in ("printer", "prin", "", "xyzzy", "printer xyzzy", "\x00", "%"):
            self.assertEqual(self.books._suggest_words(text), [], text)

    def test_it_finds_as_many_as_it_says(self):
        for name in ("Printer", "Printers", "A 3dprinter", "Zebra"):
            self._new_book(name)
        [(text, count)] = self.books._suggest_words("pritner", limit=1)
        self.assertEqual((text, count), ("printer", 3))
        self.assertEqual(len(self._search(text)), count)

    def test_slips(self):
        self._new_book("Connection")
        for text in (
            "conection",
            "xonnection",
            "ocnnection",
            "connectoin",
            "onnection",
        ):
            self.assertEqual(self.books._suggest_words(text), [("connection", 1)], text)

    def test_for_a_few_words_alone(self):
        """Each unknown word has up to three that are similar: 32 have 3**32 texts."""
        self._new_book("Printer printed prints")
        for count, is_suggested in ((3, True), (4, False), (32, False)):
            text = " ".join(f"print{chr(97 + n) * 3}" for n in range(count))
            self.assertEqual(bool(self.books._suggest_words(text)), is_suggested, count)

    def test_only_of_what_one_may_read(self):
        user = self._new_reader("[('name', '!=', 'Secret printer')]")
        self._new_book("Secret printer")
        books = self.books.with_user(user)
        self.assertEqual(books._suggest_words("prnter"), [])
        self._new_book("Printer")
        self.assertEqual(books._suggest_words("prnter"), [("printer", 1)])

    def test_of_very_much_text_the_newest_is_read(self):
        user = self._new_reader(
            "['|', ('author_id', '=', user.partner_id.id), ('name', '!=', 'Secret')]"
        )
        books = self.books.with_user(user)
        self._new_book("Printer", summary=" ".join(f"old{n}" for n in range(99)))
        self._new_book("Mouse")
        self.assertEqual(books._suggest_words("prnter"), [("printer", 1)])
        with patch.object(word_search_suggest, "READ_BYTES", 100):
            self.assertEqual(books._suggest_words("prnter"), [])
            self.assertEqual(books._suggest_words("muose"), [("mouse", 1)])

    def test_what_others_have_changes_nothing(self):
        """Neither nearer words of theirs, nor that what is typed is among them."""
        user = self._new_reader(
            "['|', ('author_id', '=', user.partner_id.id), ('name', '=', 'Common')]"
        )
        own = {"author_id": user.partner_id.id}
        self._new_book("Painters", **own)
        self._new_book("Common")
        books = self.books.with_user(user)
        expected = {
            text: books._suggest_words(text) for text in ("paintes", "pinters", "comon")
        }
        self.assertEqual(
            [*expected.values()],
            [[("painters", 1)], [("painters", 1)], [("common", 1)]],
        )
        for name in ("Paintes", "Pinters", "Paintest", "Paintex", "Paintez", "Comon"):
            self._new_book(name)
        for text, suggestions in expected.items():
            self.assertEqual(books._suggest_words(text), suggestions, text)

    def test_what_others_have_in_another_company_changes_nothing(self):
        """Also where a rule holds besides those that say what is one's own."""
        own = "('author_id', '=', user.partner_id.id)"
        for rules in (
            "[('name', 'not like', 'Secret')]",
            f"['&', ('name', 'not like', 'Secret'), '|', {own}, ('name', '=', 'x')]",
        ):
            with self.subTest(rules):
                user = self._new_reader(rules)
                author = {"author_id": user.partner_id.id}
                self._new_book("Painters", **author)
                books = self.books.with_user(user)
                self.assertEqual(books._suggest_words("paintes"), [("painters", 1)])
                for name in ("Secret paintes", "Secret paintesque", "Secret paint es"):
                    self._new_book(name, **author)
                    self.assertEqual(books._suggest_words("paintes"), [("painters", 1)])
                books.sudo().search([]).unlink()
                self.env["ir.rule"].search([("name", "=", "Books")]).unlink()
                user.login = f"former {user.id}"

    def test_what_others_have_is_unknown_to_who_may_read_much(self):
        user = self._new_reader("[('summary', '=', False)]")
        secret = {"summary": "secret"}
        self._new_book("Prnter zebar", **secret)
        self._new_book("Printer")
        self._new_book("Zebra printer")
        books = self.books.with_user(user)
        with patch.object(word_search_rights, "VISIBLE", 1):
            self.assertEqual(books._suggest_words("prnter"), [("printer", 2)])
            self.assertEqual(
                books._suggest_words("zebar printer"), [("zebra printer", 1)]
            )
            self.assertEqual(books._suggest_words("printer zebra"), [])

    def test_what_takes_too_long_is_given_up(self):
        self._new_book("Printer")
        user = self._new_reader(
            "['|', ('author_id', '=', user.partner_id.id), ('name', '!=', '')]"
        )
        slow = SQL("SELECT pg_sleep(9)")
        for books in (self.books, self.books.with_user(user)):
            with (
                patch.object(word_search_suggest, "TIME", 5),
                patch.object(
                    type(self.index),
                    "_suggest_any",
                    lambda each, *_: each._execute(slow),
                ),
                patch.object(
                    type(self.index),
                    "_suggest_own",
                    lambda each, *_: each._execute(slow),
                ),
            ):
                self.assertEqual(books._suggest_words("prnter"), [])
            self.assertEqual(books._suggest_words("prnter"), [("printer", 1)])
