import json
from pathlib import Path

from odoo.tests import TransactionCase

from ..tools import syntax
from .slips import generate_slips

CASES_FILE = Path(__file__).parents[1] / "static" / "tests" / "syntax_cases.js"
SYNTAX_NAMES = {
    "end",
    "help",
    "helpdesk",
    "helpdesk_search",
    "history",
    "lead",
    "leave",
    "note",
    "search_tickets",
    "ticket",
}


def read_cases():
    source = CASES_FILE.read_text(encoding="utf-8")
    return json.loads(source[source.index("[") : source.rindex("]") + 1])


class TestSyntax(TransactionCase):
    """The server's half of the table that both sides must agree on."""

    def test_cases(self):
        cases = read_cases()
        self.assertGreater(len(cases), 90)
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
                self.assertEqual(syntax.is_slip(text, SYNTAX_NAMES), case["isSlip"])

    def test_generated_slips(self):
        slips = generate_slips(sorted(SYNTAX_NAMES))
        self.assertGreaterEqual(len(slips), 300)
        for slip in slips:
            with self.subTest(slip=slip):
                self.assertTrue(syntax.is_slip(slip, SYNTAX_NAMES))

    def test_nearest_is_found_for_slips_of_a_finger(self):
        for word, name in (
            ("helpdsk", "helpdesk"),
            ("hepldesk", "helpdesk"),
            ("tiket", "ticket"),
            ("histroy", "history"),
            ("laed", "lead"),
            ("xyzzy", None),
        ):
            with self.subTest(word=word):
                self.assertEqual(syntax.nearest(word, sorted(SYNTAX_NAMES)), name)
