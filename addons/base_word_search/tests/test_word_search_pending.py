from unittest.mock import patch

from odoo.tests import tagged

from ..models import word_search_pending
from .common import WordSearchCase


@tagged("post_install", "-at_install")
class TestWordSearchPending(WordSearchCase):
    def setUp(self):
        super().setUp()
        self.author = self.env["res.partner"].create({"name": "Marie"})
        self.pending = self.env["word.search.pending"]

    def _new_books(self, count, author):
        values = {"name": "Book", "author_id": author.id}
        return self.books.create([values] * count)

    def test_few_records_are_indexed_at_once(self):
        books = self._new_books(3, self.author)
        self.author.name = "Zoé"
        self.assertEqual(self._search("zoe"), books[::-1])
        self.author.email = "zoe@example.com"
        self.assertEqual(self._search("zoe@example.com"), books[::-1])
        self.assertFalse(self.pending.search([]))

    def test_many_records_are_indexed_in_the_background(self):
        books = self._new_books(5, self.author)
        job = self.env.ref("base_word_search.ir_cron_index_pending")
        triggers = self.env["ir.cron.trigger"].search_count
        with patch.multiple(word_search_pending, AT_ONCE=4, BATCH=2):
            before = triggers([("cron_id", "=", job.id)])
            self.author.name = "Zoé"
            self.assertFalse(self._search("zoe"))
            self.assertEqual(triggers([("cron_id", "=", job.id)]), before + 1)
            pending = self.pending.search([])
            done = [pending._index_batch() for _n in range(3)]
        self.assertEqual(done, [2, 2, 1])
        self.assertFalse(pending.exists())
        self.assertEqual(self._search("zoe"), books[::-1])

    def test_the_job_does_all(self):
        books = self._new_books(5, self.author)
        with (
            patch.multiple(word_search_pending, AT_ONCE=1, BATCH=2),
            patch.object(type(self.env["ir.cron"]), "_commit_progress") as progress,
        ):
            progress.return_value = 9
            self.author.name = "Zoé"
            self.author.name = "Zoé Martin"
            self.pending._index_pending()
        self.assertEqual(self._search("martin"), books[::-1])
        self.assertFalse(self.pending.search([]))

    def test_who_is_renamed_often_is_indexed_once(self):
        """Portal users rename themselves as often as they like."""
        books = self._new_books(5, self.author)
        other = self.env["res.partner"].create({"name": "Other"})
        self._new_books(5, other)
        with patch.multiple(word_search_pending, AT_ONCE=1, BATCH=3):
            for number in range(4):
                self.author.name = f"Name{number}"
            other.name = "Otto"
            first, *repeats, last = self.pending.search([], order="id")
            self.assertEqual(first._index_batch(), 3)
            self.assertFalse(any(each.exists() for each in repeats))
            self.assertTrue(last.exists())
            # It may have come too late for those that are indexed already.
            self.author.name = "Late"
            late = self.pending.search([], order="id")[-1]
            self.assertEqual(first._index_batch(), 2)
            self.assertTrue(late.exists())
            self.assertEqual([late._index_batch(), late._index_batch()], [3, 2])
        self.assertEqual(self._search("late"), books[::-1])

    def test_removed_contacts(self):
        books = self._new_books(3, self.author)
        self.author.unlink()
        self.assertFalse(self._search("marie"))
        self.assertEqual(self._search("book"), books[::-1])

    def test_records_of_a_removed_contact_are_indexed_in_the_background(self):
        books = self._new_books(5, self.author)
        indexes = type(self.index)
        with patch.multiple(word_search_pending, AT_ONCE=4, BATCH=2):
            with patch.object(indexes, "_reindex", side_effect=AssertionError):
                self.author.unlink()
            pending = self.pending.search([], order="id")
            self.assertEqual(self._search("marie"), books[::-1])
            books[:2].unlink()
            done = [each._index_batch() for each in pending]
        self.assertEqual(done, [0, 2, 1])
        self.assertFalse(pending.exists())
        self.assertFalse(self._search("marie"))
        self.assertEqual(self._search("book"), books[:1:-1])

    def test_merged_contacts(self):
        other = self.env["res.partner"].create({"name": "Zoé", "email": "z@x.com"})
        book = self._new_books(1, self.author)
        merge = self.env["base.partner.merge.automatic.wizard"]
        merge._merge((self.author | other).ids, other)
        self.assertEqual(self._search("zoe z@x.com"), book)
        self.assertFalse(self._search("marie"))

    def test_links_alone_changed_by_the_merge(self):
        """Whatever else the merge writes: the book has another author."""
        other = self.env["res.partner"].create({"name": "Zoé"})
        book = self._new_books(1, self.author)
        merge = self.env["base.partner.merge.automatic.wizard"]
        merge._update_foreign_keys(self.author, other)
        self.assertEqual(self._search("zoe"), book)
        self.assertFalse(self._search("marie"))
