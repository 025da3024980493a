from babel.dates import format_timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import babel_locale_parse, email_normalize, get_lang
from odoo.tools.sql import escape_psql

from ...tools.shown import as_label

LISTED = 100


class LivechatOriginMixin(models.AbstractModel):
    """Which records concern a conversation, and what is shown of one.

    All as far as the current user may read them, the most recent first.
    """

    _inherit = "livechat.origin.mixin"

    @api.model
    def _search_of_livechat(self, channel, limit=None):
        """Return the records that ``channel`` made, or was added to."""
        is_own = self._get_livechat_domain(channel)
        return self.search(is_own, order="id desc", limit=limit)

    @api.model
    def _get_livechat_domain(self, channel):
        added_ids = channel._get_followups(self._name).mapped("res_id")
        is_made = Domain("origin_channel_id", "=", channel.id)
        return is_made | Domain("id", "in", added_ids)

    @api.model
    def _search_of_customer(self, channel):
        """Return the open records of the customer, if a contact talks."""
        if not (customer := channel._get_customer()):
            return self.browse()
        domain = Domain("partner_id", "=", customer.id) & Domain(self._livechat_open)
        return self.search(domain, order="id desc", limit=LISTED)

    @api.model
    def _search_of_same_email(self, channel):
        """Return open records that carry the address which a guest typed.

        Nobody verified that it is the guest's: they are shown apart.
        """
        if channel._get_customer() or not (email := channel._get_visitor_email()):
            return self.browse()
        domain = self._get_email_domain(email) & Domain(self._livechat_open)
        domain &= ~self._get_livechat_domain(channel)
        return self.search(domain, order="id desc", limit=LISTED)

    @api.model
    def _get_email_domain(self, email):
        """Return the domain of what carries a normalized address.

        Of mails it is the sender as it came: "Marie" <marie@example.com>.
        """
        name, text = self._livechat_email, escape_psql(email)
        return Domain(name, "=ilike", text) | Domain(name, "ilike", f"<{text}>")

    def _get_email(self):
        """Return the address that was typed, normalized."""
        return email_normalize(self[self._livechat_email])

    # ------------------------------------------------------------
    # BY WORDS
    # ------------------------------------------------------------

    # The name, arguments and result are those of the addon base_word_search: where a
    # model inherits its mixin before this one, that does it.

    @api.model
    def _search_words(self, text, page, limit):
        """Find records by what is typed.

        :param int page: how many are to be in the right order, the closest first
        :param int limit: how many to return
        :return: records, and whether all ways of finding were tried
        """
        domain = [("display_name", "ilike", escape_psql(text))]
        return self.search(domain, order="id desc", limit=limit), True

    @api.model
    def _suggest_words(self, text, limit=3):
        """Return what was probably meant by ``text``, and how many records match that.

        :return: pairs of text and number
        """
        return []

    @api.model
    def _find_similar(self, title, limit=3, domain=None):
        """Return records whose title is like ``title``, the most alike first."""
        is_like = Domain(self._livechat_title, "ilike", escape_psql(title))
        return self.search(is_like & Domain(domain or Domain.TRUE), limit=limit)

    @api.model
    def _find_alike(self, channel, title, limit):
        """Return the records that a conversation called ``title`` may be the same as.

        The visitor's open ones, those with a like title first; then others with one.
        """
        own = self._search_of_livechat(channel).filtered_domain(self._livechat_open)
        own |= self._search_of_customer(channel) | self._search_of_same_email(channel)
        is_own = Domain("id", "in", own.ids)
        like_own = self._find_similar(title, limit, is_own) if own else own
        found = (like_own | own)[:limit]
        if len(found) < limit:
            found |= self._find_similar(title, limit)
        return found[:limit]

    # ------------------------------------------------------------
    # SHOWN
    # ------------------------------------------------------------

    def _get_contact_name(self):
        # sudo: res.partner - the name of the contact is on the record that one may read
        name = self.partner_id.sudo().name or self[self._livechat_name] or ""
        return as_label(name)

    def _get_stage_name(self):
        # Of another company the stage itself may be closed to who reads the record.
        # sudo: any model - the name of the stage is on the record that one may read
        return self.sudo().stage_id.name or ""

    def _get_details(self):
        """Return customer, stage, assignee and age, as shown below a match."""
        locale = babel_locale_parse(get_lang(self.env).code)
        # What was loaded by SQL may have no date.
        now = fields.Datetime.now()
        age = self.create_date and format_timedelta(
            now - self.create_date, locale=locale
        )
        # sudo: res.users - the name of who has the record that one may read
        assignee = self.user_id.sudo().name
        parts = (self._get_contact_name(), self._get_stage_name(), assignee, age)
        return " · ".join(filter(None, parts))
