import re

from odoo import api, fields, models
from odoo.fields import Domain

from ..tools.syntax import fold
from ..tools.words import get_digits

# A number is typed with or without "#", and with or without what is before it.
_NUMBER = re.compile(r"#?(?P<prefix>(?:\S*\D)?)\d+")


class LivechatSearchableMixin(models.AbstractModel):
    """A model that is found by words and by number, through a search index.

    A concrete model has a field ``number``, and sets ``_search_index``, the name of its
    index, and ``_search_index_fields``, those whose change is to be indexed.
    """

    _name = "livechat.searchable.mixin"
    _description = "Searchable by Words"
    _search_index = None
    _search_index_fields = frozenset()

    livechat_search = fields.Char(
        "Words", store=False, search="_search_livechat_search"
    )

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        records._update_search_index()
        return records

    def write(self, vals):
        result = super().write(vals)
        if not self._search_index_fields.isdisjoint(vals):
            self._update_search_index()
        return result

    def _update_search_index(self):
        self.env[self._search_index]._reindex(self.ids)

    @api.model
    def _reindex_partners(self, partners):
        """Index the records of contacts whose name or e-mail changed."""
        if "partner_id" in self._search_index_fields:
            # sudo: any searchable model - whoever renames the contact
            records = self.sudo().with_context(active_test=False)
            records.search([("partner_id", "in", partners.ids)])._update_search_index()

    @api.model
    def _search_words(self, text, page, limit):
        """Find records by number or by words, as far as the current user may read them.

        :param int page: how many are to be in the right order: those with this number
            (archived too), then the closest titles, the most recent first in each
        :param int limit: how many by words to return, and to count up to
        :return: records, and whether parts inside words were all looked for
        """
        ids, is_complete = self.env[self._search_index]._find(text, page, limit)
        return self._search_number(text) | self.browse(ids), is_complete

    @api.model
    def _search_number(self, text):
        """Return the records with the number ``text``: ``12``, ``#12``, ``HT12``, …"""
        match = _NUMBER.fullmatch(fold(text.strip()))
        if not match:
            return self.browse()
        ids = self.env[self._search_index]._find_digits(get_digits(text))
        records = self.with_context(active_test=False).search([("id", "in", ids)])
        return records.with_env(self.env).filtered(
            lambda record: match["prefix"] in fold(record.number)
        )

    @api.model
    def _search_livechat_search(self, operator, value):
        """Find as the command does, for views: the same words, in any order."""
        if operator not in ("ilike", "=", "in"):
            return NotImplemented
        texts = [value] if isinstance(value, str) else list(value)
        index = self.env[self._search_index]
        return Domain.OR(
            Domain("id", "in", index._get_select(str(text))) for text in texts
        )
