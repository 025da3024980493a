"""What is looked for, as PostgreSQL is asked for it."""

import math
import re
from dataclasses import dataclass

from odoo.tools import SQL
from odoo.tools.sql import escape_psql

from . import words as words_of

TITLE_LENGTH = 250  # characters of a title that are indexed as one word
INDEXED_WORDS = 4  # typed words that the index is asked for; the others only filter
# Shares of the records: what it is faster to look through than to ask for, and what
# not to narrow by a word that most of them hold.
FEW_ENOUGH, RATHER_FEW, MOST = 0.0005, 0.003, 0.5
RATHER_MANY = 5_000  # records that are expected, up to which all are asked for

# What the index holds for a record: its words, the words of its title marked by "=",
# its whole title as "^like_this$", and the windows of ids it is in, by which the newest
# matches are found without looking at all: "#" one of 16,384 ids, "%" one of 131,072.
LEXEMES = SQL(
    """array_to_tsvector(
        string_to_array(doc, ' ')
        || string_to_array('=' || replace(title, ' ', ' ='), ' ')
        || ARRAY['^' || replace(title, ' ', '_') || '$',
                 '#' || (id >> 14)::text, '%%' || (id >> 17)::text]
    )"""
)
WINDOW, WIDE_WINDOW = ("#", 14), ("%", 17)
MARKS = "=^#%"

# The order of what is found, the closest first; within each the most recent first.
TITLE_EQUAL, TITLE_BEGINS, TITLE_WORDS, WORDS, BEGINNINGS, PARTS = range(6)

# A number is typed with or without "#", and with or without what is before it.
_NUMBER = re.compile(r"#?(?P<prefix>(?:\S*[^\d\s])?)\d+")


def lexeme(text, is_beginning=False):
    """Return ``text`` as one quoted operand of a tsquery."""
    quoted = text.replace("\\", "\\\\").replace("'", "''")
    return f"'{quoted}'{':*' if is_beginning else ''}"


def parse_number(text):
    """Return the digits of a typed number and what stands before them, or None.

    ``12``, ``#12`` and ``HT0012`` are numbers, ``iphone 12`` is none.
    """
    text = words_of.fold(text[: 4 * words_of.DIGITS]).strip()
    match = _NUMBER.fullmatch(text)
    return match and (words_of.get_digits(text), match["prefix"])


@dataclass(frozen=True, slots=True)
class Terms:
    """The typed words, and the words of the index that begin with them.

    Those that begin too many are not in ``beginnings``. ``shares`` is how many of the
    records probably hold each word, and ``shares_of_beginnings`` each of those
    beginnings. ``newest`` is the highest id, so there are hardly more records.
    """

    words: list[str]
    line: str
    beginnings: dict[str, list[str]]
    shares: dict[str, float]
    shares_of_beginnings: dict[str, float]
    newest: int

    @property
    def are_nowhere(self):
        """Tell whether no record holds all the words: one is only a beginning."""
        return any(word not in found for word, found in self.beginnings.items())

    @property
    def begin_very_many(self):
        """Tell whether very many words begin with what is typed."""
        return " " not in self.line and self.words[0] not in self.beginnings

    @property
    def may_go_on(self):
        """Tell whether other words begin with the last one."""
        last = self.line.rpartition(" ")[2]
        return self.beginnings.get(last) != [last]

    def are_some(self, shares, most=RATHER_MANY):
        """Tell whether at most ``most`` records probably hold one of each.

        :param dict shares: how many of the records probably hold each
        """
        return math.prod(shares.values()) * self.newest <= most

    # tsqueries: all of them are to match; none when there is nothing to ask for

    def get_closer_queries(self, rank):
        """Return what to ask for records of this closeness."""
        if rank in (TITLE_WORDS, WORDS):
            mark = "=" if rank == TITLE_WORDS else ""
            return [lexeme(mark + word) for word in self.asked]
        if len(self.line) > TITLE_LENGTH:
            return []
        title = "^" + self.line.replace(" ", "_")
        if rank == TITLE_EQUAL:
            return [lexeme(title + "$")]
        return [lexeme(title, is_beginning=True)]

    def get_closest_queries(self):
        """Return what to ask for records whose title begins so, or holds the words."""
        begins = self.get_closer_queries(TITLE_BEGINS)
        if not begins:
            return []
        words = " & ".join(self.get_closer_queries(TITLE_WORDS))
        return [" | ".join([*begins, f"({words})"])]

    def get_beginnings_queries(self):
        """Return what to ask for records that hold all words or their beginnings.

        Words that begin too many are left to the filter; when all do, the longest is
        asked for.
        """
        if not all(self.beginnings.values()):
            return []
        return [
            any_of(self.beginnings[word])
            if word in self.beginnings
            else lexeme(word, is_beginning=True)
            for word in self.asked_beginnings
        ]

    @property
    def asked(self):
        """The words that the index is asked for: the rarest, until few are left."""
        return get_rarest(self.shares)

    @property
    def asked_beginnings(self):
        """The words whose beginnings the index is asked for."""
        return get_rarest(self.shares_of_beginnings) or [max(self.words, key=len)]

    @property
    def shares_of_asked_beginnings(self):
        """How many of the records probably hold each; what begins too many, all."""
        shares = self.shares_of_beginnings
        return {word: shares.get(word, 1) for word in self.asked_beginnings}

    # Conditions on a row

    def get_closer_filter(self, rank):
        """Return the condition for what ``get_closer_queries`` does not ask for."""
        # In the index a blank in a title is like a "_".
        if rank == TITLE_EQUAL:
            return SQL("s.title = %s", self.line)
        if rank == TITLE_BEGINS:
            return SQL("starts_with(s.title, %s)", self.line)
        if rank == TITLE_WORDS:
            # A text may hold what marks the words of a title in the index.
            return self._hold(SQL("(' ' || s.title || ' ')"), " %s ")
        return _all_of(
            SQL("strpos(' ' || s.doc || ' ', %s) > 0", f" {word} ")
            for word in self._get_unsure(self.asked)
        )

    def get_closest_filter(self):
        """Return the condition for what ``get_closest_queries`` does not ask for."""
        ranks = (TITLE_BEGINS, TITLE_WORDS)
        return SQL("(%s)", SQL(" OR ").join(map(self.get_closer_filter, ranks)))

    def get_beginnings_filter(self, asked=()):
        """Return the condition that all words or their beginnings occur.

        :param asked: those that the index was asked for
        """
        # What is nowhere need not be looked for at the beginning of words.
        return _all_of(
            SQL("strpos(s.doc, %s) > 0 AND strpos(' ' || s.doc, %s) > 0", w, f" {w}")
            for w in self._get_unsure(asked)
        )

    def get_parts_filter(self, asked=()):
        """Return the condition that all words occur, be it inside others."""
        # LIKE ends where it finds one: strpos counts the letters up to there, too.
        return _all_of(
            SQL("s.doc LIKE %s", f"%{escape_psql(word)}%")
            for word in self._get_unsure(asked)
        )

    def _get_unsure(self, asked):
        """Return the words that a row may lack although the index was asked for some.

        What begins with a mark may have been found where it is none of the words.
        """
        return [w for w in self._by_rarity if w not in asked or w[0] in MARKS]

    @property
    def _by_rarity(self):
        """The words, the rarest first: most rows fail at the first one looked for."""
        return sorted(self.words, key=lambda word: self.shares.get(word, 0))

    def get_rank(self):
        """Return the closeness of a row: the lower the closer."""
        # OFFSET has the blanks added once, and not for each word.
        return SQL(
            """(SELECT CASE WHEN s.title = %(line)s THEN 0
                            WHEN starts_with(s.title, %(line)s) THEN 1
                            WHEN %(title_words)s THEN 2
                            WHEN %(words)s THEN 3
                            WHEN %(beginnings)s THEN 4
                            ELSE 5 END
                  FROM (SELECT ' ' || s.title || ' ' AS title,
                               ' ' || s.doc || ' ' AS doc OFFSET 0) b)""",
            line=self.line,
            title_words=self._hold(SQL("b.title"), " %s "),
            words=self._hold(SQL("b.doc"), " %s "),
            beginnings=self._hold(SQL("b.doc"), " %s"),
        )

    def _hold(self, text, pattern):
        return _all_of(
            SQL("strpos(%s, %s) > 0", text, pattern % word) for word in self._by_rarity
        )


def any_of(words):
    """Return what to ask for records that hold one of ``words``."""
    return " | ".join(map(lexeme, words))


def are_marked(words):
    """Tell whether one of ``words`` begins as a mark of the index does."""
    return any(word[0] in MARKS for word in words)


def match_all(queries):
    """Return the condition that a row matches all of these.

    Each of its own: PostgreSQL then goes through the index from one row that matches
    all to the next, and skips what is between. Of one that holds them all it reads
    whole lists.
    """
    return SQL(" AND ").join(
        SQL("%s @@ %s::tsquery", LEXEMES, query) for query in queries
    )


def get_rarest(shares):
    """Return the rarest of words, as far as each leaves fewer of the records."""
    rarest, share = [], 1
    for word in sorted(shares, key=shares.get)[:INDEXED_WORDS]:
        leaves_fewer = share > RATHER_FEW or shares[word] < MOST
        if share > FEW_ENOUGH and leaves_fewer:
            rarest.append(word)
            share *= shares[word]
    return rarest


def _all_of(conditions):
    return SQL("(%s)", SQL(" AND ").join([*conditions] or [SQL("TRUE")]))
