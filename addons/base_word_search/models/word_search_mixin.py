from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from ..tools import words as words_of
from ..tools.terms import parse_number


class WordSearchMixin(models.AbstractModel):
    """A model that is found by words and by number, through a search index.

    A concrete model sets

    - ``_word_search_index``, the name of its index;
    - ``_word_search_title``, the field with its title;
    - ``_word_search_texts``, the other fields that are searched: text, HTML, and
      contacts, of which name and e-mail are searched; none that is computed;
    - ``_word_search_number``, the field with its number, if it has one.

    This is what is indexed, and what is indexed again when it changes.
    """

    _name = "word.search.mixin"
    _description = "Searchable by Words"
    _word_search_index = None
    _word_search_title = "name"
    _word_search_texts = ()
    _word_search_number = None

    word_search = fields.Char("Words", store=False, search="_search_word_search")

    def _register_hook(self):
        super()._register_hook()
        if not self._abstract:
            self._check_word_search()

    def _check_word_search(self):
        """Refuse a declaration by which something would silently not be found.

        :raise ValueError: with a sentence for the developer
        """
        index = self.env.registry.get(self._word_search_index or "")
        if getattr(index, "_searched_model", None) != self._name:
            raise ValueError(
                f"{self._name}: _word_search_index must name the word.search.index"
                " whose _searched_model is this model"
            )
        for name in self._get_word_search_fields():
            field = self._fields.get(name)
            if not (field and field.store and field.column_type):
                raise ValueError(f"{self._name}.{name} has no column to be indexed")
            if field.translate or field.company_dependent:
                raise ValueError(f"{self._name}.{name} has several values to index")
            if field.compute and name in self._word_search_texts:
                raise ValueError(f"{self._name}.{name} is computed: nothing follows it")
            if field.relational and field.comodel_name != "res.partner":
                raise ValueError(f"{self._name}.{name} links to no contact")

    @api.model
    def _get_word_search_fields(self):
        """Return the names of the fields whose change is to be indexed."""
        names = (self._word_search_number, self._word_search_title)
        return [*filter(None, names), *self._word_search_texts]

    @api.model
    def _get_word_search_contacts(self):
        """Return the names of those that link to a contact."""
        return [
            name for name in self._word_search_texts if self._fields[name].relational
        ]

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        records._update_word_search()
        return records

    def write(self, vals):
        result = super().write(vals)
        if not vals.keys().isdisjoint(self._get_word_search_fields()):
            self._update_word_search()
        return result

    def _update_word_search(self):
        self.env[self._word_search_index]._reindex(self.ids)

    @api.model
    def _get_contact_domain(self, partners):
        """Return the domain of the records whose index holds these contacts."""
        return Domain.OR(
            Domain(name, "in", partners.ids)
            for name in self._get_word_search_contacts()
        )

    @api.model
    def _search_words(self, text, page, limit):
        """Find records by number or by words, as far as the current user may read them.

        :param int page: how many are to be in the right order: those with this number
            (archived too), then the closest, the most recent first in each
        :param int limit: how many by words to return, and to count up to
        :return: records, and whether parts inside words were all looked for
        """
        ids, is_complete = self.env[self._word_search_index]._find(text, page, limit)
        return self._search_number(text) | self.browse(ids), is_complete

    @api.model
    def _find_similar(self, title, limit=3, domain=None):
        """Return records whose title is like ``title``, the best first.

        As far as the current user may read them. Some of the words are enough, in any
        order, and typing errors are forgiven; the last word may be only begun. Rare
        words weigh more, and those that say nothing do not suffice, nor do less than
        three letters.

        :param domain: what else the records must be, such as open ones of a customer;
            when they are at most some thousand, all of their titles are compared
        """
        index = self.env[self._word_search_index]
        return self.browse(index._find_similar(title, limit, domain))

    @api.model
    def _suggest_words(self, text, limit=3):
        """Return what was probably meant by ``text``, when nothing matches it.

        :return: pairs of text and how many records match it, as far as the current
            user may read them, the nearest first
        """
        return self.env[self._word_search_index]._suggest(text, limit)

    @api.model
    def _search_number(self, text):
        """Return the records with the number ``text``: ``12``, ``#12``, ``HT12``, …"""
        name, number = self._word_search_number, parse_number(text)
        if not (name and number):
            return self.browse()
        digits, prefix = number
        ids = self.env[self._word_search_index]._find_digits(digits)
        records = self.with_context(active_test=False).search([("id", "in", ids)])
        return records.with_env(self.env).filtered(
            lambda record: prefix in words_of.fold(record[name] or "")
        )

    @api.model
    def _search_word_search(self, operator, value):
        """Find as ``_search_words`` does, for views: the same words, in any order.

        :raise AccessError: to portal users, who may send a domain of thousands of
            words: PostgreSQL is asked for each
        """
        if not (self.env.su or self.env.user._is_internal()):
            raise AccessError(self.env._("Internal users alone search by words."))
        if operator not in ("ilike", "=", "in"):
            return NotImplemented
        texts = [value] if isinstance(value, str) else list(value)
        index = self.env[self._word_search_index]
        return Domain.OR(
            Domain("id", "in", index._get_select(str(text))) for text in texts
        )
