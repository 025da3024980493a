import logging
import random

from odoo import api, fields, models
from odoo.tools import SQL
from odoo.tools.sql import escape_psql

from ..tools import likeness as likeness_of
from ..tools.terms import LEXEMES

_logger = logging.getLogger(__name__)

TRIGRAM = 3  # letters: an index of trigrams knows no shorter part
ALTERNATIVES = 200  # words that may stand for a typed one
NEAREST = 5  # words that may be meant by a typed one
LAST = chr(0x10FFFF)  # comes after all letters
SWEPT = 2_000  # words that are looked at in one transaction


class WordSearchWord(models.AbstractModel):
    """All words of a search index: they say which words a typed one stands for.

    There are few words among many records, so parts inside words are found here and not
    among the records. A word may be there twice, when two records bring it at the same
    time: a unique index would make one of them fail.

    A concrete model sets ``_index_model``, the index whose words these are.
    """

    _name = "word.search.word"
    _description = "Search Word"
    _log_access = False
    _index_model = None

    word = fields.Char()
    unheld_since = fields.Datetime()

    def init(self):
        super().init()
        if self._abstract:
            return
        table = SQL.identifier(self._table)
        self.env.cr.execute(
            SQL(
                "CREATE INDEX IF NOT EXISTS %s ON %s (word text_pattern_ops)",
                SQL.identifier(f"{self._table}_beginning_index"),
                table,
            )
        )
        if self.pool.has_trigram:
            self.env.cr.execute(
                SQL(
                    "CREATE INDEX IF NOT EXISTS %s ON %s USING gin (word gin_trgm_ops)",
                    SQL.identifier(f"{self._table}_part_index"),
                    table,
                )
            )

    def _register_hook(self):
        super()._register_hook()
        if not self._abstract and not self.pool.has_trigram:
            _logger.warning(
                "%s: PostgreSQL has no pg_trgm, so words are found by their beginning"
                " only, not by parts inside them",
                self._name,
            )

    # ------------------------------------------------------------
    # WORDS COME AND GO
    # ------------------------------------------------------------

    @api.model
    def _add(self, words):
        """Add those of ``words`` that are not there."""
        self.env.cr.execute(
            SQL(
                """INSERT INTO %(table)s (word)
                        SELECT word FROM unnest(%(words)s::text[]) n(word)
                         WHERE word != ''
                           AND NOT EXISTS (
                                SELECT FROM %(table)s w
                                 WHERE w.word = n.word AND w.unheld_since IS NULL)""",
                table=SQL.identifier(self._table),
                words=sorted(words),
            )
        )

    @api.autovacuum
    def _gc_words(self):
        """Remove words that no record holds any more, such as names of erased people.

        One is only marked at first, and removed when still nothing holds it a day
        later: whoever was indexing a record when it was marked, and found the word
        there, has ended by then. So nobody waits for a lock, and no word is lost.
        """
        if self._abstract:
            return
        progress = self.env["ir.cron"]._commit_progress
        for first, last in self._get_ranges():
            removed = self._sweep(first, last)
            if removed:
                _logger.info("%s: %d words removed", self._name, removed)
            if not progress(removed):
                return

    def _get_ranges(self):
        """Return ranges of ids that cover all words, beginning anywhere.

        If time is up before the last, others are first at the next run.
        """
        table = SQL.identifier(self._table)
        [[least, most]] = self.env.execute_query(
            SQL("SELECT min(id), max(id) FROM %s", table)
        )
        if least is None:
            return []
        starts = list(range(least, most + 1, SWEPT))
        turn = random.randrange(len(starts))
        return [(n, n + SWEPT - 1) for n in starts[turn:] + starts[:turn]]

    def _sweep(self, first, last):
        """Mark, unmark and remove words between two ids; return how many were removed.

        The index answers for each word without the records being read.
        """
        table = SQL.identifier(self._table)
        with self.env[self._index_model]._by_indexes():
            rows = self.env.execute_query(
                SQL(
                    """SELECT w.id, w.is_held, w.unheld_since,
                              w.unheld_since < now() at time zone 'UTC'
                                               - interval '1 day'
                         FROM (SELECT w.*, EXISTS (
                                        SELECT FROM %(index)s s
                                         WHERE %(lexemes)s @@ (
                                                 '''' || replace(replace(w.word,
                                                 '\\', '\\\\'), '''', '''''') || ''''
                                               )::tsquery) AS is_held
                                 FROM %(table)s w
                                WHERE w.id BETWEEN %(first)s AND %(last)s) w
                        WHERE NOT w.is_held OR w.unheld_since IS NOT NULL""",
                    index=SQL.identifier(self.env[self._index_model]._table),
                    lexemes=LEXEMES,
                    table=table,
                    first=first,
                    last=last,
                )
            )
        held = [row[0] for row in rows if row[1]]
        unheld = [row[0] for row in rows if not row[1] and not row[2]]
        gone = [row[0] for row in rows if not row[1] and row[3]]
        self._mark(held, SQL("NULL"))
        self._mark(unheld, SQL("now() at time zone 'UTC'"))
        if gone:
            ids = tuple(gone)
            self.env.cr.execute(SQL("DELETE FROM %s WHERE id IN %s", table, ids))
        return len(gone)

    def _mark(self, ids, value):
        if ids:
            table = SQL.identifier(self._table)
            query = SQL(
                "UPDATE %s SET unheld_since = %s WHERE id IN %s",
                *(table, value, tuple(ids)),
            )
            self.env.cr.execute(query)

    # ------------------------------------------------------------
    # WHAT A TYPED WORD STANDS FOR
    # ------------------------------------------------------------

    @api.model
    def _get_beginnings(self, words):
        """Return the indexed words that begin with each of ``words``.

        Those with more than 200 are left out.
        """
        is_beginning = SQL("w.word ~>=~ p.part AND w.word ~<~ p.pattern")
        ends = [word + LAST for word in words]
        return self._fetch(words, is_beginning, ends)

    @api.model
    def _get_parts(self, words):
        """Return the indexed words that hold each of ``words`` inside.

        :return: those with at most 200, or None without an index of parts or where one
            is too short for it
        :raise psycopg2.errors.QueryCanceled: when it takes longer than it may
        """
        if not self.pool.has_trigram or len(min(words, key=len)) < TRIGRAM:
            return None
        patterns = [f"%{escape_psql(word)}%" for word in words]
        return self._fetch(words, SQL("w.word LIKE p.pattern"), patterns)

    @api.model
    def _get_near(self, words):
        """Return the indexed words that are nearly as each of ``words``.

        :return: by word, at most 5 each, the nearest first
        """
        forgiven = [*filter(likeness_of.is_forgiven, words)]
        begins = [word[: likeness_of.BEGINNING] for word in forgiven]
        rows = self._execute(
            SQL(
                """SELECT w.word
                     FROM unnest(%(parts)s::text[], %(begins)s::text[],
                                 %(ends)s::text[]) p(part, beginning, "end")
               CROSS JOIN LATERAL (
                            SELECT w.word FROM %(table)s w
                             WHERE w.word ~>=~ p.beginning AND w.word ~<~ p."end"
                             ORDER BY abs(length(w.word) - length(p.part)), w.word
                             LIMIT %(most)s) w""",
                parts=forgiven,
                begins=begins,
                ends=[beginning + LAST for beginning in begins],
                table=SQL.identifier(self._table),
                most=ALTERNATIVES,
            )
        )
        vocabulary = self._get_slipped(words) | {row[0] for row in rows}
        near = likeness_of.find_near(words, vocabulary)
        for word, nearness in near.items():
            nearness.pop(word, None)
            near[word] = likeness_of.sort_near(nearness)[:NEAREST]
        return near

    @api.model
    def _get_slipped(self, words):
        """Return the indexed words that slips make of the beginning of ``words``."""
        slips = map(likeness_of.get_slips, filter(likeness_of.is_forgiven, words))
        table, slips = SQL.identifier(self._table), sorted(set().union(*slips))
        rows = self._execute(
            SQL("SELECT word FROM %s WHERE word = ANY(%s)", table, slips)
        )
        return {row[0] for row in rows}

    def _execute(self, query):
        """Return the rows of a query that may be given up: no error for the log."""
        self.env.cr.execute(query, log_exceptions=False)
        return self.env.cr.fetchall()

    def _fetch(self, parts, condition, patterns):
        rows = self._execute(
            SQL(
                """SELECT p.part, ARRAY(
                            SELECT w.word FROM %(table)s w
                             WHERE %(condition)s LIMIT %(limit)s)
                     FROM unnest(%(parts)s::text[], %(patterns)s::text[])
                            p(part, pattern)""",
                table=SQL.identifier(self._table),
                condition=condition,
                limit=ALTERNATIVES + 1,
                parts=parts,
                patterns=patterns,
            )
        )
        return {
            part: list(dict.fromkeys(words))
            for part, words in rows
            if len(words) <= ALTERNATIVES
        }
