import json
import time

from odoo.tests import BaseCase
from odoo.tools.misc import file_open

from ..tools import placeholders

CASES_FILE = "livechat_command/static/tests/canned_responses/placeholder_cases.js"
VALUES = {
    "visitor.first_name": "Marie",
    "visitor.email": "",
    "trap": "{{?pin}} $& $1 <b>",
}
LABELS = {"visitor.email": "visitor's e-mail"}
SIZE = 256 * 1024
# A beginning, and what follows it up to 1 MB.
HOSTILE = (
    ("", "{{"),
    ("", "}}"),
    ("{{", "a"),
    ("{{", "|"),
    ("{{a|", " "),
    ("", "{{a"),
    ("", "{{?a}}"),
    ("", "{{a|b}}"),
    ("", "⟦"),
    ("{{?", "⟦"),
    ("", "@"),
    ("", "@a"),
    ("", "@a."),
    ("@", "a"),
    ("@a", ".a"),
    ("@", "a-"),
    ("@a.", "-"),
    ("", " "),
    ("", "/"),
    ("", "\u202e"),
)


class TestPlaceholders(BaseCase):
    def test_render(self):
        with file_open(CASES_FILE) as file:
            table = file.read().split("/* JSON */")[1].strip().rstrip(";")
        cases = json.loads(table)
        self.assertGreater(len(cases), 20)
        for case in cases:
            with self.subTest(case["text"]):
                self.assertEqual(
                    placeholders.render(case["text"], VALUES, LABELS), case["rendered"]
                )

    def test_clean_value(self):
        for value, cleaned in [
            ("Marie Dupont", "Marie Dupont"),
            ("  Marie\n\tDupont ", "Marie Dupont"),
            (None, ""),
            (12, "12"),
            ("/leave", "leave"),
            ("//leave", "leave"),
            (":helpdesk", "helpdesk"),
            ("{{visitor.email}}", "visitor.email"),
            ("⟦pin⟧", "pin"),
            ("@everyone", "everyone"),
            ("me@everyone", "meeveryone"),
            ("marie@example.com", "marie@example.com"),
            ("a\x00b\u202ec\u2066d", "a b c d"),
            ("<script>alert(1)</script>", "<script>alert(1)</script>"),
            ("محمد", "محمد"),
            ("x" * 300, "x" * placeholders.VALUE_LENGTH),
        ]:
            with self.subTest(value):
                self.assertEqual(placeholders.clean_value(value), cleaned)

    def test_find_unknown(self):
        names = {"visitor.name", "date"}
        for text, unknown in [
            ("Hello", None),
            (None, None),
            ("{{visitor.name}} {{ date | - }} {{?order number}}", None),
            ("{{visitor.nam}}", "{{visitor.nam}}"),
            ("{{date}} {{object.env}}", "{{object.env}}"),
            ("{{}}", "{{}}"),
            ("{{?}}", "{{?}}"),
            ("{{ 1 + 1 }}", "{{ 1 + 1 }}"),
            ("{ {nothing} }", None),
        ]:
            with self.subTest(text):
                self.assertEqual(placeholders.find_unknown(text, names), unknown)

    def test_time_grows_with_the_text_alone(self):
        """Four times the text takes about four times as long, whatever is in it."""
        functions = (
            placeholders.clean_value,
            placeholders.find_names,
            lambda text: placeholders.find_unknown(text, {"date"}),
            lambda text: placeholders.render(text, VALUES, LABELS),
        )
        for part in HOSTILE:
            for index, function in enumerate(functions):
                with self.subTest(part, function=index):
                    short, long = (
                        self._measure(function, part, size) for size in (SIZE, 4 * SIZE)
                    )
                    self.assertLess(long, max(12 * short, 0.5))

    def _measure(self, function, part, size):
        text = part[0] + part[1] * (size // len(part[1]))
        times = []
        for _i in range(3):
            start = time.thread_time()
            function(text)
            times.append(time.thread_time() - start)
        return min(times)
