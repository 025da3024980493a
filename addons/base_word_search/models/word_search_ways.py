import math

from odoo import models
from odoo.tools import SQL

from ..tools import terms as terms_of
from .word_search_rights import VISIBLE

NEWEST = 1_000  # records that are looked through one by one
NEWEST_BEGINNINGS = 20_000  # the same, for beginnings of very many words
FEW = 500  # matches that are ranked whole
SOME = 1_000  # matches of which the newest are found by sorting
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

    def _match_newest_beginnings(self, terms, limit, condition):
        """Look through the newest records one by one, until there are enough."""
        newest = SQL(
            "SELECT s.id FROM %s s ORDER BY s.id DESC LIMIT %s",
            SQL.identifier(self._table),
            NEWEST_BEGINNINGS,
        )
        return self._fetch_newest(terms, newest, limit, condition)

    def _match_few(self, terms, queries, condition, limit, few=None):
        """Fetch all matches of the index if they are few, else the newest of not many.

        :param int few: how many are fetched all, if less than usually
        :return: the closest of them, and whether there are no others than were fetched
        """
        if not queries:
            return set(), True
        few = few or FEW
        [(count, matches)] = self._execute(
            SQL(
                """WITH c AS MATERIALIZED (
                        SELECT s.id FROM %(table)s s
                         WHERE %(matches)s AND %(filter)s
                         LIMIT %(some)s + 1),
                        n AS MATERIALIZED (
                        SELECT count(*) AS count,
                               CASE WHEN count(*) <= %(few)s THEN %(few)s
                                    WHEN count(*) <= %(some)s THEN 2 * %(limit)s
                                    ELSE 0 END AS ranked
                          FROM c)
                   SELECT n.count, ARRAY(
                            SELECT ARRAY[m.rank, m.id]
                              FROM (SELECT %(rank)s AS rank, s.id
                                      FROM %(table)s s
                                     WHERE s.id = ANY(ARRAY(
                                              SELECT id FROM c ORDER BY id DESC
                                               LIMIT (SELECT ranked FROM n)))
                                     ORDER BY 1, 2 DESC) m
                        CROSS JOIN LATERAL (%(visible)s) v
                             LIMIT %(limit)s)
                     FROM n""",
                rank=terms.get_rank(),
                table=SQL.identifier(self._table),
                matches=terms_of.match_all(queries),
                filter=condition,
                visible=self._get_visible_select(),
                few=few,
                some=SOME,
                limit=limit,
            )
        )
        return set(map(tuple, matches)), count <= few

    def _match_newest_indexed(self, terms, queries, limit, condition, shares, end=None):
        """Ask the index for the newest matches: in the last windows, then in all.

        In the last two of a size, as the very last may have just begun; and not where
        they probably hold too few.

        :param dict shares: how many of the records probably hold each asked word
        :param float end: when PostgreSQL gives up, at the latest
        """
        if not queries:
            return set()
        mark, bits = terms_of.WINDOW
        last = terms.newest >> bits
        windows = terms_of.any_of(f"{mark}{n}" for n in (last, last - 1))
        # The sum keeps PostgreSQL from going through all ids in order.
        in_last = SQL(
            "%s AND s.id >> %s >= %s ORDER BY s.id + 0 DESC",
            *(self._select_matches([*queries, windows]), bits, last - 1),
        )
        selects = [in_last, self._select_by_windows(queries, terms.newest)]
        if math.prod(shares.values()) * (2 << bits) < limit:
            selects.remove(in_last)
        for select in selects:
            if end:
                self._limit_to(end)
            matches = self._fetch_newest(terms, select, limit, condition)
            if len(matches) >= limit:
                break
        return matches

    def _get_newest_id(self):
        table = SQL.identifier(self._table)
        return self._execute(SQL("SELECT max(id) FROM %s", table))[0][0] or 0

    def _select_matches(self, queries):
        """Return the SELECT of the ids of all matches."""
        table = SQL.identifier(self._table)
        return SQL("SELECT s.id FROM %s s WHERE %s", table, terms_of.match_all(queries))

    def _select_by_windows(self, queries, newest):
        """Return the SELECT of all matches, the newest first, window by window.

        No further than it is read; and a window with many matches in its parts.
        """
        bits, wide_bits = terms_of.WINDOW[1], terms_of.WIDE_WINDOW[1]
        parts = 1 << (wide_bits - bits)

        def within(window, number):
            mark, bits = window
            text = SQL("quote_literal(%s || %s)", mark, number)
            select = self._select_matches([*queries, text])
            # What looks like the mark of a window may be a word that somebody wrote.
            return SQL("%s AND s.id >> %s = %s", select, bits, number)

        return SQL(
            """SELECT i.id
                 FROM generate_series(%(last)s, 0, -1) w(w)
           CROSS JOIN LATERAL (
                        SELECT ARRAY(%(in_wide)s LIMIT %(dense)s + 1) AS ids
                        OFFSET 0) d
           CROSS JOIN LATERAL (
                        (SELECT m.id FROM unnest(d.ids) m(id)
                          WHERE cardinality(d.ids) <= %(dense)s
                          ORDER BY m.id DESC)
                        UNION ALL
                        (SELECT p.id
                           FROM generate_series(%(parts)s - 1, 0, -1) v(v)
                     CROSS JOIN LATERAL (%(in_part)s ORDER BY s.id + 0 DESC) p
                          WHERE cardinality(d.ids) > %(dense)s)) i""",
            last=newest >> wide_bits,
            in_wide=within(terms_of.WIDE_WINDOW, SQL("w.w")),
            dense=DENSE,
            parts=parts,
            in_part=within(terms_of.WINDOW, SQL("(w.w * %s + v.v)", parts)),
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
