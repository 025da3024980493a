import logging
import math
import time
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from psycopg2.extras import execute_values

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL, ormcache, split_every

from ..tools import words as words_of

_logger = logging.getLogger(__name__)

NEWEST = 2_500  # records that are looked through one by one
RARE = 0.001  # share of the records up to which the index is asked first
UNLISTED = 0.1  # how frequent other words are, to the least frequent in the statistics
FEW = 500  # matches that are fetched whole, in any order
VISIBLE = 10_000  # readable records that are looked through one by one
EXPANSIONS = 200  # words of the index that may stand for one typed word
TITLE_LENGTH = 250  # characters of a title that are indexed as one word
INDEXED_WORDS = 4  # typed words that the index is asked for; the others only filter
BATCH = 5_000  # records that are indexed at a time
MANY = 100_000  # records to index for which the index is made anew, and reported on

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


def _lexeme(text, is_beginning=False):
    """Return ``text`` as one quoted operand of a tsquery."""
    quoted = text.replace("\\", "\\\\").replace("'", "''")
    return f"'{quoted}'{':*' if is_beginning else ''}"


@dataclass(frozen=True, slots=True)
class Terms:
    """What to look for: the typed words, and the words of the index they stand for."""

    words: list[str]
    line: str
    expansions: dict[str, list[str]] = field(default_factory=dict)
    share: float = 1  # of the records that probably match
    is_complete: bool = True  # whether the expansions hold parts inside words
    column: str = "doc"  # where the words must occur

    def get_query(self, mark=""):
        """Return the tsquery of the words that the index is asked for.

        None means that there can be no match. When all words are too wide to be
        replaced by those of the index, the longest is looked for as a beginning.
        """
        if not self.expansions:
            return _lexeme(max(self.words, key=len), is_beginning=True)
        if not all(self.expansions.values()):
            return None
        return " & ".join(
            "(" + " | ".join(_lexeme(mark + word) for word in alternatives) + ")"
            for alternatives in self.expansions.values()
        )

    def get_title_queries(self):
        """Return tsqueries, best first: title equal, begins with, holds all words."""
        title = "^" + self.line.replace(" ", "_")
        is_possible = len(self.line) <= TITLE_LENGTH
        return [
            _lexeme(title + "$") if is_possible else None,
            _lexeme(title, is_beginning=True) if is_possible else None,
            # Words that stand for too many others are in new titles anyway.
            self.get_query(mark="=") if self.expansions else None,
        ]

    def get_filter(self, is_indexed=False):
        """Return the SQL condition that every word occurs.

        :param is_indexed: without those that the index is asked for
        """
        # The rarest first: most records are done with at the first word.
        words = [] if is_indexed else [*self.expansions]
        words += [word for word in self.words if word not in self.expansions]
        column = SQL.identifier("s", self.column)
        conditions = [SQL("strpos(%s, %s) > 0", column, word) for word in words]
        return SQL("(%s)", SQL(" AND ").join(conditions or [SQL("TRUE")]))

    def get_rank(self):
        """Return the SQL of the rank of a match, the closest title first."""
        in_title = (SQL("strpos(s.title, %s) > 0", word) for word in self.words)
        return SQL(
            """CASE WHEN s.title = %(line)s THEN 0
                    WHEN starts_with(s.title, %(line)s) THEN 1
                    WHEN %(in_title)s THEN 2
                    ELSE 3 END""",
            line=self.line,
            in_title=SQL(" AND ").join(in_title),
        )


class LivechatSearchIndex(models.AbstractModel):
    """A side table by which records are found by words, also among a million.

    A row has the id of its record. It is apart from the record's own table because a
    change of any indexed column there, such as the stage, would enter all words again.
    Why the SQL is as it is, and what was measured: ``docs/performance.md``.

    A concrete index sets ``_searched_model`` and ``_word_model``, and says in
    ``_get_source`` what is indexed.
    """

    _name = "livechat.search.index"
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
        self.pool.post_init(self._reindex_missing)

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

    def _drop_index(self, name):
        index = SQL.identifier(f"{self._table}_{name}_index")
        self.env.cr.execute(SQL("DROP INDEX IF EXISTS %s", index))

    def _add_index(self, name, definition):
        """Make an index after the rows are there: that is several times faster."""
        name = f"{self._table}_{name}_index"
        cr = self.env.cr
        cr.execute(SQL("SELECT 1 FROM pg_class WHERE relname = %s", name))
        if cr.rowcount:
            return
        start = time.monotonic()
        cr.execute(SQL("SET LOCAL maintenance_work_mem = '256MB'"))
        cr.execute(
            SQL(
                "CREATE INDEX %s ON %s %s",
                SQL.identifier(name),
                SQL.identifier(self._table),
                definition,
            )
        )
        cr.execute(SQL("ANALYZE %s", SQL.identifier(self._table)))
        _logger.info("%s: made in %.1f s", name, time.monotonic() - start)

    # ------------------------------------------------------------
    # INDEXING
    # ------------------------------------------------------------

    def _get_source(self, condition):
        """Return the SQL that selects what is indexed of the records.

        :param SQL condition: on the table of the records, which has the alias ``t``
        :return: a SELECT of id, number, title, HTML and other text
        """
        raise NotImplementedError

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
    def _reindex_missing(self):
        """Index the records that are not indexed, and report on it in the log.

        To be called after records were written by SQL, as when databases are merged::

            env["helpdesk.ticket.search"]._reindex_missing()
        """
        table = SQL.identifier(self.env[self._searched_model]._table)
        rows = self.env.execute_query(
            SQL(
                "SELECT t.id FROM %s t LEFT JOIN %s s ON s.id = t.id"
                " WHERE s.id IS NULL ORDER BY t.id",
                table,
                SQL.identifier(self._table),
            )
        )
        ids = [row[0] for row in rows]
        if len(ids) > MANY:
            self._drop_index("lexemes")
        for done, batch in enumerate(split_every(MANY, ids), start=1):
            self._reindex(batch)
            count = min(done * MANY, len(ids))
            _logger.info("%s: %d of %d records indexed", self._name, count, len(ids))
        self._add_index(
            "lexemes", SQL("USING gin (%s) WITH (fastupdate = off)", LEXEMES)
        )

    def _prepare_entry(self, record_id, number, title, markup, text):
        texts = (title or "", words_of.strip_tags(markup or ""), text or "")
        return (
            record_id,
            words_of.get_digits(number or ""),
            words_of.get_line(title or "")[:TITLE_LENGTH],
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

    # ------------------------------------------------------------
    # SEARCHING
    # ------------------------------------------------------------

    @api.model
    def _find_digits(self, digits):
        """Return the ids of the records whose number ends with these digits."""
        if not digits:
            return []
        condition = SQL("digits = %s ORDER BY id DESC LIMIT 100", digits)
        table = SQL.identifier(self._table)
        rows = self.env.execute_query(
            SQL("SELECT id FROM %s WHERE %s", table, condition)
        )
        return [row[0] for row in rows]

    @api.model
    def _find(self, text, page, limit):
        """Return the records that hold every word of ``text``, the closest first.

        Closest is: title equal, begins with the text, holds all words, else; the most
        recent first in each. Only what the current user may read is found.

        :param int page: how many are to be in the right order
        :param int limit: how many to return, and to count up to
        :return: ids, and whether parts inside words were all looked for
        """
        words = words_of.get_words(text)
        if not words:
            return [], True
        with self._by_indexes():
            terms = self._expand(Terms(words, words_of.get_line(text)))
            matches, is_complete = self._match(terms, page, limit)
        return self._rank(matches)[:limit], is_complete or len(matches) >= limit

    def _match(self, terms, page, limit):
        """Choose the ways of finding that are fast for these words and this user.

        :return: matches, and whether parts inside words were all looked for
        """
        if terms.is_complete and terms.share <= RARE:
            matches, is_all = self._match_few(terms, terms.get_query())
            if is_all:
                return matches, True
        matches = self._match_visible(terms, limit)
        if matches is not None:
            return matches, True
        matches = self._match_newest(terms, limit)
        if len(matches) < limit:
            query = terms.get_query()
            matches |= self._match_newest_indexed(terms, query, limit)
        self._match_titles(terms, matches, page)
        return matches, terms.is_complete or not self._has_older()

    @contextmanager
    def _by_indexes(self):
        """Have PostgreSQL use the indexes: its estimates for words mislead it.

        And no further processes or compiled code, which take longer than the search.
        """
        cr = self.env.cr
        with cr.savepoint(flush=False):
            cr.execute(
                """SET LOCAL enable_seqscan = off;
                   SET LOCAL max_parallel_workers_per_gather = 0;
                   SET LOCAL jit = off"""
            )
            yield
            cr.execute(
                """SET LOCAL enable_seqscan TO DEFAULT;
                   SET LOCAL max_parallel_workers_per_gather TO DEFAULT;
                   SET LOCAL jit TO DEFAULT"""
            )

    def _rank(self, matches):
        """Return the ids of ``matches``, which are (rank, id), the closest first."""
        return [match[1] for match in sorted(matches, key=lambda m: (m[0], -m[1]))]

    # Who may see what

    def _get_candidate_select(self):
        """Return the SELECT of ids among which is all that the current user may read.

        None when the record rules do not narrow it down. Their branches are asked one
        by one: joined by OR they take a second among a million records.
        """
        model = self.env[self._searched_model]
        rules = self.env["ir.rule"]._compute_domain(model._name, "read")
        selects = [self._select_branch(each) for each in self._get_branches(rules)]
        return SQL(" UNION ").join(selects) if selects else None

    def _get_branches(self, domain):
        """Return domains of whose OR ``domain`` is a part, if there is an OR in it."""
        operator = getattr(domain, "OPERATOR", "")
        if operator == "|":
            return list(domain.children)
        if operator == "&":
            return next(filter(None, map(self._get_branches, domain.children)), [])
        return []

    def _select_branch(self, branch):
        model = self.env[self._searched_model]
        field = getattr(branch, "field_expr", "")
        if field == "message_partner_ids" and branch.operator in ("=", "in"):
            # What one follows is known without looking at the records.
            domain = Domain("res_model", "=", model._name) & Domain(
                "partner_id", branch.operator, branch.value
            )
            model, column = self.env["mail.followers"], "res_id"
        else:
            domain, column = branch, "id"
        # sudo: ids of a branch of the record rules - who may read what is listed is
        # asked of the rules as a whole
        query = model.sudo()._search(domain, limit=VISIBLE + 1)
        query.order = None
        return SQL("(%s)", query.select(SQL.identifier(query.table, column)))

    def _get_visible_select(self):
        """Return the SELECT of a row when the current user may read record ``m.id``.

        OFFSET keeps PostgreSQL from joining whole tables.
        """
        query = self.env[self._searched_model]._search([], order="id")
        return SQL(
            "SELECT TRUE AS is_visible FROM %s WHERE %s AND %s = m.id OFFSET 0",
            query.from_clause,
            query.where_clause or SQL("TRUE"),
            SQL.identifier(query.table, "id"),
        )

    # Matches are sets of (rank, id)

    def _match_visible(self, terms, limit):
        """Look through what the current user may read, one by one, if it is not much.

        :return: matches, or None when there is too much
        """
        candidates = self._get_candidate_select()
        if candidates is None:
            return None
        [(count, matches)] = self.env.execute_query(
            SQL(
                """WITH c AS MATERIALIZED (%(candidates)s),
                        n AS MATERIALIZED (SELECT count(*) AS count FROM c)
                   SELECT n.count, ARRAY(
                            SELECT ARRAY[m.rank, m.id]
                              FROM (SELECT %(rank)s AS rank, s.*
                                      FROM %(table)s s
                                     WHERE s.id = ANY(ARRAY(
                                              SELECT * FROM c
                                               WHERE (SELECT count FROM n) <= %(most)s))
                                       AND %(first_filter)s
                                     ORDER BY 1, 2 DESC) s
                        CROSS JOIN LATERAL (
                                    SELECT s.rank, s.id WHERE %(filter)s OFFSET 0) m
                        CROSS JOIN LATERAL (%(visible)s) v
                             LIMIT %(limit)s)
                     FROM n""",
                candidates=candidates,
                rank=terms.get_rank(),
                table=SQL.identifier(self._table),
                most=VISIBLE,
                # Where most match, fewer are looked through when they are in order.
                first_filter=terms.get_filter() if terms.expansions else SQL("TRUE"),
                filter=SQL("TRUE") if terms.expansions else terms.get_filter(),
                visible=self._get_visible_select(),
                limit=limit,
            )
        )
        return None if count > VISIBLE else set(map(tuple, matches))

    def _match_newest(self, terms, limit):
        """Look through the newest records one by one: best for frequent words."""
        rows = self.env.execute_query(
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
                filter=terms.get_filter(),
                visible=self._get_visible_select(),
                limit=limit,
            )
        )
        return set(rows)

    def _has_older(self):
        """Tell whether there are more than the newest, which are looked through."""
        rows = self.env.execute_query(
            SQL(
                """SELECT s.id
                     FROM %s s
                 ORDER BY s.id DESC
                   OFFSET %s
                    LIMIT 1""",
                SQL.identifier(self._table),
                NEWEST,
            )
        )
        return bool(rows)

    def _match_few(self, terms, query):
        """Fetch all matches, in any order, if they are few.

        :return: matches, and whether these are all there are
        """
        if query is None:
            return set(), True
        rows = self._fetch_few(terms, query)
        return {row[:2] for row in rows if row[2]}, len(rows) <= FEW

    def _fetch_few(self, terms, query):
        return self.env.execute_query(
            SQL(
                """WITH m AS MATERIALIZED (
                        SELECT %(rank)s AS rank, s.id
                          FROM %(table)s s
                         WHERE %(lexemes)s @@ %(query)s::tsquery AND %(filter)s
                         LIMIT %(limit)s)
                   SELECT m.rank, m.id, v.is_visible
                     FROM m
                LEFT JOIN LATERAL (%(visible)s) v
                       ON (SELECT count(*) FROM m) <= %(few)s""",
                rank=terms.get_rank(),
                table=SQL.identifier(self._table),
                lexemes=LEXEMES,
                query=query,
                filter=terms.get_filter(is_indexed=True),
                visible=self._get_visible_select(),
                few=FEW,
                limit=FEW + 1,
            )
        )

    def _match_newest_indexed(self, terms, query, limit):
        """Ask the index for the newest matches: in the last windows, then at large.

        The last two of a size, as the very last may have just begun.
        """
        if query is None:
            return set()
        newest = self._get_newest_id()
        for mark, bits in (("#", 14), ("%", 17)):
            last = newest >> bits
            windows = " | ".join(_lexeme(f"{mark}{n}") for n in (last, last - 1))
            matches = self._fetch_newest(terms, f"({query}) & ({windows})", limit)
            if len(matches) >= limit:
                return matches
            if len(matches) * 8 < limit:
                break  # the next windows are eight times as wide: not enough either
        return self._fetch_newest(terms, query, limit)

    def _get_newest_id(self):
        table = SQL.identifier(self._table)
        return self.env.execute_query(SQL("SELECT max(id) FROM %s", table))[0][0] or 0

    def _fetch_newest(self, terms, query, limit):
        rows = self.env.execute_query(
            SQL(
                """SELECT f.rank, m.id
                     FROM (SELECT s.id FROM %(table)s s
                            WHERE %(lexemes)s @@ %(query)s::tsquery
                            ORDER BY s.id + 0 DESC) m
               CROSS JOIN LATERAL (
                            SELECT %(rank)s AS rank FROM %(table)s s
                             WHERE s.id = m.id AND %(filter)s OFFSET 0) f
               CROSS JOIN LATERAL (%(visible)s) v
                    LIMIT %(limit)s""",
                rank=terms.get_rank(),
                table=SQL.identifier(self._table),
                lexemes=LEXEMES,
                query=query,
                filter=terms.get_filter(is_indexed=True),
                visible=self._get_visible_select(),
                limit=limit,
            )
        )
        return set(rows)

    def _match_titles(self, terms, matches, page):
        """Add to ``matches`` older ones with a closer title, until a page is full."""
        terms = replace(terms, column="title")
        for rank, query in enumerate(terms.get_title_queries()):
            if sum(match[0] <= rank for match in matches) >= page:
                return
            more, is_all = self._match_few(terms, query)
            matches |= (
                more if is_all else self._match_newest_indexed(terms, query, page)
            )

    # Words

    def _expand(self, terms):
        """Return ``terms`` with the indexed words that the typed ones stand for."""
        found, is_complete = self.env[self._word_model]._get_expansions(terms.words)
        narrow = {word: each for word, each in found.items() if len(each) <= EXPANSIONS}
        frequency = self._get_frequencies(int(time.time() // 3600))
        other = min(frequency.values(), default=0) * UNLISTED
        shares = {
            word: min(sum(frequency.get(w, other) for w in each), 1)
            for word, each in narrow.items()
        }
        rarest = sorted(narrow, key=shares.get)[:INDEXED_WORDS]
        return replace(
            terms,
            expansions={word: narrow[word] for word in rarest},
            share=math.prod(shares[word] for word in rarest),
            is_complete=is_complete and bool(narrow),
        )

    @api.model
    @ormcache("hour")
    def _get_frequencies(self, hour):
        """Return in which share of the records frequent words are, by word.

        :param int hour: from when what PostgreSQL knows may be
        """
        rows = self.env.execute_query(
            SQL(
                """SELECT m.word, m.frequency
                     FROM pg_stats p,
                          unnest(p.most_common_elems::text::text[],
                                 p.most_common_elem_freqs) m(word, frequency)
                    WHERE p.schemaname = current_schema AND p.tablename = %s""",
                f"{self._table}_lexemes_index",
            )
        )
        return dict(rows)

    @api.model
    def _get_select(self, text):
        """Return the subquery of the ids that match ``text``, in any order."""
        words = words_of.get_words(text)
        terms = self._expand(Terms(words, "")) if words else None
        query = terms and terms.get_query()
        condition = SQL("FALSE")
        if query:
            condition = SQL(
                "%s @@ %s::tsquery AND %s",
                LEXEMES,
                query,
                terms.get_filter(is_indexed=True),
            )
        return SQL(
            "(SELECT s.id FROM %s s WHERE %s OR (s.digits = %s AND s.digits != ''))",
            SQL.identifier(self._table),
            condition,
            words_of.get_digits(text),
        )
