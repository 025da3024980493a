import time
from itertools import product

from odoo.tests import BaseCase

from ..tools import likeness
from ..tools.likeness import Likeness
from ..tools.meanings import MEANINGS
from ..tools.words import get_line


class TestLikeness(BaseCase):
    def test_no_word_has_two_meanings(self):
        """Two things would be alike, and so would all that is like one of them."""
        for word, others in MEANINGS.items():
            for other in others:
                self.assertEqual({word, *others}, {other, *MEANINGS[other]})

    def test_nearness(self):
        near = {
            ("printer", "printer"),
            ("printer", "prnter"),
            ("printer", "pritner"),
            ("printer", "brinter"),
            ("printer", "printers"),
            ("print", "printer"),
            ("password", "passwort"),
            ("connection", "connexion"),
            ("mouse", "mosue"),
        }
        far = {
            ("printer", "painting"),
            ("hp4100", "hp4200"),
            ("12345", "12346"),
            ("cat", "car"),
            ("printer", ""),
            ("mail", "invoice"),
        }
        for pairs, is_near in ((near, True), (far, False)):
            for one, other in pairs:
                with self.subTest(one=one, other=other):
                    found = likeness.get_nearness(one, other)
                    self.assertEqual(found, likeness.get_nearness(other, one))
                    self.assertEqual(found >= likeness.NEAR, is_near, found)
                    self.assertLessEqual(found, 1)

    def test_slips_reach_every_neighbour(self):
        """By one slip at its beginning, or among the words that begin the same."""
        for word, typed in (
            ("printer", "rprinter"),
            ("printer", "rinter"),
            ("printer", "pirnter"),
            ("printer", "prnter"),
            ("printer", "orinter"),
            ("printer", "printr"),
            ("елка", "ылка"),
        ):
            found = likeness.find_near([typed], {word, "zebra"})
            self.assertEqual(set(found[typed]), {word}, typed)

    def test_split_title(self):
        self.assertEqual(likeness.split_title(""), ([], ""))
        self.assertEqual(likeness.split_title("ab"), ([], ""))
        self.assertEqual(likeness.split_title("a b"), ([], ""))
        self.assertEqual(likeness.split_title("abc"), (["abc"], "abc"))
        words, last = likeness.split_title("The PRINTER is on é")
        self.assertEqual((set(words), last), ({"the", "printer", "is", "on"}, ""))
        words, _last = likeness.split_title(" ".join(f"w{n}" for n in range(100)))
        self.assertEqual(len(words), likeness.TYPED_WORDS)
        for text in ("\x00" * 9, "\udcff" * 9, "ﷺ" * 250, "x" * 100_000):
            likeness.split_title(text)

    def _rank(self, title, titles, **kwargs):
        words, last = likeness.split_title(title)
        found = Likeness(words, last, **kwargs).rank([*enumerate(titles)])
        return [titles[each] for each in found]

    def test_best_first(self):
        titles = [
            "zebra",
            "printer",
            "mouse broken",
            "printers broken since monday",
            "broken printer",
            "printer broken",
        ]
        self.assertEqual(
            self._rank("broken printer", titles),
            [*titles[:3:-1], titles[3], "printer", "mouse broken"],
        )

    def test_other_words_for_the_same(self):
        """The same words before others that mean the same, before nothing."""
        titles = ["zebra", "drucker defekt", "printer broken"]
        self.assertEqual(self._rank("broken printer", titles), titles[:0:-1])
        for word, others in MEANINGS.items():
            self.assertEqual([word], get_line(word).split())
            self.assertNotIn(word, others)
            self.assertTrue(all(word in MEANINGS[other] for other in others), word)

    def test_rare_words_weigh_more(self):
        titles = ["printer jam", *["printer works"] * 5, "door jam"]
        self.assertEqual(
            self._rank("jam printer", titles)[:2], ["printer jam", titles[-1]]
        )

    def test_words_that_say_nothing_do_not_suffice(self):
        titles = ["the printer", "the mouse"]
        stops = frozenset(["the"])
        self.assertEqual(self._rank("the zebra", titles, stops=stops), [])
        self.assertEqual(self._rank("the mouse", titles, stops=stops), ["the mouse"])
        many = [f"printer {n:04}" for n in range(200)]
        self.assertEqual(self._rank("printer absent", many), [])
        self.assertEqual(self._rank("printer 0007", many), ["printer 0007"])

    def test_the_last_word_may_be_begun(self):
        self.assertEqual(self._rank("broken scr", ["screen", "scooter"]), ["screen"])
        self.assertEqual(self._rank("scr broken", ["screen", "scooter"]), [])

    def test_made_up_titles_cost_little(self):
        """Portal users may write thousands, of words that begin as a typed one does."""
        letters = "abcdefghij"
        made_up = [f"pri{''.join(each)}" for each in product(letters, repeat=5)]
        titles = [" ".join(made_up[n : n + 25]) for n in range(0, 100_000, 25)]
        titles += ["printer broken"]
        typed = ["printer", *made_up[:15]]
        start = time.process_time()
        found = Likeness(typed, "printer").rank(list(enumerate(titles)))
        # To compare all takes half a minute.
        self.assertLess(time.process_time() - start, 5)
        self.assertIn(0, found)
        near = likeness.find_near(typed, {*made_up, "printer", "printers"})
        self.assertIn("printers", near["printer"])
