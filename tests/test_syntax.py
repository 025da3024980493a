import json
import time
from pathlib import Path

from odoo.tests import TransactionCase

from ..tools import slip, syntax
from .slips import generate_slips

STATIC = Path(__file__).parents[1] / "static"
CASES_FILE = STATIC / "tests" / "syntax_cases.js"
SLIP_FILE = STATIC / "src" / "core" / "web" / "command" / "slip.js"


def read_constant(file, name):
    """Return a constant of a JavaScript file that is plain JSON."""
    _before, _name, source = file.read_text("utf-8").partition(f"const {name} = ")
    return json.JSONDecoder().raw_decode(source)[0]


class TestSyntax(TransactionCase):
    """The server's half of the tables that both sides must agree on."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.names = set(read_constant(CASES_FILE, "SYNTAX_NAMES"))

    def test_cases(self):
        cases = read_constant(CASES_FILE, "SYNTAX_CASES")
        self.assertGreater(len(cases), 170)
        for case in cases:
            text = case["text"]
            with self.subTest(text=text):
                parsed = syntax.parse(text)
                self.assertEqual(
                    {"name": parsed.name, "argument": parsed.argument}
                    if parsed
                    else None,
                    case["parse"],
                )
                self.assertEqual(slip.is_slip(text, self.names), case["isSlip"])

    def test_signs_are_those_of_the_browser(self):
        self.assertEqual(slip.SIGNS, read_constant(SLIP_FILE, "SIGNS"))

    def test_shortcuts(self):
        shortcuts = read_constant(CASES_FILE, "SHORTCUTS")
        cases = read_constant(CASES_FILE, "SHORTCUT_CASES")
        self.assertGreater(len(cases), 30)
        for text, found in cases:
            with self.subTest(text=text):
                self.assertEqual(slip.find_shortcut(text, shortcuts), found)
                if found:
                    self.assertTrue(slip.is_slip(text, set(), shortcuts))

    def test_generated_slips(self):
        slips = generate_slips(sorted(self.names))
        self.assertGreaterEqual(len(slips), 300)
        for text in slips:
            with self.subTest(text=text):
                self.assertTrue(slip.is_slip(text, self.names))

    def test_nearest(self):
        for word, name in read_constant(CASES_FILE, "NEAREST_CASES"):
            with self.subTest(word=word):
                self.assertEqual(syntax.nearest(word, sorted(self.names)), name)

    def test_hostile_texts_cost_what_their_length_says(self):
        """Ten times the text takes about ten times as long, never a hundred."""
        shortcuts = read_constant(CASES_FILE, "SHORTCUTS")
        readers = {
            "is_slip": lambda text: slip.is_slip(text, self.names, shortcuts),
            "parse": syntax.parse,
            "clean": syntax.clean,
            "first_word": syntax.first_word,
            "nearest": lambda text: syntax.nearest(text, sorted(self.names)),
        }
        units = (" ", "\u200b", "/", ":", ":a", "a", "a ", ":a\u0301\u0316", "\ud800")
        for name, read in readers.items():
            for unit in units:
                for start in ("", "/", ":", "/a", ";a"):
                    with self.subTest(reader=name, unit=unit, start=start):
                        self._assert_linear(read, start, unit)

    def _assert_linear(self, read, start, unit):
        def measure(length):
            text = start + unit * (length // len(unit)) + "!"
            begin = time.perf_counter()
            read(text)
            return time.perf_counter() - begin

        small = min(measure(100_000) for _try in range(2))
        large = min(measure(1_000_000) for _try in range(2))
        # Ten times, and room for a busy machine; a hundred times would be quadratic.
        self.assertLess(large, max(40 * small, 1))
