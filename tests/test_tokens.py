import json
from pathlib import Path

from odoo.tests import TransactionCase

from ..tools import tokens

CASES_FILE = Path(__file__).parents[1] / "static" / "tests" / "token_cases.js"
LINES = 2000


def read_constant(name):
    source = CASES_FILE.read_text(encoding="utf-8")
    text = source.split(f"export const {name} = ")[1]
    return json.loads(text[: text.index("];") + 1])


def generate_lines(pieces):
    """Yield arguments made of pieces; the twin of ``generateLines`` in the browser."""
    state = 1

    def draw(limit):
        nonlocal state
        state = (state * 1103515245 + 12345) % 2**31
        return (state >> 16) % limit

    for _line in range(LINES):
        yield " ".join(pieces[draw(len(pieces))] for _word in range(1 + draw(12)))


def get_digest(texts):
    digest = 0
    for byte in "".join(texts).encode("utf-16-le"):
        digest = (digest * 31 + byte) % 2**32
    return digest


class TestTokens(TransactionCase):
    """The server's half of the table that both sides must agree on."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.known = {(sign, word) for sign, ws in read_constant("KNOWN") for word in ws}

    def _read(self, argument):
        reading = tokens.read(argument, lambda token: token in self.known)
        return reading.title, [
            token.word if token.sign == "!" else "".join(token)
            for token in reading.tokens
        ]

    def test_cases(self):
        cases = read_constant("TOKEN_CASES")
        self.assertGreater(len(cases), 60)
        for case in cases:
            with self.subTest(argument=case["argument"]):
                self.assertEqual(
                    self._read(case["argument"]), (case["title"], case["tokens"])
                )

    def test_generated_lines_are_read_as_in_the_browser(self):
        readings = map(self._read, generate_lines(read_constant("PIECES")))
        texts = [f"{title}|{' '.join(words)}\n" for title, words in readings]
        self.assertGreater(sum(not text.endswith("|\n") for text in texts), LINES / 5)
        self.assertEqual(get_digest(texts), read_constant("DIGEST")[0])

    def test_signs_that_a_command_does_not_take_are_text(self):
        for argument, title in (
            ("Acme !! :promise", "Acme !!"),
            ("Acme \\!!", "Acme \\!!"),
            ("Acme #refund", "Acme #refund"),
            ("Acme \\:promise", "Acme :promise"),
        ):
            with self.subTest(argument=argument):
                reading = tokens.read(argument, self.known.__contains__, ":")
                self.assertEqual(reading.title, title)

    def test_names_are_typed_without_accents_and_blanks(self):
        for name, key in (
            ("Return label", "return-label"),
            ("  Anna  Smith ", "anna-smith"),
            ("Jürgen O'Neil", "jurgen-o-neil"),
            ("C++", "c"),
            ("👍", ""),
        ):
            with self.subTest(name=name):
                self.assertEqual(tokens.make_key(name), key)

    def test_hostile_arguments_take_no_longer_than_others(self):
        for text in ("! " * 10_000, "#" * 20_000, " " * 20_000, "\\!! " * 5_000):
            with self.subTest(text=text[:4]):
                tokens.read(text, lambda token: True)
