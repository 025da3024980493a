import logging
import math
import time
from contextlib import contextmanager

import psycopg2

from odoo import api, models
from odoo.tools import SQL, ormcache

from ..tools import terms as terms_of
from ..tools import words as words_of
from ..tools.terms import Terms

_logger = logging.getLogger(__name__)

RARE = 0.003  # share of the records up to which the index is asked first
CLOSE = 100  # closer matches that are ranked whole
TITLES = 500  # expected matches up to which all closest are asked for at once
FREQUENT = 0.04  # share of the records from which on the newest are looked through
UNLISTED = 0.1  # how frequent other words are, to the least frequent in the statistics
PARTS_TIME = 30  # milliseconds for parts inside words
LEAST_TIME = 3  # for less, PostgreSQL is not asked at all
TIME = 45  # milliseconds from the beginning in which they must be found, too


class WordSearchFind(models.AbstractModel):
    """How records are found: which ways are fast for these words and this user.

    Matches are sets of (rank, id). Why the SQL is as it is, and what was measured, says
    the README.
    """

    _inherit = "word.search.index"

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
    def _find(self, text, page, limit, end=None):
        """Return the records that hold every word of ``text``, the closest first.

        Only what the current user may read is found.

        :param int page: how many are to be in the right order
        :param int limit: how many to return, and to count up to
        :param float end: when parts inside words must be found, at the latest
        :return: ids, and whether parts inside words were all looked for
        """
        words = words_of.get_typed_words(text)
        if not words:
            return [], True
        end = end or time.monotonic() + TIME / 1000
        with self._by_indexes():
            line = words_of.get_line(text[: words_of.TYPED_LENGTH])
            terms = self._get_terms(words, line)
            matches, is_complete = self._match(terms, page, limit)
            if not is_complete and len(matches) < limit:
                matches, is_complete = self._match_parts(terms, matches, limit, end)
        ids = [match[1] for match in sorted(matches, key=lambda m: (m[0], -m[1]))]
        return ids[:limit], is_complete or len(ids) >= limit

    def _match(self, terms, page, limit):
        """Return matches of words and beginnings, and whether parts are among them.

        First whole words, then their beginnings, then parts: each is only looked for
        when those before are too few.
        """
        matches, is_all, is_begun = self._match_rare(terms, limit)
        if len(matches) < limit:
            # Who may read little would have very many looked at in vain.
            visible = self._match_visible(terms, limit)
            if visible is not None:
                return visible, True
        if is_begun:
            return matches, False
        if len(matches) < limit and not is_all:
            matches |= self._match_many(terms, limit)
            is_all = len(matches) < limit
        if len(matches) < page and not terms.beginnings:
            # Very many titles begin with so little: the newest are near at hand.
            matches |= self._match_newest(terms, limit)
        if len(matches) < limit:
            more, is_begun = self._match_beginnings(terms, limit)
            matches |= more
        if not is_begun:
            self._match_closer(terms, matches, page, is_all)
        return matches, False

    def _match_rare(self, terms, limit):
        """Return matches of rare words, or else none.

        :return: matches, whether all that hold the whole words are there, and whether
            all that hold their beginnings are
        """
        if terms.are_nowhere:
            return set(), True, False
        if math.prod(terms.shares.values()) > RARE or not terms.are_some(terms.shares):
            return set(), False, False
        if terms.are_some(terms.shares_of_asked_beginnings, limit):
            # All that begin so cost hardly more than the whole words, and suffice.
            matches, is_begun = self._match_few_beginnings(terms, limit)
            if is_begun:
                return matches, True, True
        return *self._match_few_closer(terms, terms_of.WORDS, limit), False

    def _match_many(self, terms, limit):
        """Return the newest matches of frequent words."""
        matches = set()
        if math.prod(terms.shares.values()) > FREQUENT:
            matches = self._match_newest(terms, limit)
        if len(matches) < limit:
            matches |= self._match_newest_closer(terms, terms_of.WORDS, limit)
        return matches

    def _match_closer(self, terms, matches, page, is_all):
        """Add to ``matches``, the newest, older ones that are closer.

        As far as the page is not full of what is as close: the newest are there.

        :param is_all: whether all that hold the whole words are there
        """

        def is_full(rank):
            return sum(match[0] <= rank for match in matches) >= page

        ranks = [terms_of.TITLE_BEGINS, terms_of.TITLE_WORDS, terms_of.WORDS]
        if is_full(terms_of.TITLE_EQUAL):
            return
        if is_full(terms_of.TITLE_BEGINS) and terms.may_go_on:
            # Newer ones may begin so without the whole last word.
            matches |= self._match_newest_begun(terms, page)
        if is_all:
            # Only what begins with the line may lack its last word.
            ranks = [terms_of.TITLE_BEGINS]
        elif is_full(terms_of.TITLE_BEGINS):
            ranks = [terms_of.TITLE_EQUAL]
        elif self._are_few_closest(terms):
            queries, condition = terms.get_closest_queries(), terms.get_closest_filter()
            more, is_complete = self._match_few(terms, queries, condition, page, CLOSE)
            matches |= more
            if queries and is_complete:
                ranks = [terms_of.WORDS]
        for rank in ranks:
            if is_full(rank):
                return
            matches |= self._match_rank(terms, rank, page)

    def _match_newest_begun(self, terms, page):
        """Return the newest titles that begin with the line, if they are frequent."""
        condition = terms.get_closer_filter(terms_of.TITLE_BEGINS)
        matches = self._match_newest_beginnings(terms, page, condition)
        if len(matches) < page:
            rank = terms_of.TITLE_BEGINS
            matches |= self._match_few_closer(terms, rank, page, CLOSE)[0]
        return matches

    def _are_few_closest(self, terms):
        """Tell whether probably few titles hold these words or begin with the line."""
        # Where there is a second word, hardly any begin so.
        begin = {terms.line: terms.shares_of_beginnings.get(terms.line, 1)}
        begin_some = " " in terms.line or terms.are_some(begin)
        shares = self._get_closer_shares(terms, terms_of.TITLE_WORDS)
        return begin_some and terms.are_some(shares, TITLES)

    def _get_closer_shares(self, terms, rank):
        """Return which share of the records probably holds each word, so closely."""
        if rank == terms_of.TITLE_WORDS:
            return self._get_shares({word: [f"={word}"] for word in terms.asked})
        return terms.shares if rank == terms_of.WORDS else {terms.line: 0}

    def _match_rank(self, terms, rank, page):
        """Return matches that are so close: all, or the newest of each closeness."""
        if rank == terms_of.TITLE_BEGINS and terms.begin_very_many:
            condition, is_complete = terms.get_closer_filter(rank), False
            matches = self._match_newest_beginnings(terms, page, condition)
        else:
            matches, is_complete = self._match_few_closer(terms, rank, page, CLOSE)
        if not is_complete:
            if len(matches) < page:
                matches |= self._match_newest_closer(terms, rank, page)
            if rank == terms_of.TITLE_BEGINS:
                matches |= self._match_rank(terms, terms_of.TITLE_EQUAL, page)
        return matches

    def _match_few_closer(self, terms, rank, limit, few=None):
        queries = terms.get_closer_queries(rank)
        condition = terms.get_closer_filter(rank)
        return self._match_few(terms, queries, condition, limit, few)

    def _match_newest_closer(self, terms, rank, limit):
        queries = terms.get_closer_queries(rank)
        condition = terms.get_closer_filter(rank)
        shares = self._get_closer_shares(terms, rank)
        return self._match_newest_indexed(terms, queries, limit, condition, shares)

    def _match_beginnings(self, terms, limit):
        """Return the newest matches of words and their beginnings.

        :return: matches, and whether these are all there are
        """
        queries = terms.get_beginnings_queries()
        if not queries:
            return set(), False
        matches, is_all = set(), False
        if not terms.beginnings:
            condition = terms.get_beginnings_filter()
            matches = self._match_newest_beginnings(terms, limit, condition)
        shares = terms.shares_of_asked_beginnings
        if len(matches) < limit and terms.are_some(shares):
            more, is_all = self._match_few_beginnings(terms, limit)
            matches |= more
        if not is_all and len(matches) < limit:
            condition = terms.get_beginnings_filter(terms.asked_beginnings)
            matches |= self._match_newest_indexed(
                terms, queries, limit, condition, shares
            )
            is_all = len(matches) < limit
        return matches, is_all

    def _match_few_beginnings(self, terms, limit):
        queries = terms.get_beginnings_queries()
        if not queries:
            return set(), False
        condition = terms.get_beginnings_filter(terms.asked_beginnings)
        return self._match_few(terms, queries, condition, limit)

    # ------------------------------------------------------------
    # PARTS INSIDE WORDS
    # ------------------------------------------------------------

    def _match_parts(self, terms, matches, limit, end):
        """Add matches with parts inside words, in the time that there is for them.

        :return: all matches, and whether those with parts are all among them
        """
        end = min(end, time.monotonic() + PARTS_TIME / 1000)
        try:
            with self._by(end):
                parts = self.env[self._word_model]._get_parts(terms.words)
                self._limit_to(end)
                more = self._match_words_of_parts(terms, parts, limit, end)
        except psycopg2.errors.QueryCanceled:
            _logger.debug("Parts inside words took too long: %s", terms.words)
            return matches, False
        return matches | (more or set()), more is not None

    @contextmanager
    def _by(self, end):
        """Have PostgreSQL give up what is not done by then."""
        with self._for_now():
            self._limit_to(end)
            yield

    def _limit_to(self, end):
        """Have PostgreSQL give up each next statement that is not done by then.

        :raise psycopg2.errors.QueryCanceled: when there is no time left
        """
        left = int((end - time.monotonic()) * 1000)
        if left < LEAST_TIME:
            raise psycopg2.errors.QueryCanceled
        query = SQL("SET LOCAL statement_timeout = %s", left)
        self.env.cr.execute(query, log_exceptions=False)

    def _match_words_of_parts(self, terms, parts, limit, end):
        """Return matches with the words that hold the typed ones, None if too many."""
        if not parts:
            return None
        if not all(parts.values()):
            return set()
        queries, condition, shares = self._ask_for_parts(terms, parts)
        if terms.are_some(shares):
            matches, is_all = self._match_few(terms, queries, condition, limit)
            if is_all:
                return matches
        return self._match_newest_indexed(terms, queries, limit, condition, shares, end)

    def _ask_for_parts(self, terms, parts):
        """Return what to ask for, the condition for the rest, and the asked shares."""
        shares = self._get_shares(parts)
        asked = {part: shares[part] for part in terms_of.get_rarest(shares)}
        # What was written with a mark may be found where it is none of the words.
        sure = [part for part in asked if not terms_of.are_marked(parts[part])]
        queries = [terms_of.any_of(parts[part]) for part in asked]
        return queries, terms.get_parts_filter(sure), asked

    # ------------------------------------------------------------
    # WORDS
    # ------------------------------------------------------------

    def _get_terms(self, words, line):
        """Return what to look for, with the indexed words that the typed ones begin."""
        beginnings = self.env[self._word_model]._get_beginnings(words)
        return Terms(
            words,
            line,
            beginnings,
            shares=self._get_shares({word: [word] for word in words}),
            shares_of_beginnings=self._get_shares(beginnings),
            newest=self._get_newest_id(),
        )

    def _get_shares(self, alternatives):
        """Return which share of the records probably holds one of each word's own.

        :param dict alternatives: by typed word, those that it may stand for
        """
        frequency = self._get_frequencies(int(time.time() // 3600))
        other = min(frequency.values(), default=0) * UNLISTED
        return {
            word: min(sum(frequency.get(w, other) for w in each), 1)
            for word, each in alternatives.items()
        }

    @api.model
    @ormcache("hour")
    def _get_frequencies(self, hour):
        """Return in which share of the records frequent words are, by word.

        :param int hour: from when what PostgreSQL knows may be
        """
        rows = self._execute(
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
        words = words_of.get_typed_words(text)
        condition = SQL("FALSE")
        if words:
            with self._by_indexes():
                condition = self._get_condition(self._get_terms(words, ""))
        return SQL(
            "(SELECT s.id FROM %s s WHERE %s OR (s.digits = %s AND s.digits != ''))",
            SQL.identifier(self._table),
            condition,
            words_of.get_digits(text),
        )

    def _get_condition(self, terms):
        """Return the condition that a row matches."""
        conditions = []
        if queries := terms.get_beginnings_queries():
            condition = terms.get_beginnings_filter(terms.asked_beginnings)
            conditions.append((queries, condition))
        try:
            with self._by(time.monotonic() + PARTS_TIME / 1000):
                parts = self.env[self._word_model]._get_parts(terms.words)
        except psycopg2.errors.QueryCanceled:
            parts = None
        if parts and all(parts.values()):
            conditions.append(self._ask_for_parts(terms, parts)[:2])
        return SQL(" OR ").join(
            [
                SQL("(%s AND %s)", terms_of.match_all(queries), condition)
                for queries, condition in conditions
            ]
            or [SQL("FALSE")]
        )
