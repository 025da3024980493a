import re
import time
from itertools import pairwise, product
from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.service.model import call_kw
from odoo.tests import new_test_user, tagged
from odoo.tools import SQL

from ..models import (
    word_search_find,
    word_search_index,
    word_search_ways,
    word_search_word,
)
from ..tools import terms as terms_of
from ..tools import words as words_of
from .common import WordSearchCase


@tagged("post_install", "-at_install")
class TestWordSearch(WordSearchCase):
    def test_order(self):
        """Whole words before beginnings before parts; the title, then the newest."""
        titles = [
            ("Striped animal", "A subzebra crossing."),
            ("Zebras", "Crossing."),
            ("Crosses", "A zebra crossing"),
            ("Crossing of a zebra", ""),
            ("Zebra crossings", ""),
            ("Zebra crossing at night", ""),
            ("Zebra crossing", ""),
            ("ZÉBRA crossing!", ""),
        ]
        books = [self._new_book(name, summary=text) for name, text in titles]
        expected = [books[n].id for n in (7, 6, 5, 4, 3, 2, 1, 0)]
        self.assertEqual(self._search("zebra crossing").ids, expected)

    def test_all_ways_of_finding_agree(self):
        """With low limits each search takes another way, to the same result."""
        titles = ["Zebra crossing", "Crossing zebra", "Zebra crossing by night", "Old"]
        for name in titles * 3:
            self._new_book(name, summary="zebra crossing <b>zebrafish</b>")
        for _n in range(9):
            self._new_book("Newer")
        texts = ("zebra crossing", "ebra", "zebraf", "zeb cro", "zebra absent", "night")
        expected = [self._search(text).ids for text in texts]
        self.assertEqual([len(ids) for ids in expected], [12, 12, 12, 12, 0, 3])
        ways = product([1, 10, 99], [1, 99], [1, 99], [0, 99], [-1, 1], [0, 999])
        for newest, few, some, dense, rare, many in ways:
            limits = {"NEWEST": newest, "NEWEST_BEGINNINGS": newest, "FEW": few}
            limits |= {"SOME": max(few, some), "DENSE": dense}
            with (
                self.subTest(limits=limits, rare=rare, many=many),
                patch.multiple(word_search_ways, **limits),
                patch.object(terms_of, "MOST", many),
                patch.multiple(word_search_find, RARE=rare, TITLES=many, CLOSE=few),
                patch.object(terms_of.Terms.are_some, "__defaults__", (many,)),
            ):
                found = [self._search(text)[:10].ids for text in texts]
                self.assertEqual(found, [ids[:10] for ids in expected])

    def test_what_looks_like_a_mark_of_the_index_is_text(self):
        """Titles, windows of ids and words of titles stand in the index with a mark."""
        self._new_book("Zebra crossing")
        marked = self._new_book("=zeb ^zeb %0% #zeb")
        for text in ("=zeb", "^zeb", "%0", "=ze", "^z", "%", "^", "#zeb"):
            self.assertEqual(self._search(text), marked, text)

    def test_what_looks_like_the_mark_of_a_window_hides_nothing(self):
        """A record is found in its own window alone, whatever its text says."""
        old = self._new_book("Crossing a zebra")
        sequence = SQL("pg_get_serial_sequence(%s, 'id')", self.books._table)
        self.env.execute_query(SQL("SELECT setval(%s, 140000)", sequence))
        for text in ("zebra crossing", "zebra crossing %0 #0"):
            self._new_book("Other", summary=text)
        with (
            patch.multiple(word_search_ways, FEW=-1, SOME=0),
            patch.object(word_search_find, "RARE", -1),
        ):
            found, _is_complete = self.books._search_words("zebra crossing", 1, 3)
        self.assertEqual(found[0], old)
        self.assertEqual(len(found), 3)

    def test_what_looks_like_the_mark_of_a_title_hides_nothing(self):
        old = self._new_book("Box of 20")
        for _n in range(12):
            self._new_book("Other", summary="=20 20")
        with (
            patch.multiple(word_search_ways, FEW=1, SOME=1),
            patch.multiple(word_search_find, RARE=-1, CLOSE=1, TITLES=-1),
        ):
            found, _is_complete = self.books._search_words("20", 10, 12)
        self.assertEqual(found[0], old)

    def test_a_part_of_what_looks_like_a_mark_is_text(self):
        self._new_book("Zebra crossing")
        book = self._new_book("Other", summary="^zebra_crossing$")
        self.assertEqual(self._search("bra_cro"), book)
        self.assertEqual(self.books.search([("word_search", "ilike", "bra_cro")]), book)

    def test_title_that_begins_so_goes_before_older_whole_words(self):
        for n in range(12):
            self._new_book(f"Printer {n}")
        newest = self._new_book("Printers offline")
        for few in (5, 99):
            with (
                self.subTest(few=few),
                patch.multiple(word_search_ways, FEW=few),
            ):
                found, _is_complete = self.books._search_words("printer", 10, 12)
                self.assertEqual(found[0], newest)

    def test_a_blank_is_no_underscore(self):
        self._new_book("Order ID missing")
        for text in ("order_id", "order_id missing", "order_id_missing"):
            self.assertFalse(self._search(text), text)
        book = self._new_book("order_id missing")
        for text in ("order_id", "order_id missing"):
            self.assertEqual(self._search(text), book, text)

    def test_nothing_typed_is_a_wildcard_inside_words(self):
        books = [self._new_book(name) for name in ("ze_bra", "ze%bra", "ze\\bra")]
        self._new_book("zexbra zebra")
        for book in books:
            self.assertEqual(self._search(book.name[1:-1]), book, book.name)

    def test_number(self):
        book = self._new_book(number="B/2024/0012")
        self._new_book("Another 12", number="B/2024/0112")
        for text in ("12", "#12", "B/2024/12", "2024/0012"):
            self.assertEqual(self._search(text)[:1], book, text)

    def test_a_model_without_number(self):
        book = self._new_book("Zebra 12", number="12")
        with patch.object(type(self.books), "_word_search_number", None):
            self.assertEqual(self._search("12"), book)
            self.assertFalse(self._search("#13"))

    def test_hostile_input(self):
        book = self._new_book("Zebra", number="9" * 20_000)
        self.assertEqual(self._search("9" * 20_000), book)
        for text in ("", "\x00", "'", "\\", "zebra:* | x", "%", "_" * 9, "\udcff"):
            self.assertFalse(self._search(text), text)

    def test_more_words_than_postgresql_can_index(self):
        text = " ".join(f"{n:050}" for n in range(30_000))
        book = self._new_book("Zebra", summary=text)
        self.assertEqual(self._search(f"zebra {'0' * 49}7"), book)

    def test_more_than_anybody_types(self):
        """The first 32 words count, everywhere; a hundred thousand cost no more."""
        book = self._new_book(" ".join(f"zebra{n}" for n in range(32)))
        text = " ".join(f"zebra{n}" for n in range(100_000))
        start = time.monotonic()
        self.assertEqual(self._search(text), book)
        self.assertEqual(self.books.search([("word_search", "ilike", text)]), book)
        self.assertEqual(self.books._suggest_words(text), [])
        self.assertFalse(self.books._find_similar("zebra " + text) - book)
        self.assertLess(time.monotonic() - start, 1)

    def test_words_are_searched_by_internal_users_alone(self):
        """Portal users may read books, and send any domain: thousands of words."""
        self._new_book("Zebra")
        reader = self._new_reader("[(1, '=', 1)]")
        portal = new_test_user(self.env, "portal", groups="base.group_portal")
        access = self.env["ir.model.access"].search([("name", "=", "Books")])
        access.copy({"group_id": self.env.ref("base.group_portal").id})
        domain = [("word_search", "in", ["zebra"])]
        self.assertEqual(self.books.with_user(reader).search_count(domain), 1)
        self.assertEqual(self.books.with_user(portal).search_count([]), 1)
        with self.assertRaises(AccessError):
            self.books.with_user(portal).search_count(domain)

    def test_time_that_does_not_suffice_is_said(self):
        book = self._new_book("Zebrafish")
        with patch.multiple(word_search_find, PARTS_TIME=1):
            slow = SQL("SELECT pg_sleep(9)")
            with patch.object(
                type(self.words),
                "_get_parts",
                lambda words, _parts: words.env.cr.execute(slow, log_exceptions=False),
            ):
                found = self.books._search_words("zebra", 10, 101)
        self.assertEqual(found, (book, False))

    def test_all_ways_share_the_time_for_parts(self):
        """A statement gets what those before it have left."""
        self._new_book("Zebrafish")
        execute, left = type(self.index)._execute, []

        def slow(index, query):
            if "max(id)" in query.code:
                return execute(index, query)
            index.env.cr.execute("SELECT current_setting('statement_timeout')")
            left.extend(re.findall(r"^(\d+)ms$", index.env.cr.fetchone()[0]))
            time.sleep(0.1)
            return execute(index, query)

        with (
            patch.multiple(word_search_find, PARTS_TIME=999),
            patch.multiple(word_search_ways, FEW=0),
            patch.object(type(self.index), "_execute", slow),
        ):
            self.assertTrue(self._search("ebrafis"))
        left = list(map(int, left))
        self.assertEqual(len(left), 2, left)
        for before, after in pairwise(left):
            self.assertLessEqual(after, before - 100, left)

    def test_views_find_the_same(self):
        book = self._new_book("Zebrafish swims", number="77")
        self._new_book("Giraffe")
        for text in ("ZEBRAF", "ebraf swi", "swims zebra", "77"):
            for operator in ("ilike", "="):
                domain = [("word_search", operator, text)]
                self.assertEqual(self.books.search(domain), book, text)

    def test_only_what_one_may_read(self):
        user = self._new_reader(
            "['|', ('author_id', '=', user.partner_id.id),"
            " ('name', '=', 'Zebra for all')]"
        )
        own = self._new_book("Zebra", author_id=user.partner_id.id)
        common = self._new_book("Zebra for all")
        self._new_book("Zebra of others")
        for rare, text in product((-1, 1), ("zebra", "zeb", "ebra")):
            with patch.object(word_search_find, "RARE", rare):
                found = self.books.with_user(user)._search_words(text, 10, 101)[0]
            self.assertEqual(set(found.ids), set((own | common).ids), (rare, text))

    def test_what_clients_may_call(self):
        """The field finds what they may read; nothing else is theirs to call."""
        user = self._new_reader("[('name', '!=', 'Secret zebra')]")
        book = self._new_book("Zebra")
        self._new_book("Secret zebra")
        books = self.books.with_user(user)
        for text in ("zebra", "zeb", "ebra", ["zebra", "secret"]):
            operator = "in" if isinstance(text, list) else "ilike"
            domain = [("word_search", operator, text)]
            found = call_kw(books, "search_read", [domain, ["name"]], {})
            self.assertEqual([each["id"] for each in found], book.ids, text)
        for name in ("_search_words", "_find_similar", "_suggest_words"):
            with self.subTest(name=name), self.assertRaises(AccessError):
                call_kw(books, name, ["zebra"], {})


@tagged("post_install", "-at_install")
class TestWordSearchIndex(WordSearchCase):
    def test_changes_are_found_at_once(self):
        book = self._new_book("Mouse")
        book.name = "Zebra"
        self.assertEqual(self._search("zebra"), book)
        self.assertFalse(self._search("mouse"))
        book.unlink()
        self.assertFalse(self._search("zebra"))

    def test_another_source_indexes_all_again(self):
        book = self._new_book("Mouse", number="Zebra")
        self.index._update_index()
        self.assertFalse(self._search("zebra"))
        with patch.object(type(self.books), "_word_search_texts", ("number",)):
            self.index._update_index()
            self.assertEqual(self._search("zebra"), book)
            book.number = "Giraffe"
            self.assertEqual(self._search("giraffe"), book)

    def test_what_would_not_be_found_is_refused(self):
        self.books._check_word_search()
        for name, value, sentence in (
            ("_word_search_index", None, "must name"),
            ("_word_search_index", "library.book", "must name"),
            ("_word_search_index", "no.such.model", "must name"),
            ("_word_search_texts", ("no_such_field",), "no column"),
            ("_word_search_texts", ("word_search",), "no column"),
            ("_word_search_texts", ("create_uid",), "no contact"),
            ("_word_search_title", "display_name", "no column"),
        ):
            with (
                self.subTest(name=name, value=value),
                patch.object(type(self.books), name, value),
                self.assertRaisesRegex(ValueError, sentence),
            ):
                self.books._check_word_search()
        for name, attribute, sentence in (
            ("name", "translate", "several values"),
            ("summary", "compute", "is computed"),
        ):
            with (
                self.subTest(attribute=attribute),
                patch.object(self.books._fields[name], attribute, True),
                self.assertRaisesRegex(ValueError, sentence),
            ):
                self.books._check_word_search()

    def test_every_part_of_a_record_is_found(self):
        author = self.env["res.partner"].create({"name": "Marie", "email": "m@x.com"})
        book = self._new_book(
            "Zebra", number="B/7", summary="<p>stripes</p>", author_id=author.id
        )
        for text in ("zebra", "7", "stripes", "marie", "m@x.com"):
            self.assertEqual(self._search(text), book, text)

    def test_other_words_index_all_again(self):
        book = self._new_book("Zebra")
        self.env.cr.execute("UPDATE library_book_search SET title = '', doc = ''")
        self.index._update_index()
        self.assertFalse(self._search("zebra"))
        with patch.object(words_of, "VERSION", words_of.VERSION + 1):
            self.index._update_index()
        self.assertEqual(self._search("zebra"), book)

    def test_another_definition_makes_the_index_anew(self):
        query = "SELECT 'library_book_search_lexemes_index'::regclass::oid"
        made = self.env.execute_query(SQL(query))
        self.index._update_index()
        self.assertEqual(self.env.execute_query(SQL(query)), made)
        other = SQL("array_to_tsvector(string_to_array(doc, ' '))")
        with patch.object(word_search_index, "LEXEMES", other):
            self.index._update_index()
        self.assertNotEqual(self.env.execute_query(SQL(query)), made)

    def test_records_loaded_by_sql_are_found_after_one_call(self):
        self.env.cr.execute("INSERT INTO library_book (name) VALUES ('Zebra')")
        self.assertFalse(self._search("zebra"))
        self.index._reindex_missing()
        self.assertEqual(self._search("zebra").name, "Zebra")


@tagged("post_install", "-at_install")
class TestWordSearchWord(WordSearchCase):
    def _sweep(self, days=0):
        """Sweep all words, as if some days had passed."""
        self.env.cr.execute(
            SQL(
                "UPDATE library_book_search_word"
                " SET unheld_since = unheld_since - interval '1 day' * %s",
                days,
            )
        )
        return sum(self.words._sweep(*ids) for ids in self.words._get_ranges())

    def test_words_of_removed_records_go_a_day_later(self):
        book = self._new_book("Zebra o'neill\\")
        kept = self._new_book("Giraffe")
        book.unlink()
        self.assertEqual(self._sweep(), 0)
        self.assertEqual(self._sweep(), 0)
        self.assertIn("zebra", self._get_indexed_words())
        self.assertEqual(self._sweep(days=2), 4)
        self.assertEqual(self._get_indexed_words(), {"giraffe"})
        self.assertEqual(self._search("gira"), kept)

    def test_a_word_that_comes_back_stays(self):
        """Whoever indexed it before it was marked, or after."""
        self._new_book("Zebra").unlink()
        self._sweep()
        with patch.object(type(self.words), "_add"):
            before = self._new_book("Zebra")
        self.assertEqual(self._sweep(days=2), 0)
        self.assertEqual(self._search("zeb"), before)
        before.unlink()
        self._sweep()
        after = self._new_book("Zebra")
        self._sweep(days=2)
        self.assertEqual(self._search("zeb"), after)

    def test_ranges_cover_all_words(self):
        self._new_book("one two three four five")
        with patch.object(word_search_word, "SWEPT", 2):
            ranges = self.words._get_ranges()
            self.assertGreater(len(ranges), 2)
            self._search("one").unlink()
            self._sweep()
            self.assertEqual(self._sweep(days=2), 5)
        self.assertEqual(self.words._get_ranges(), [])
