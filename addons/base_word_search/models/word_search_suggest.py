import logging
import time
from itertools import islice, product

import psycopg2

from odoo import api, models
from odoo.tools import SQL

from ..tools import likeness as likeness_of
from ..tools import terms as terms_of
from ..tools import words as words_of

_logger = logging.getLogger(__name__)

TYPED = 8  # typed words: with more, nothing is suggested
UNKNOWN = 3  # of them that are nowhere: the same
SIMILAR = 3  # words tried for each of those
TRIED = 4  # texts tried in all
COUNTED = 101  # records of each
READ = 2_000  # records that are read for who may read little, the newest
READ_BYTES = 3_000_000  # of them, the same
TIME = 40  # milliseconds in which it is done


class WordSearchSuggest(models.AbstractModel):
    """What was probably meant, when nothing matches what was typed."""

    _inherit = "word.search.index"

    @api.model
    def _suggest(self, text, limit=3):
        """Return texts like ``text`` that match something, the nearest first.

        Words that are nowhere are replaced by the nearest that there are. Who may not
        read all gets words, and the count, of what they may: what others have changes
        nothing.

        :return: pairs of text and how many records match it (at most 101 are counted)
        """
        words = words_of.get_typed_words(text)
        if not 0 < len(words) <= TYPED:
            return []
        end = time.monotonic() + TIME / 1000
        with self._by_indexes():
            candidates = self._get_candidate_select()
            try:
                with self._by(end):
                    if candidates:
                        return self._suggest_own(words, candidates, limit, end)
                    return self._suggest_any(words, limit, end)
            except psycopg2.errors.QueryCanceled:
                _logger.debug("Suggestions took too long: %s", words)
                return []

    def _suggest_any(self, words, limit, end):
        """Suggest words of the index that the user may read somewhere."""
        model, is_all = self.env[self._word_model], self._may_read_all()
        known = model._get_beginnings(words)
        if not is_all:
            # What only others have is nowhere: that it is known would say that it is.
            known = {w: found and self._hold(found, end) for w, found in known.items()}
        unknown = [word for word in words if not known.get(word, True)]
        if not 0 < len(unknown) <= UNKNOWN:
            return []
        near = model._get_near(unknown)
        if not is_all:
            near = {word: self._get_held(near[word], end) for word in unknown}
        texts = _replace(words, unknown, near)
        return self._count(texts, limit, end, self._count_found)

    def _get_held(self, words, end):
        """Return the first of ``words`` that stand in what the user may read."""
        held = (word for word in words if self._hold([word], end))
        return [*islice(held, SIMILAR)]

    def _hold(self, words, end):
        """Tell whether a record that the user may read holds one of these words."""
        self._limit_to(end)
        terms, queries = self._get_terms(words[:1], ""), [terms_of.any_of(words)]
        matches, is_all = self._match_few(terms, queries, SQL("TRUE"), 1)
        if not matches and not is_all:
            matches = self._match_newest_indexed(
                terms, queries, 1, SQL("TRUE"), terms.shares
            )
        return bool(matches)

    def _count_found(self, words, end):
        return len(self._find(" ".join(words), 0, COUNTED, end)[0])

    def _suggest_own(self, words, candidates, limit, end):
        """Suggest words of the newest records that the user may read."""
        docs = self._get_own_docs(candidates)
        text = f" {' '.join(doc for _id, doc in docs)} "
        unknown = [word for word in words if word not in text][: UNKNOWN + 1]
        slipped = self.env[self._word_model]._get_slipped(unknown)
        near = likeness_of.find_near_in(unknown, text, slipped)

        def count(chosen, end):
            held = (each for each, doc in docs if all(word in doc for word in chosen))
            ids = [*islice(held, COUNTED)]
            return len(self._filter_readable(ids, COUNTED, [], end))

        return self._count(_replace(words, unknown, near), limit, end, count)

    def _get_own_docs(self, candidates):
        """Return id and text of the newest records that the user may read."""
        visible = SQL("SELECT TRUE")
        if not self._may_read_all_candidates():
            visible = self._get_visible_select()
        return self._execute(
            SQL(
                """SELECT s.id, s.doc
                     FROM (SELECT s.id, s.doc,
                                  sum(octet_length(s.doc)) OVER (ORDER BY s.id DESC)
                                    AS bytes
                             FROM %s s
                            WHERE s.id = ANY(ARRAY(
                                    SELECT m.id
                                      FROM (SELECT id FROM (%s) c(id)
                                             ORDER BY id DESC LIMIT %s) m
                                CROSS JOIN LATERAL (%s) v))) s
                    WHERE s.bytes <= %s""",
                SQL.identifier(self._table),
                candidates,
                READ,
                visible,
                READ_BYTES,
            )
        )

    def _count(self, texts, limit, end, count):
        """Return those of ``texts`` that match something, with how many records."""
        suggestions = []
        for words in texts:
            if len(suggestions) == limit or time.monotonic() > end:
                break
            self._limit_to(end)
            if found := count(words, end):
                suggestions.append((" ".join(words), found))
        return suggestions


def _replace(words, unknown, near):
    """Return the ways to replace the unknown ones of ``words``, the nearest first."""
    if not 0 < len(unknown) <= UNKNOWN:
        return []
    choices = [near[word][:SIMILAR] if word in unknown else [word] for word in words]
    return [*islice(product(*choices), TRIED)]
