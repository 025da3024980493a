from time import perf_counter

from odoo.tests import BaseCase

from ..tools.title import find_title

# What a visitor wrote, message by message, and the title that is offered.
TITLES = (
    (["Hi! Do you ship to Norway?"], "Do you ship to Norway?"),
    (["Hi", "Do you ship to Norway?"], "Do you ship to Norway?"),
    (["My mouse is broken. It does not click."], "My mouse is broken"),
    (
        ["Hello, my new printer prints blank pages."],
        "My new printer prints blank pages",
    ),
    (["Hello Anna, my printer is broken!"], "My printer is broken"),
    (["Dear Ms. Smith,\nthe parcel is lost"], "the parcel is lost"),
    (["Good morning! Quick question. Where is my order?"], "Where is my order?"),
    (["Hi there - where is my order"], "Where is my order"),
    (["Bonjour !", "Ma facture est fausse."], "Ma facture est fausse"),
    (["Bonjour à tous, ma facture est fausse."], "Ma facture est fausse"),
    (["¡Hola! ¿Envían a Noruega también?"], "¿Envían a Noruega también?"),
    (["Hola, buenas tardes. Mi pedido no llegó."], "Mi pedido no llegó"),
    (["Sehr geehrte Damen und Herren,\nmein Paket fehlt."], "mein Paket fehlt"),
    (["Grüß Gott, wo ist mein Paket?"], "Wo ist mein Paket?"),
    (["Guten Tag Frau Weber, wo ist mein Paket?"], "Wo ist mein Paket?"),
    # More than a greeting, though short.
    (["Hello", "Refund please."], "Refund please"),
    (["It costs 3.50 euros. Why?"], "It costs 3.50 euros"),
    (["Hiking boots in 42 are missing"], "Hiking boots in 42 are missing"),
    (["Hello printer, hello world is all it prints"], None),
    (["配送はいつですか？"], "配送はいつですか？"),
    (["Hi!", "hello", "Hey Anna!"], ""),
    (["", "   \n ", "…"], ""),
    ([], ""),
)


class TestTitle(BaseCase):
    def test_titles(self):
        for texts, title in TITLES:
            with self.subTest(texts=texts):
                found = find_title(texts)
                self.assertEqual(
                    found,
                    "Printer, hello world is all it prints" if title is None else title,
                )

    def test_a_long_one_ends_with_a_word(self):
        title = find_title(["word " * 40])
        self.assertLessEqual(len(title), 60)
        self.assertTrue(title.endswith("word"))
        self.assertEqual(len(find_title(["x" * 500])), 60)

    def test_a_flood_takes_no_time(self):
        start = perf_counter()
        for flood in ("hi " * 2000, "Hi Anna! " * 700, ". " * 3000, "a" * 4000):
            find_title([flood])
        self.assertLess(perf_counter() - start, 2)
