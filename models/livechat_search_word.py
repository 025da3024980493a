import logging

import psycopg2

from odoo import api, fields, models
from odoo.tools import SQL
from odoo.tools.sql import escape_psql

_logger = logging.getLogger(__name__)

TIMEOUT = 30  # milliseconds for finding parts inside words
TRIGRAM = 3
LIMIT = 201  # of the words that hold a part; more than 200 are too many to ask for


class LivechatSearchWord(models.AbstractModel):
    """All words of a search index: they say which words a typed beginning stands for.

    There are few words among many records, so parts inside words are found here and not
    among the records. A word may be there twice, when two records bring it at the same
    time: a unique index would make one of them fail.
    """

    _name = "livechat.search.word"
    _description = "Search Word"
    _log_access = False

    word = fields.Char()

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

    @api.model
    def _add(self, words):
        """Add those of ``words`` that are not there."""
        self.env.cr.execute(
            SQL(
                """INSERT INTO %(table)s (word)
                        SELECT word FROM unnest(%(words)s::text[]) n(word)
                         WHERE word != ''
                           AND NOT EXISTS (
                                SELECT FROM %(table)s w WHERE w.word = n.word)""",
                table=SQL.identifier(self._table),
                words=sorted(words),
            )
        )

    @api.model
    def _get_expansions(self, parts):
        """Return the words that hold each of ``parts``, and whether all were found.

        Words that hold a part inside are found if that takes no longer than 30 ms, else
        those that begin with it. An index of trigrams knows no part of two letters.
        """
        if self.pool.has_trigram and len(min(parts, key=len)) >= TRIGRAM:
            patterns = [f"%{escape_psql(part)}%" for part in parts]
            try:
                with self.env.cr.savepoint(flush=False):
                    self.env.cr.execute(
                        SQL("SET LOCAL statement_timeout = %s", TIMEOUT)
                    )
                    found = self._fetch(parts, SQL("w.word LIKE p.pattern"), patterns)
                    self.env.cr.execute(SQL("SET LOCAL statement_timeout TO DEFAULT"))
            except psycopg2.errors.QueryCanceled:
                _logger.debug("Parts inside words took too long: %s", parts)
            else:
                return found, True
        is_beginning = SQL("w.word ~>=~ p.part AND w.word ~<~ p.pattern")
        ends = [part + chr(0x10FFFF) for part in parts]
        return self._fetch(parts, is_beginning, ends), False

    def _fetch(self, parts, condition, patterns):
        # Taking too long is foreseen here, and no error for the log.
        self.env.cr.execute(
            SQL(
                """SELECT p.part, ARRAY(
                            SELECT w.word FROM %(table)s w
                             WHERE %(condition)s LIMIT %(limit)s)
                     FROM unnest(%(parts)s::text[], %(patterns)s::text[])
                            p(part, pattern)""",
                table=SQL.identifier(self._table),
                condition=condition,
                limit=LIMIT,
                parts=parts,
                patterns=patterns,
            ),
            log_exceptions=False,
        )
        found = self.env.cr.fetchall()
        return {part: list(dict.fromkeys(words)) for part, words in found}
