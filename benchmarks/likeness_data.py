"""Titles as customers write them, and the same matter told once more.

Made from ``titles.txt``, without a look at how look-alikes are found.
"""

import random
import re
from dataclasses import dataclass
from pathlib import Path

LANGS = ("en", "fr", "de", "es")
WEIGHTS = (4, 2, 2, 2)
# How a double differs from the title that is there.
TYPING, WORDS, ORDER, LANGUAGE = (
    "typing errors",
    "other words",
    "other order",
    "another language",
)
KINDS = (TYPING, WORDS, ORDER, LANGUAGE)

BRANDS = (
    *("Aurora", "Bruma", "Cobalt", "Delfin", "Elara", "Fargo", "Gavia", "Helix"),
    *("Indra", "Jasper", "Kestrel", "Lumen", "Mistral", "Nimbus", "Orion", "Pavo"),
    *("Quasar", "Rocket", "Silva", "Tundra", "Umbra", "Vega", "Wolf", "Zephyr"),
)
NAMES = (
    *("Marie Dupont", "Lukas Weber", "Anna Smith", "Carlos Ruiz", "Sophie Martin"),
    *("Jonas Becker", "Emily Clark", "Lucía Gómez", "Paul Lefèvre", "Mia Schäfer"),
    *("Tom Walker", "Elena Torres", "Hugo Bernard", "Lea Krüger", "Olivia Green"),
    *("Pablo Díaz", "Chloé Moreau", "Felix Wagner", "Grace Hall", "Sara Navarro"),
)
PLACES = (
    *("Lyon", "Hamburg", "Leeds", "Sevilla", "Nantes", "Dresden", "Bristol", "Bilbao"),
    *("Lille", "Kassel", "Oxford", "Murcia", "Rennes", "Bremen", "Derby", "Granada"),
    *("Dijon", "Mainz", "Cardiff", "Toledo", "Tours", "Erfurt", "Dundee", "Burgos"),
)
MONTHS = {
    "en": ("January", "March", "May", "June", "August", "October", "December"),
    "fr": ("janvier", "mars", "mai", "juin", "août", "octobre", "décembre"),
    "de": ("Januar", "März", "Mai", "Juni", "August", "Oktober", "Dezember"),
    "es": ("enero", "marzo", "mayo", "junio", "agosto", "octubre", "diciembre"),
}
# What people put before the matter itself; mostly nothing.
OPENINGS = {
    "en": ("Urgent: ", "Hello, ", "Problem - ", "Again: "),
    "fr": ("Urgent : ", "Bonjour, ", "Problème - ", "Relance : "),
    "de": ("Dringend: ", "Hallo, ", "Problem - ", "Nochmals: "),
    "es": ("Urgente: ", "Hola, ", "Problema - ", "Otra vez: "),
}
NEIGHBOURS = dict(
    zip(
        "qwertyuiopasdfghjklzxcvbnm",
        "wertyuiopoertyuiokloxcvbnn",
        strict=True,
    )
)


@dataclass
class Incident:
    """What a customer writes about, and the title of the first ticket on it."""

    matter: dict[str, list[str]]
    details: dict[str, int]
    lang: str
    way: int
    title: str = ""


class Titles:
    """Makes titles, and doubles of them."""

    def __init__(self, seed=5):
        self.chance = random.Random(seed)
        self.matters = _read_matters()

    def make_incident(self):
        lang = self.chance.choices(LANGS, WEIGHTS)[0]
        matter = self.chance.choice(self.matters)
        way = self.chance.randrange(len(matter[lang]))
        number = self.chance.randrange
        details = {
            "order": number(10_000, 99_999),
            "invoice": number(100, 9_999),
            "amount": number(900, 99_999),
            "code": number(100, 999),
            "version": number(10, 99),
            "brand": number(len(BRANDS)),
            "model": number(10, 99),
            "name": number(len(NAMES)),
            "place": number(len(PLACES)),
            "month": number(len(MONTHS["en"])),
        }
        incident = Incident(matter, details, lang, way)
        incident.title = self._tell(incident, lang, way)
        return incident

    def make_double(self, incident, kind):
        """Return another title for the same incident."""
        lang, way = incident.lang, incident.way
        if kind == WORDS:
            ways = [n for n in range(len(incident.matter[lang])) if n != way]
            return self._tell(incident, lang, self.chance.choice(ways))
        if kind == LANGUAGE:
            lang = self.chance.choice([each for each in LANGS if each != lang])
            way = self.chance.randrange(len(incident.matter[lang]))
            return self._tell(incident, lang, way)
        title = self._tell(incident, lang, way)
        return self.mistype(title) if kind == TYPING else self._reorder(title)

    def _tell(self, incident, lang, way):
        details = incident.details
        order = str(details["order"])
        title = incident.matter[lang][way].format(
            order=self.chance.choice([order, f"#{order}", f"SO{order}"]),
            invoice=f"INV/2026/{details['invoice']:05}",
            amount=f"{details['amount'] / 100:.2f}",
            code=f"E{details['code']}",
            version=f"{details['version'] // 10}.{details['version'] % 10}",
            product=f"{BRANDS[details['brand']]} {10 * details['model']}",
            name=NAMES[details["name"]],
            place=PLACES[details["place"]],
            month=MONTHS[lang][details["month"]],
        )
        if self.chance.random() < 0.2:
            title = self.chance.choice(OPENINGS[lang]) + title
        return title.lower() if self.chance.random() < 0.25 else title

    def _reorder(self, title):
        """Begin with what another customer says last."""
        words = title.split(" ")
        at = self.chance.randrange(1, max(len(words) - 1, 2))
        return " ".join(words[at:] + words[:at])

    def mistype(self, title):
        """Spoil one word or two, as fast fingers do."""
        words = title.split(" ")
        long = [n for n, word in enumerate(words) if re.fullmatch(r"[^\W\d]{4,}", word)]
        for n in self.chance.sample(long, min(self.chance.choice((1, 2)), len(long))):
            words[n] = self._spoil(words[n])
        return " ".join(words)

    def _spoil(self, word):
        at = self.chance.randrange(1, len(word) - 1)
        before, letter, after = word[:at], word[at], word[at + 1 :]
        return self.chance.choice(
            (
                before + after,
                before + letter + letter + after,
                before + after[0] + letter + after[1:],
                before + NEIGHBOURS.get(letter, "e") + after,
            )
        )


def _read_matters():
    """Return ``{lang: ways to tell}`` of each matter."""
    text = (Path(__file__).parent / "titles.txt").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    paragraphs = "\n".join(lines).strip().split("\n\n")
    return [
        dict(_read_line(line) for line in paragraph.splitlines())
        for paragraph in paragraphs
    ]


def _read_line(line):
    lang, _separator, ways = line.partition(": ")
    return lang, ways.split(" | ")
