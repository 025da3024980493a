from odoo.tests import BaseCase

from ..tools.shown import LENGTH, as_label

LABELS = (
    ("Marie Dupont", "Marie Dupont"),
    ("Marie · Closed", "Marie - Closed"),
    ("· · ·", "- - -"),
    ("Marie\u3000·\nClosed", "Marie - Closed"),
    ("col·lecció", "col·lecció"),
    (" Marie\t\x00Dupont\r\n", "Marie Dupont"),
    ("Marie \u202etnoPuD", "Marie tnoPuD"),
    ("\udcff", ""),
    (None, ""),
    ("x" * LENGTH, "x" * LENGTH),
    ("x" * 100_000, "x" * (LENGTH - 1) + "…"),
    (" " * 100_000 + "x", ""),
)


class TestShown(BaseCase):
    def test_label_is_one_line_that_looks_like_nothing_else(self):
        for text, label in LABELS:
            with self.subTest(text=text[:40] if text else text):
                self.assertEqual(as_label(text), label)
