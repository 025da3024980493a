from odoo import api, models
from odoo.fields import Domain
from odoo.tools import email_normalize

from ...tools import number as numbers
from ...tools.syntax import fold

MAX_ID = 2**31


class LivechatOriginMixin(models.AbstractModel):
    """Which record a conversation is added to, by the number that is typed."""

    _inherit = "livechat.origin.mixin"

    @api.model
    def _read_number(self, argument):
        """Read the number that ``argument`` begins with.

        One that exists and may not be read is read as one that does not exist.

        :return: the records that have it, archived ones too, as far as the current user
            may read them, and the text behind it; or None where all is a title
        """
        number, text = numbers.read(argument)
        records = number and self._search_numbered(number)
        if number and (records or not number.prefix or self._is_prefix(number)):
            return records, text
        return None

    @api.model
    def _search_numbered(self, number):
        records = self.with_context(active_test=False)
        if self._livechat_number:
            typed = f"{number.prefix or '#'}{number.digits}"
            found = records._search_number(typed).filtered(
                lambda record: number.fits(record[self._livechat_number] or "")
            )
        else:
            is_id = not number.prefix and int(number.digits) < MAX_ID
            domain = Domain("id", "=", int(number.digits)) if is_id else Domain.FALSE
            found = records.search(domain)
        return found.with_env(self.env)

    @api.model
    def _search_number(self, text):
        """Return the records whose number ends like ``text``.

        As of the addon base_word_search, which is fast with very many.
        """
        digits = numbers.get_digits(text)
        return self.search([(self._livechat_number, "=like", f"%{digits}")])

    @api.model
    def _is_prefix(self, number):
        """Tell whether numbers of such records begin so, be there this one or not."""
        if not self._livechat_sequence:
            return False
        # sudo: ir.sequence - only how numbers begin
        sequences_sudo = self.env["ir.sequence"].sudo()
        found_sudo = sequences_sudo.search([("code", "=", self._livechat_sequence)])
        return any(number.begins_as(each_sudo.prefix or "") for each_sudo in found_sudo)

    def _get_typed_number(self):
        """Return how this record is typed, or ``""`` where its number has no digits."""
        if not self._livechat_number:
            return f"#{self.id}"
        text = self[self._livechat_number] or ""
        number, rest = numbers.read(text)
        digits = numbers.get_digits(text)
        return text if number and not rest else digits and f"#{digits}"

    # ------------------------------------------------------------
    # WHAT TO BEWARE OF
    # ------------------------------------------------------------

    def _may_add_note(self):
        """Tell whether the current user may post a note on this record."""
        operation = self._mail_get_operation_for_mail_message_operation("create")[self]
        return self.has_access(operation)

    def _get_adding_warnings(self, channel):
        """Return what to beware of before ``channel`` is added to this record."""
        warnings = self._get_state_warnings()
        if self._is_of_another(channel):
            name = self._get_contact_name()
            warnings.insert(0, self.env._("Of another customer: %(name)s", name=name))
        elif sentence := self._get_unverified_sentence(channel):
            warnings.insert(0, sentence)
        return warnings

    def _get_state_warnings(self):
        """Return what is unusual with adding to this record, whosever it is."""
        warnings = []
        if not self.filtered_domain(self._livechat_open):
            warnings.append(self.env._("Closed"))
        merged = self._livechat_merged and self[self._livechat_merged]
        # sudo: any model - its name, as may be read on this record
        if merged and (name := merged.sudo()._get_livechat_label()):
            warnings.append(self.env._("Duplicate of %(record)s", record=name))
        return warnings

    def _is_of_another(self, channel):
        """Tell whether this is probably no record of the visitor of ``channel``."""
        if not self._get_contact_name() or self in self._search_of_livechat(channel):
            return False
        # sudo: res.partner - whose record it is, as may be read on it
        contact = self.partner_id.sudo().commercial_partner_id
        visitor = channel._get_visitor_values()
        if visitor["partner"]:
            return contact != visitor["partner"].sudo().commercial_partner_id
        # Nothing of a guest is verified: what is the same is no other.
        is_same_name = fold(visitor["name"]) == fold(self._get_contact_name())
        return not (is_same_name or self._has_email(visitor["email"]))

    def _has_email(self, email):
        # sudo: res.partner - whose record it is, as may be read on it
        contact = self.partner_id.sudo().commercial_partner_id
        emails = {contact.email_normalized, self._get_email()}
        return email_normalize(email or "") in emails - {False}

    def _get_unverified_sentence(self, channel):
        """Tell by what a guest's word this is taken for theirs, or return ``""``.

        Of one that is not :meth:`_is_of_another`: anybody may call themselves so.
        """
        is_anybodys = not self._get_contact_name()
        if channel._get_customer() or is_anybodys:
            return ""
        if self in self._search_of_livechat(channel):
            return ""
        if self._has_email(channel._get_visitor_email()):
            return self._get_same_email_sentence()
        return self.env._("Same name, not verified")

    @api.model
    def _get_same_email_sentence(self):
        return self.env._("Same e-mail, not verified")
