from odoo import models
from odoo.tools import SQL

from ..tools import terms as terms_of
from ..tools.terms import LEXEMES
from .word_search_rights import VISIBLE

NEWEST = 2_500  # records that are looked through one by one
NEWEST_BEGINNINGS = 20_000  # the same, for beginnings of very many words
FEW = 500  # matches that are ranked whole
SOME = 5_000  # matches of which the newest are found by sorting
DENSE = 1_000  # matches of a window from which on it is asked part by part


class WordSearchWays(models.AbstractModel):
    """The ways of finding matches, each one statement that is fast for some words.

    Matches are sets of (rank, id) of what the current user may read. Why the SQL is as
    it is, and what was measured, says the README.
    """

    _inherit = "word.search.index"

    def _match_visible(self, terms, limit):
        """Look through what the current user may read, one by one, if it is not much.

        :return: matches, or None when there is too much
        """
        candidates = self._get_candidate_select()
        if candidates is None:
            return None
        [(count, matches)] = self._execute(
            SQL(
                """WITH c AS MATERIALIZED (%(candidates)s),
                        n AS MATERIALIZED (SELECT count(*) AS count FROM c)
                   SELECT n.count, ARRAY(
                            SELECT ARRAY[m.rank, m.id]
                              FROM (SELECT %(rank)s AS rank, s.id
                                      FROM %(table)s s
                                     WHERE s.id = ANY(ARRAY(
                                              SELECT * FROM c
                                               WHERE (SELECT count FROM n) <= %(most)s))
                                       AND %(filter)s
                                     ORDER BY 1, 2 DESC) m
                        CROSS JOIN LATERAL (%(visible)s) v
                             LIMIT %(limit)s)
                     FROM n""",
                candidates=candidates,
                rank=terms.get_rank(),
                table=SQL.identifier(self._table),
                most=VISIBLE,
                filter=terms.get_parts_filter(),
                visible=self._get_visible_select(),
                limit=limit,
            )
        )
        return None if count > VISIBLE else set(map(tuple, matches))

    def _match_newest(self, terms, limit):
        """Look through the newest records one by one: best for frequent words."""
        rows = self._execute(
            SQL(
                """SELECT m.rank, m.id
                     FROM (SELECT %(rank)s AS rank, s.id
                             FROM (SELECT * FROM %(table)s
                                    ORDER BY id DESC LIMIT %(newest)s) s
                            WHERE %(filter)s
                            ORDER BY 1, 2 DESC) m
               CROSS JOIN LATERAL (%(visible)s) v
                    LIMIT %(limit)s""",
                rank=terms.get_rank(),
                table=SQL.identifier(self._table),
                newest=NEWEST,
                filter=terms.get_beginnings_filter(),
                visible=self._get_visible_select(),
                limit=limit,
            )
        )
        return set(rows)

    def _match_newest_beginnings(self, terms, limit):
        """Look through the newest records one by one, until there are enough."""
        newest = SQL(
            "SELECT s.id FROM %s s ORDER BY s.id DESC LIMIT %s",
            SQL.identifier(self._table),
            NEWEST_BEGINNINGS,
        )
        return self._fetch_newest(terms, newest, limit, terms.get_beginnings_filter())

    def _match_few(self, terms, queries, condition):
        """Fetch all matches of the index if they are few, else the newest of not many.

        :return: matches, and whether these are all there are
        """
        if not queries:
            return set(), True
        rows = self._execute(
            SQL(
                """WITH m AS MATERIALIZED (
                        SELECT s.id FROM %(table)s s
                         WHERE %(lexemes)s @@ ANY(%(queries)s::tsquery[])
                           AND %(filter)s
                         LIMIT %(some)s + 1),
                        n AS MATERIALIZED (SELECT count(*) AS count FROM m)
                   SELECT f.rank, m.id, v.is_visible, n.count
                     FROM n
                LEFT JOIN LATERAL (
                            SELECT * FROM m WHERE n.count <= %(some)s
                             ORDER BY id DESC LIMIT %(few)s) m ON TRUE
                LEFT JOIN LATERAL (
                            SELECT %(rank)s AS rank FROM %(table)s s
                             WHERE s.id = m.id OFFSET 0) f ON TRUE
                LEFT JOIN LATERAL (%(visible)s) v ON TRUE""",
                rank=terms.get_rank(),
                table=SQL.identifier(self._table),
                lexemes=LEXEMES,
                queries=queries,
                filter=condition,
                visible=self._get_visible_select(),
                few=FEW,
                some=SOME,
            )
        )
        return {row[:2] for row in rows if row[2]}, rows[0][3] <= FEW

    def _match_newest_indexed(self, terms, queries, limit, condition, end=None):
        """Ask the index for the newest matches: in the last windows, then in all.

        The last two of a size, as the very last may have just begun.

        :param float end: when PostgreSQL gives up, at the latest
        """
        if not queries:
            return set()
        query = " | ".join(f"({query})" for query in queries)
        newest = self._get_newest_id()
        mark, bits = terms_of.WINDOW
        last = newest >> bits
        windows = " | ".join(terms_of.lexeme(f"{mark}{n}") for n in (last, last - 1))
        in_last = self._select_by_index(SQL("%s", f"({query}) & ({windows})"))
        for select in (in_last, self._select_by_windows(query, newest)):
            if end:
                self._limit_to(end)
            matches = self._fetch_newest(terms, select, limit, condition)
            if len(matches) >= limit:
                break
        return matches

    def _get_newest_id(self):
        table = SQL.identifier(self._table)
        return self._execute(SQL("SELECT max(id) FROM %s", table))[0][0] or 0

    def _select_by_index(self, query, condition=None):
        """Return the SELECT of the ids of all matches, the newest first.

        The sum keeps PostgreSQL from going through all ids in order.
        """
        return SQL(
            """SELECT s.id FROM %s s
                WHERE %s AND %s @@ %s::tsquery
                ORDER BY s.id + 0 DESC""",
            SQL.identifier(self._table),
            condition or SQL("TRUE"),
            LEXEMES,
            query,
        )

    def _select_by_windows(self, query, newest):
        """Return the same SELECT, but going from window to window.

        No further than it is read; and a window with many matches in its parts. One
        without any is not asked again.
        """
        (mark, bits), (wide_mark, wide_bits) = terms_of.WINDOW, terms_of.WIDE_WINDOW
        parts = 1 << (wide_bits - bits)

        def within(mark, number):
            window = SQL("%s || %s || ''''", f"({query}) & '{mark}", number)
            return SQL("(%s)", window)

        wide = within(wide_mark, SQL("w.w"))
        return SQL(
            """SELECT i.id
                 FROM generate_series(%(last)s, 0, -1) w(w)
           CROSS JOIN LATERAL (
                        SELECT count(*) AS count
                          FROM (SELECT FROM %(table)s s
                                 WHERE %(lexemes)s @@ %(wide)s::tsquery
                                 LIMIT %(dense)s + 1) c) d
           CROSS JOIN LATERAL (
                        (%(in_wide)s)
                        UNION ALL
                        (SELECT p.id
                           FROM generate_series(%(parts)s - 1, 0, -1) v(v)
                     CROSS JOIN LATERAL (%(in_part)s) p)) i""",
            last=newest >> wide_bits,
            dense=DENSE,
            table=SQL.identifier(self._table),
            lexemes=LEXEMES,
            wide=wide,
            in_wide=self._select_by_index(wide, SQL("d.count BETWEEN 1 AND %s", DENSE)),
            parts=parts,
            in_part=self._select_by_index(
                within(mark, SQL("(w.w * %s + v.v)", parts)),
                SQL("d.count > %s", DENSE),
            ),
        )

    def _fetch_newest(self, terms, ids, limit, condition):
        rows = self._execute(
            SQL(
                """SELECT f.rank, m.id
                     FROM (%(ids)s) m
               CROSS JOIN LATERAL (
                            SELECT %(rank)s AS rank FROM %(table)s s
                             WHERE s.id = m.id AND %(filter)s OFFSET 0) f
               CROSS JOIN LATERAL (%(visible)s) v
                    LIMIT %(limit)s""",
                ids=ids,
                rank=terms.get_rank(),
                table=SQL.identifier(self._table),
                filter=condition,
                visible=self._get_visible_select(),
                limit=limit,
            )
        )
        return set(rows)

    def _execute(self, query):
        """Return the rows of a query that may be given up: no error for the log."""
        self.env.flush_query(query)
        self.env.cr.execute(query, log_exceptions=False)
        return self.env.cr.fetchall()
