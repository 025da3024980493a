import re

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL, email_normalize, html2plaintext
from odoo.tools.translate import code_translations

from ...tools import title
from ...tools.shown import as_label

# What follows "Visitor" in Odoo's default names: "#12", "nº 12", or nothing.
_GUEST_NUMBER = re.compile(r"(\W*(\w{1,8}\W+)?\d+)?$")
# Begins where no address goes on, with parts of limited length: a text without address
# is passed over once, not once from each letter.
_EMAIL = re.compile(
    r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}(?![\w-])"
)
# Anonymous visitors may send hundreds of kilobytes a message: what is looked at each
# time that commands are offered is the beginning of a few.
LOOKED_AT_LENGTH = 4000
LOOKED_AT_MESSAGES = 20
TITLE_MESSAGES = 3


class DiscussChannel(models.Model):
    _inherit = "discuss.channel"

    def _get_visitor(self):
        """Return the visitor: a ``res.partner`` who is logged in, or a ``mail.guest``.

        Public and internal partners are never the visitor.
        """
        self.ensure_one()
        # sudo: discuss.channel - who may read a live chat may know its visitor
        customers = (
            self.sudo().with_context(active_test=False).livechat_customer_history_ids
        )
        partners = customers.partner_id.filtered(
            lambda partner: partner.partner_share and not partner.is_public
        )
        return (partners[:1] or customers.guest_id[:1]).sudo(False)

    def _get_visitor_values(self):
        """Return what is known of the visitor, for records made from the conversation.

        :return: a dict with ``partner`` (the contact of a logged-in visitor, else an
            empty recordset), ``name`` and ``email`` (text or ``""``; Odoo's default
            guest names count as none). The e-mail address of a guest is what the
            visitor typed or gave to the chatbot: nobody verified it.
        """
        return {
            "partner": self._get_contact(self._get_visitor()),
            "name": self._get_visitor_known_name(),
            "email": self._get_visitor_email(),
        }

    def _get_visitor_known_name(self):
        """Return the visitor's name, or ``""`` where Odoo gave it."""
        # sudo: mail.guest - who may read a live chat may know its visitor
        visitor_sudo = self._get_visitor().sudo()
        name = visitor_sudo.name or ""
        is_guest = visitor_sudo._name == "mail.guest"
        return "" if is_guest and self._is_default_guest_name(name) else name

    def _get_visitor_email(self):
        """Return the address of a contact, or what a guest typed, or ``""``."""
        # sudo: mail.guest - who may read a live chat may know its visitor
        visitor_sudo = self._get_visitor().sudo()
        if visitor_sudo.email or visitor_sudo._name == "res.partner":
            return visitor_sudo.email or ""
        return self._find_visitor_email()

    @api.model
    def _is_default_guest_name(self, name):
        """Tell whether ``name`` is one that Odoo gives, in any installed language."""
        words = {"visitor", "guest"}
        for code, _name in self.env["res.lang"].get_installed():
            terms = code_translations.get_python_translations("im_livechat", code)
            words.add((terms.get("Visitor") or "visitor").casefold())
        name = name.casefold()
        return any(
            name.startswith(word) and _GUEST_NUMBER.match(name[len(word) :])
            for word in words
        )

    def _get_visitor_name(self):
        """Return how to speak of the visitor in a sentence for the operator."""
        # sudo: mail.guest - who may read a live chat may know its visitor
        name = self._get_visitor().sudo().name
        return as_label(name) if name else self.env._("The visitor")

    def _find_visitor_email(self):
        """Return an address that the visitor typed or told the chatbot, or ``""``."""
        # sudo: chatbot.message - who may read a live chat may read its answers
        asked = self.sudo()._chatbot_find_customer_values_in_messages(
            {"question_email": "email"}
        )
        if address := email_normalize(asked.get("email") or ""):
            return address
        for text in self._get_visitor_texts(LOOKED_AT_MESSAGES, sign="@"):
            if match := _EMAIL.search(text):
                return email_normalize(match[0]) or ""
        return ""

    def _get_visitor_texts(self, limit, sign=""):
        """Yield the text of the visitor's first messages.

        Of each no more than the beginning is looked at, by PostgreSQL neither.

        :param str sign: what that holds, and is no wildcard
        """
        # sudo: discuss.channel - who may read a live chat may read its messages
        visitors = self.sudo().livechat_customer_history_ids
        Message = self.env["mail.message"].sudo()
        query = Message._search(
            self._get_transcript_domain([("body", "!=", False)])
            & (
                Domain("author_id", "in", visitors.partner_id.ids)
                | Domain("author_guest_id", "in", visitors.guest_id.ids)
            ),
            order="id",
            limit=limit,
        )
        body = Message._field_to_sql(query.table, "body", query)
        beginning = SQL("left(%s, %s)", body, LOOKED_AT_LENGTH)
        query.add_where(SQL("%s LIKE %s", beginning, f"%{sign}%"))
        for (html,) in self.env.execute_query(query.select(beginning)):
            yield html2plaintext(html, include_references=False)

    def _get_visitor_first_sentence(self):
        """Return what the visitor wrote about, 60 characters at most, or ``""``."""
        return title.find_title(self._get_visitor_texts(TITLE_MESSAGES))

    def _is_visitor_online(self):
        # sudo: mail.guest - who may read a live chat may see that the visitor is there
        return (self._get_visitor().sudo().im_status or "offline") != "offline"
