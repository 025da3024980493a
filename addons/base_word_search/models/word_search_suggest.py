from itertools import product

from odoo import api, models

from ..tools import words as words_of

UNKNOWN = 3  # typed words that are nowhere: with more, nothing is suggested
SIMILAR = 3  # words tried for each of them; all their combinations are made
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
        model = self.env[self._word_model]
        known = model._get_beginnings(words)
        unknown = {word for word in words if not known.get(word, True)}
        if not 0 < len(unknown) <= UNKNOWN:
            return []
        choices = [
            model._get_similar(word, SIMILAR) if word in unknown else [word]
            for word in words
        ]
        suggestions = []
        for chosen in [*product(*choices)][:TRIED]:
            suggestion = " ".join(chosen)
            if len(suggestions) < limit:
                count = len(self._find(suggestion, 1, COUNTED)[0])
                suggestions += [(suggestion, count)] if count else []
        return suggestions
