import inspect
import re
import time
from pathlib import Path

from odoo.tests import BaseCase

from ..tools import likeness, terms, words


class TestWords(BaseCase):
    def test_words(self):
        cases = {
            "The mouse, the MOUSE!": ["the", "mouse"],
            "Zoé Œuvre ﬁn": ["zoe", "œuvre", "fin"],
            "Ёлка שָׁלוֹם Zoé": ["елка", "שלום", "zoe"],
            "100% c++ a_b it's": ["100%", "c++", "a_b", "it's"],
            "« bonjour » (“hi”)": ["bonjour", "hi"],
            'a\x00b \t\n "" ...': ["a", "b"],
            "x" * 150: ["x" * 100, "x" * 50],
            "": [],
        }
        for text, expected in cases.items():
            with self.subTest(text=text):
                self.assertEqual(words.get_words(text), expected)

    def test_compound_words_are_indexed_with_their_parts(self):
        self.assertEqual(
            words.get_indexed_words(["Write to anna@example.com", "anna"]),
            [
                "write",
                "to",
                "anna@example.com",
                "anna",
                "example.com",
                "example",
                "com",
            ],
        )

    def test_line_keeps_repeated_words(self):
        self.assertEqual(words.get_line("The End: the end."), "the end the end")

    def test_tags_separate_words(self):
        text = words.strip_tags("<p>one<br>two</p><b class='x'>R&amp;D</b>")
        self.assertEqual(text.split(), ["one", "two", "R&D"])

    def test_digits(self):
        cases = {"HT00012": "12", "HT/2024/0012": "12", "12-A": "12", "abc": ""}
        for number, expected in cases.items():
            with self.subTest(number=number):
                self.assertEqual(words.get_digits(number), expected)

    def test_more_digits_than_postgresql_can_index(self):
        self.assertEqual(words.get_digits("9" * 19_000), "9" * words.DIGITS)

    def test_typed_numbers(self):
        cases = {
            "12": ("12", ""),
            "#012": ("12", ""),
            "HT/2024/0012": ("12", "ht/2024/"),
            "iphone 12": None,
            "12a": None,
            "": None,
        }
        for text, expected in cases.items():
            with self.subTest(text=text):
                self.assertEqual(terms.parse_number(text), expected)

    def test_index_is_asked_for_what_leaves_few(self):
        """And not for a word that most records hold."""
        cases = (
            ({"a": 0.1, "b": 0.9}, ["a", "b"]),
            ({"a": 0.001, "b": 0.9}, ["a"]),
            ({"a": 0.001, "b": 0.1, "c": 0.01}, ["a", "c"]),
        )
        for shares, expected in cases:
            with self.subTest(shares=shares):
                self.assertEqual(terms.get_rarest(shares), expected)

    def test_signs_that_stand_for_phrases(self):
        """One is eighteen letters long without its compatibility."""
        self.assertEqual(len(words.get_words("ﷺ")), 4)
        self.assertLess(len(words.fold("ﷺ" * 1_000_000)), 5_000_000)
        for text in ("각" * 1_000_000, "ệ" * 1_000_000):
            self.assertEqual(words.fold(text)[-3:], words.fold(text[-1:] * 3)[-3:])
            self.assertEqual(
                len(words.fold(text)), 1_000_000 * len(words.fold(text[0]))
            )

    def test_text_is_indexed_as_far_as_postgresql_takes_it(self):
        found = words.get_indexed_words([" ".join(map(str, range(200_000)))])
        self.assertLessEqual(len(" ".join(found).encode()), words.INDEXED_BYTES)
        self.assertEqual(found[:2], ["0", "1"])

    def test_what_is_beyond_any_text_is_not_looked_at(self):
        text = "the same " * 1_000_000
        found = words.get_indexed_words([text + "end"])
        self.assertEqual(found[:2], ["the", "same"])
        self.assertNotIn("end", found)
        markup = "<p>the same</p>" * 1_000_000
        self.assertLess(len(words.strip_tags(markup)), 2 * words.INDEXED_LENGTH)


class TestWordsAreLinear(BaseCase):
    """Twice the text takes about twice the time, whatever it is made of."""

    HOSTILE = (
        "<",
        "<a",
        "9",
        "9a",
        "a",
        "a@",
        ".",
        "é",
        " ",
        "#9",
        "&",
        "&#",
        "a ",
        "ﷺ",
        "각",
    )
    # What these get are words already, few and short ones.
    OF_WORDS = frozenset(
        [
            "lexeme",
            "any_of",
            "match_all",
            "are_marked",
            "get_rarest",
            "get_nearness",
            "get_slips",
            "is_forgiven",
        ]
        + ["find_near", "find_near_in", "select_near", "sort_near"]
    )
    READERS = {
        "get_words": words.get_words,
        "get_typed_words": words.get_typed_words,
        "get_indexed_words": lambda text: words.get_indexed_words([text]),
        "get_line": words.get_line,
        "strip_tags": words.strip_tags,
        "get_digits": words.get_digits,
        "fold": words.fold,
        "parse_number": terms.parse_number,
        "split_title": likeness.split_title,
    }

    def test_time(self):
        for name, read in self.READERS.items():
            for piece in self.HOSTILE:
                with self.subTest(name=name, piece=piece):
                    text = piece * (1_000_000 // len(piece))
                    start = time.process_time()
                    read(text + "\n!")
                    # Quadratic ones take minutes.
                    self.assertLess(time.process_time() - start, 5)

    def test_every_function_is_tried(self):
        """A new function that reads text needs a row here."""
        names = {
            name
            for module in (words, terms, likeness)
            for name, function in inspect.getmembers(module, inspect.isfunction)
            if function.__module__ == module.__name__ and not name.startswith("_")
        }
        self.assertEqual(names - self.OF_WORDS, self.READERS.keys())

    def test_no_model_has_expressions_of_its_own(self):
        models = Path(words.__file__).parent.parent / "models"
        for path in models.glob("*.py"):
            self.assertFalse(re.findall(r"\bre\.", path.read_text()), path)
