import hashlib
import logging
import time
from contextlib import contextmanager, suppress

import psycopg2
from psycopg2.extras import execute_values

from odoo import api, fields, models
from odoo.tools import SQL, split_every

from ..tools import words as words_of
from ..tools.terms import LEXEMES, TITLE_LENGTH

_logger = logging.getLogger(__name__)

BATCH = 5_000  # records that are indexed at a time
ATTEMPTS = 9  # to undo settings
MANY = 100_000  # records to index for which the index is made anew, and reported on


class WordSearchIndex(models.AbstractModel):
    """A side table by which records are found by words, also among a million.

    A row has the id of its record. It is apart from the record's own table because a
    change of any indexed column there, such as the stage, would enter all words again.

    A concrete index sets ``_searched_model``, which says what is indexed, and
    ``_word_model``. When what is indexed changes, or how text is cut into words, the
    next update of the addon makes the index anew.
    """

    _name = "word.search.index"
    _description = "Search Index"
    _log_access = False
    _searched_model = None
    _word_model = None

    digits = fields.Char(index=True)
    title = fields.Char()
    doc = fields.Text()

    # ------------------------------------------------------------
    # TABLES
    # ------------------------------------------------------------

    def init(self):
        super().init()
        if self._abstract:
            return
        self._add_foreign_key()
        # Not before all tables are there: the one of the words may be made after this.
        self.pool.post_init(self._update_index)

    def _add_foreign_key(self):
        """Have PostgreSQL remove the row of a record that is removed."""
        name = f"{self._table}_id_fkey"
        cr = self.env.cr
        cr.execute(SQL("SELECT 1 FROM pg_constraint WHERE conname = %s", name))
        if not cr.rowcount:
            cr.execute(
                SQL(
                    "ALTER TABLE %s ADD CONSTRAINT %s FOREIGN KEY (id)"
                    " REFERENCES %s (id) ON DELETE CASCADE",
                    SQL.identifier(self._table),
                    SQL.identifier(name),
                    SQL.identifier(self.env[self._searched_model]._table),
                )
            )

    def _update_index(self):
        """Make anew what an earlier version of the code made in another way."""
        version = self._get_version()
        self._reindex_missing(is_all=self._read_version() != version)
        self._write_version(version)

    def _get_version(self):
        """Return a hash of all that decides what is in a row."""
        source = self._get_source(SQL("TRUE"))
        parts = (words_of.VERSION, TITLE_LENGTH, " ".join(source.code.split()))
        return _digest(*parts, *source.params)

    # The versions stand beside what they are of: a column, and a PostgreSQL index.

    def _read_version(self):
        query = SQL(
            """SELECT col_description(attrelid, attnum) FROM pg_attribute
                WHERE attrelid = %s::regclass AND attname = 'doc'""",
            f'"{self._table}"',
        )
        return self.env.execute_query(query)[0][0]

    def _write_version(self, version):
        table = SQL.identifier(self._table)
        self.env.cr.execute(SQL("COMMENT ON COLUMN %s.doc IS %s", table, version))

    # The PostgreSQL index

    @property
    def _lexemes_index(self):
        return SQL.identifier(f"{self._table}_lexemes_index")

    def _drop_lexemes_index(self):
        self.env.cr.execute(SQL("DROP INDEX IF EXISTS %s", self._lexemes_index))

    def _make_lexemes_index(self):
        """Make the index, if it is not there as the searches ask for it.

        After the rows are there: that is several times faster.
        """
        definition = SQL("USING gin (%s) WITH (fastupdate = off)", LEXEMES)
        version = _digest(" ".join(definition.code.split()))
        if self._read_index_version() == version:
            return
        start = time.monotonic()
        self._drop_lexemes_index()
        cr, table = self.env.cr, SQL.identifier(self._table)
        cr.execute(SQL("SET LOCAL maintenance_work_mem = '256MB'"))
        index = self._lexemes_index
        cr.execute(SQL("CREATE INDEX %s ON %s %s", index, table, definition))
        cr.execute(SQL("COMMENT ON INDEX %s IS %s", index, version))
        cr.execute(SQL("ANALYZE %s", table))
        _logger.info("%s: indexed in %.1f s", self._name, time.monotonic() - start)

    def _read_index_version(self):
        """Return the version of the index; None when there is none that is valid."""
        query = SQL(
            """SELECT obj_description(c.oid, 'pg_class')
                 FROM pg_class c JOIN pg_index i ON i.indexrelid = c.oid
                WHERE i.indrelid = %s::regclass AND i.indisvalid AND c.relname = %s""",
            f'"{self._table}"',
            f"{self._table}_lexemes_index",
        )
        rows = self.env.execute_query(query)
        return rows and rows[0][0]

    # ------------------------------------------------------------
    # INDEXING
    # ------------------------------------------------------------

    def _get_source(self, condition):
        """Return the SQL that selects what is indexed of the records.

        :param SQL condition: on the table of the records, which has the alias ``t``
        :return: a SELECT of id, number, title, HTML and other text
        """
        model = self.env[self._searched_model]
        contacts = model._get_word_search_contacts()
        texts = [name for name in model._word_search_texts if name not in contacts]
        html = [name for name in texts if model._fields[name].type == "html"]
        columns = [SQL.identifier("t", name) for name in texts if name not in html]
        for name in contacts:
            columns += [SQL.identifier(name, each) for each in ("name", "email")]
        number = model._word_search_number
        return SQL(
            "SELECT t.id, %s, %s, %s, %s FROM %s t %s WHERE %s",
            SQL.identifier("t", number) if number else SQL("''"),
            SQL.identifier("t", model._word_search_title),
            _concat(SQL.identifier("t", name) for name in html),
            _concat(columns),
            SQL.identifier(model._table),
            SQL(" ").join(map(_join_contact, contacts)),
            condition,
        )

    @api.model
    def _reindex(self, ids):
        """Index the records with these ids again."""
        words = set()
        for batch in split_every(BATCH, ids):
            self.env.flush_all()
            rows = self.env.execute_query(self._get_source(SQL("t.id IN %s", batch)))
            entries = [self._prepare_entry(*row) for row in rows]
            self._write_entries(entries)
            words.update(word for entry in entries for word in entry[3].split(" "))
        self.env[self._word_model]._add(words)

    @api.model
    def _reindex_missing(self, is_all=False):
        """Index the records that are not indexed, or all, and report on it in the log.

        To be called after records were written by SQL, as when databases are merged::

            env["helpdesk.ticket.search"]._reindex_missing()
        """
        rows = self.env.execute_query(
            SQL(
                "SELECT t.id FROM %s t LEFT JOIN %s s ON s.id = t.id"
                " WHERE %s OR s.id IS NULL ORDER BY t.id",
                SQL.identifier(self.env[self._searched_model]._table),
                SQL.identifier(self._table),
                is_all,
            )
        )
        ids = [row[0] for row in rows]
        if len(ids) > MANY:
            self._drop_lexemes_index()
        for done, batch in enumerate(split_every(MANY, ids), start=1):
            self._reindex(batch)
            count = min(done * MANY, len(ids))
            _logger.info("%s: %d of %d records indexed", self._name, count, len(ids))
        self._make_lexemes_index()

    def _prepare_entry(self, record_id, number, title, markup, text):
        texts = (title or "", words_of.strip_tags(markup or ""), text or "")
        return (
            record_id,
            words_of.get_digits(number or ""),
            words_of.get_line((title or "")[: 4 * TITLE_LENGTH])[:TITLE_LENGTH],
            " ".join(words_of.get_indexed_words(texts)),
        )

    def _write_entries(self, entries):
        # Many rows in one statement and ON CONFLICT are not in the ORM.
        execute_values(
            self.env.cr._obj,
            f"""INSERT INTO "{self._table}" AS s (id, digits, title, doc) VALUES %s
                ON CONFLICT (id) DO UPDATE
                SET digits = EXCLUDED.digits, title = EXCLUDED.title, doc = EXCLUDED.doc
                WHERE (s.digits, s.title, s.doc)
                   IS DISTINCT FROM (EXCLUDED.digits, EXCLUDED.title, EXCLUDED.doc)""",
            entries,
            page_size=1000,
        )

    @contextmanager
    def _by_indexes(self):
        """Have PostgreSQL use the indexes: its estimates for words mislead it.

        And no further processes or compiled code, which take longer than the search.
        """
        with self._for_now():
            self.env.cr.execute(
                """SET LOCAL enable_seqscan = off;
                   SET LOCAL max_parallel_workers_per_gather = 0;
                   SET LOCAL jit = off"""
            )
            yield

    @contextmanager
    def _for_now(self):
        """Undo all settings of PostgreSQL made within, where nothing may be written."""
        # What the ORM has yet to write would be undone too.
        self.env.flush_all()
        savepoint = self.env.cr.savepoint(flush=False)
        try:
            yield
        finally:
            self._go_back_to(savepoint)
            savepoint.close(rollback=False)

    def _go_back_to(self, savepoint):
        query = SQL("ROLLBACK TO SAVEPOINT %s", SQL.identifier(savepoint.name))
        for _attempt in range(ATTEMPTS):
            # On a busy machine even this may take longer than a statement may.
            with suppress(psycopg2.errors.QueryCanceled):
                self.env.cr.execute(query, log_exceptions=False)
                break


def _join_contact(name):
    contact, link = SQL.identifier(name), SQL.identifier("t", name)
    return SQL("LEFT JOIN res_partner %s ON %s.id = %s", contact, contact, link)


def _concat(columns):
    return SQL("concat_ws(' ', %s)", SQL(", ").join([*columns] or [SQL("''")]))


def _digest(*parts):
    """Return a hash of what decides how something is made."""
    return hashlib.sha256("\n".join(map(str, parts)).encode()).hexdigest()[:16]
