"""Queries made of the words and titles of random tickets, and what they should find."""

import random

from odoo.tools import SQL
from odoo.tools.sql import escape_psql

from odoo.addons.base_word_search.tools import words as words_of

PAGE = 10
LIMIT = 101


class TicketQueries:
    """Makes queries of tickets that were indexed."""

    def __init__(self, env, seed=3):
        self.env, self.chance = env, random.Random(seed)
        [[first, last]] = env.execute_query(
            SQL("SELECT min(id), max(id) FROM helpdesk_ticket_search")
        )
        self.first, self.last = first, last

    def _pick(self):
        """Return title and words of a random ticket."""
        while True:
            query = SQL(
                "SELECT title, doc FROM helpdesk_ticket_search WHERE id = %s",
                self.chance.randint(self.first, self.last),
            )
            for title, doc in self.env.execute_query(query):
                if title and doc:
                    return title, doc.split(" ")

    def _some_words(self, count):
        words = self._pick()[1]
        return self.chance.sample(words, min(count, len(words)))

    def _get_title_beginning(self):
        title = self._pick()[0]
        return title[: self.chance.randint(min(3, len(title)), len(title))].strip()

    def make(self, count):
        """Return ``count`` queries of each kind."""
        kinds = {
            "a word of a ticket": lambda: self._some_words(1),
            "two words of a ticket": lambda: self._some_words(2),
            "four words of a ticket": lambda: self._some_words(4),
            "words of two tickets": lambda: self._some_words(1) + self._some_words(1),
            "a title": lambda: [self._pick()[0]],
            "beginning of a title": lambda: [self._get_title_beginning()],
            "beginning of a word": lambda: [w[:-1] or w for w in self._some_words(1)],
            "beginnings of two words": lambda: [
                w[: max(len(w) - 2, 2)] for w in self._some_words(2)
            ],
            "part of a word": lambda: [w[1:-1] or w for w in self._some_words(1)],
            "parts of two words": lambda: [w[1:-1] or w for w in self._some_words(2)],
        }
        return {
            kind: [" ".join(make()) for _ in range(count)]
            for kind, make in kinds.items()
        }


def scan(env, text, with_parts):
    """Return the ids that match, in the documented order, by reading all tickets."""
    words = words_of.get_words(text)
    line = words_of.get_line(text)

    def like(column, pattern):
        return SQL(" AND ").join(
            SQL("%s LIKE %s", column, pattern.replace("?", escape_psql(word)))
            for word in words
        )

    title, doc = SQL("' ' || title || ' '"), SQL("' ' || doc || ' '")
    rows = env.execute_query(
        SQL(
            """SELECT id FROM helpdesk_ticket_search WHERE %(matches)s
             ORDER BY CASE WHEN title = %(line)s THEN 0
                           WHEN title LIKE %(beginning)s THEN 1
                           WHEN %(title_words)s THEN 2
                           WHEN %(words)s THEN 3
                           WHEN %(beginnings)s THEN 4
                           ELSE 5 END, id DESC
                LIMIT %(limit)s""",
            matches=like(doc, "%?%" if with_parts else "% ?%"),
            line=line,
            beginning=escape_psql(line) + "%",
            title_words=like(title, "% ? %"),
            words=like(doc, "% ? %"),
            beginnings=like(doc, "% ?%"),
            limit=LIMIT,
        )
    )
    return [row[0] for row in rows]


def is_right(env, text):
    """Tell whether a search finds first what a plain scan says, and counts as much.

    Where it says that parts inside words were not all looked for, none are expected.
    """
    index = env["helpdesk.ticket.search"]
    found, is_complete = index._find(text, PAGE, LIMIT)
    expected = scan(env, text, with_parts=is_complete)
    if not is_complete:
        found = [each for each in found if each in set(expected)]
    return found[:PAGE] == expected[:PAGE] and len(found) == len(expected)
