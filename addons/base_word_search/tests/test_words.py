from odoo.tests import BaseCase

from ..tools import words


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
