from odoo import api, fields, models
from odoo.fields import Domain


class LivechatSearchableMixin(models.AbstractModel):
    """A model that is found by words through a search index.

    A concrete model sets ``_search_index`` and ``_search_index_fields``.
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
    def _search_livechat_search(self, operator, value):
        """Find as the command does, for views: the same words, in any order."""
        if operator not in ("ilike", "=", "in"):
            return NotImplemented
        texts = [value] if isinstance(value, str) else list(value)
        index = self.env[self._search_index]
        return Domain.OR(
            Domain("id", "in", index._get_select(str(text))) for text in texts
        )
