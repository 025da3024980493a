from itertools import product

from odoo import api, models

from ..tools import words as words_of

SIMILAR = 3  # words tried for each typed one that is nowhere
TRIED = 6  # texts tried in all
COUNTED = 101  # records of each


class WordSearchSuggest(models.AbstractModel):
    """What was probably meant, when nothing matches what was typed."""

    _inherit = "word.search.index"

    @api.model
    def _suggest(self, text, limit=3):
        """Return texts like ``text`` that match something, the nearest first.

        Words that are nowhere, nor begin another, are replaced by the most similar of
        the index. Only what the current user may read counts, so nobody learns of a
        word that stands in no record of theirs.

        :return: pairs of text and how many records match it (at most 101 are counted)
        """
        words = words_of.get_words(text)
        if not words:
            return []
        model = self.env[self._word_model]
        known = model._get_beginnings(words)
        choices = [
            [word] if known.get(word, True) else model._get_similar(word, SIMILAR)
            for word in words
        ]
        suggestions = []
        for chosen in [*product(*choices)][:TRIED]:
            suggestion = " ".join(chosen)
            if len(suggestions) < limit and [*chosen] != words:
                count = len(self._find(suggestion, 1, COUNTED)[0])
                suggestions += [(suggestion, count)] if count else []
        return suggestions
