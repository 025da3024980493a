import logging
import time

import psycopg2

from odoo import api, models
from odoo.tools import SQL

from ..tools import likeness as likeness_of
from ..tools import terms as terms_of
from ..tools.likeness import Likeness
from ..tools.meanings import MEANINGS
from ..tools.terms import LEXEMES

_logger = logging.getLogger(__name__)

ALL_OF = 5_000  # titles up to which all that may be meant are compared
ASKED = 8  # typed words that the index is asked for, the rarest
FREQUENT = 0.05  # share of the titles from which on it is not asked for a word
RARE = 400  # titles with a word of which all are compared
COMPARED = 1_500  # titles with a more frequent word and another that are compared
CHECKED = 200  # titles of which is asked whether the user may read them
BEGUN = 30  # words that the last typed one may be the beginning of
DOMAIN_TIME = 8  # milliseconds from the beginning to tell that a domain leaves few
FIND_TIME = 32  # to find titles
TIME = 42  # to tell which the user may read
# The dictionaries of PostgreSQL that know the words which say nothing.
LANGUAGES = ("english", "french", "german", "spanish", "italian", "portuguese", "dutch")


class WordSearchSimilar(models.AbstractModel):
    """Which records have a title like a typed one.

    When those that may be meant are not many, all their titles are compared: those of
    the caller's domain, or all that the user may read. Nothing else is then looked at,
    neither titles nor words of others. Else the index is asked for titles with the
    typed words, or words that are nearly the same.
    """

    _inherit = "word.search.index"

    @api.model
    def _find_similar(self, title, limit, domain=None):
        """Return the ids of the records with a like title, the best first."""
        words, last = likeness_of.split_title(title)
        if not words:
            return []
        start = time.monotonic()
        with self._by_indexes():
            stops = self._get_stops(words)
            if stops.issuperset(words):
                return []
            titles, shares = self._get_titles(words, last, stops, domain, start)
            ids = Likeness(words, last, stops, shares).rank(titles)
            return self._filter_readable(ids, limit, domain, start + TIME / 1000)

    def _get_stops(self, words):
        """Return those of ``words`` that say nothing in some language."""
        rows = self.env.execute_query(
            SQL(
                """SELECT word FROM unnest(%s::text[]) word
                    WHERE EXISTS (
                            SELECT FROM pg_ts_dict d
                             WHERE d.dictname = ANY(%s)
                               AND d.dictnamespace = 'pg_catalog'::regnamespace
                               AND ts_lexize(d.oid, word) = '{}')""",
                words,
                [f"{language}_stem" for language in LANGUAGES],
            )
        )
        return frozenset(row[0] for row in rows)

    # ------------------------------------------------------------
    # WHICH TITLES ARE COMPARED
    # ------------------------------------------------------------

    def _get_titles(self, words, last, stops, domain, start):
        """Return pairs of id and title, and the shares of words if not by these."""
        end = start + FIND_TIME / 1000
        for select, most in self._get_few_selects(domain):
            titles = self._get_few_titles(select, start + most / 1000)
            if titles is not None:
                return titles, {}
        shares = self._get_shares_of_titles(words)
        asked = [
            word for word in words if word not in stops and shares[word] <= FREQUENT
        ]
        asked = sorted(asked, key=lambda word: (shares[word], -len(word)))[:ASKED]
        return self._ask_titles(asked, last, end), shares

    def _get_few_selects(self, domain):
        """Yield SELECTs of ids, one of which may be of few records, and their time."""
        if domain:
            query = self.env[self._searched_model]._search(
                domain, limit=ALL_OF + 1, order="id"
            )
            query.order = None
            yield query.select(), DOMAIN_TIME
        if candidates := self._get_candidate_select():
            yield candidates, FIND_TIME
        table = SQL.identifier(self._table)
        yield SQL("SELECT id FROM %s LIMIT %s", table, ALL_OF + 1), FIND_TIME

    def _get_few_titles(self, select, end):
        """Return all titles of these records; None when they are too many."""
        query = SQL(
            """WITH c(id) AS MATERIALIZED (%(select)s),
                    n AS MATERIALIZED (SELECT count(*) AS count FROM c)
               SELECT n.count, s.id, s.title
                 FROM n
            LEFT JOIN LATERAL (
                        SELECT s.id, s.title FROM %(table)s s
                         WHERE s.id = ANY(ARRAY(
                                 SELECT id FROM c WHERE n.count <= %(most)s))) s
                       ON TRUE""",
            select=select,
            table=SQL.identifier(self._table),
            most=ALL_OF,
        )
        try:
            with self._by(end):
                rows = self._execute(query)
        except psycopg2.errors.QueryCanceled:
            _logger.debug("Too slow to count: %s", select.code)
            return None
        if rows[0][0] > ALL_OF:
            return None
        return [row[1:] for row in rows if row[1]]

    def _get_shares_of_titles(self, words):
        frequency = self._get_frequencies(int(time.time() // 3600))
        least = min(frequency.values(), default=0.001)
        return {word: frequency.get(f"={word}", least / 10) for word in words}

    def _ask_titles(self, words, last, end):
        """Ask the index for titles with a rare one of ``words``, or with two."""
        titles = {}
        try:
            with self._by(end):
                near = self._get_near(words, last)
                queries = [_any_of(word, near[word]) for word in words]
                if len(queries) > 1:
                    self._add_titles(titles, " & ".join(queries), end)
                while queries:
                    query = queries.pop(0)
                    if self._add_titles(titles, query, end) and queries:
                        query = f"{query} & ({' | '.join(queries)})"
                        self._add_titles(titles, query, end, COMPARED)
        except psycopg2.errors.QueryCanceled:
            _logger.debug("Not all like titles were found in time: %s", words)
        return titles.items()

    def _get_near(self, words, last):
        """Return what may be meant by each of ``words``; by the last, if only begun."""
        model = self.env[self._word_model]
        near = model._get_near(words)
        for word in words:
            near[word] += MEANINGS.get(word, ())
        if last in near:
            begun = model._get_beginnings([last]).get(last, [])
            near[last] += sorted(begun, key=len)[:BEGUN]
        return near

    def _add_titles(self, titles, query, end, most=RARE):
        """Add the titles that match; return whether there are more.

        One query, other than in a search: of the rare word's titles alone PostgreSQL
        then looks whether one of very many other words is there, too.
        """
        self._limit_to(end)
        rows = self._execute(
            SQL(
                "SELECT s.id, s.title FROM %s s WHERE %s @@ %s::tsquery LIMIT %s",
                *(SQL.identifier(self._table), LEXEMES, query, most + 1),
            )
        )
        titles.update(rows)
        return len(rows) > most

    # ------------------------------------------------------------
    # WHO MAY READ THEM
    # ------------------------------------------------------------

    def _filter_readable(self, ids, limit, domain, end):
        """Return the first of ``ids`` that the user may read and ``domain`` allows."""
        if not ids:
            return []
        query = SQL(
            """SELECT m.id FROM unnest(%s::int[]) m(id)
           CROSS JOIN LATERAL (%s) v
                LIMIT %s""",
            ids[:CHECKED],
            self._get_visible_select(domain or []),
            limit,
        )
        try:
            with self._by(end):
                return [row[0] for row in self._execute(query)]
        except psycopg2.errors.QueryCanceled:
            _logger.debug("Too slow to tell what may be read: %s", query.code)
            return []


def _any_of(word, near):
    lexemes = (terms_of.lexeme(f"={each}") for each in dict.fromkeys([word, *near]))
    return f"({' | '.join(lexemes)})"
