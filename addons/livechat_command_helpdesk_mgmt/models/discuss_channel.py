from odoo import models
from odoo.fields import Domain
from odoo.tools import email_normalize
from odoo.tools.sql import escape_psql

from odoo.addons.mail.tools.discuss import Store


class DiscussChannel(models.Model):
    _inherit = "discuss.channel"

    def _get_tickets(self):
        """Return the conversation's tickets and the customer's open ones.

        As far as the current user may read them, the most recent first in each.
        """
        tickets, own = self.env["helpdesk.ticket"], self._get_own_tickets()
        if partner := self._get_customer():
            is_open = [("partner_id", "=", partner.id), ("closed", "=", False)]
            tickets = tickets.search(is_open, order="id desc", limit=100)
        return own, tickets - own

    def _get_same_email_tickets(self):
        """Return open tickets that carry the address which a guest typed.

        Nobody verified that it is the guest's: they are shown apart, and as far as the
        current user may read them.
        """
        tickets = self.env["helpdesk.ticket"]
        if self._get_customer() or not (email := self._get_visitor_email()):
            return tickets
        domain = Domain("partner_email", "ilike", escape_psql(email))
        domain &= Domain("closed", "=", False) & Domain(
            "origin_channel_id", "!=", self.id
        )
        found = tickets.search(domain, order="id desc", limit=100)
        # Of mails the ticket has the sender as it came: "Marie" <marie@example.com>.
        return found.filtered(
            lambda ticket: email == email_normalize(ticket.partner_email)
        )

    def _get_own_tickets(self, limit=None):
        is_own = [("origin_channel_id", "=", self.id)]
        return self.env["helpdesk.ticket"].search(is_own, order="id desc", limit=limit)

    def _get_livechat_session_fields_to_store(self):
        """Add the tickets of the information panel."""
        own, others = self._get_tickets()
        shown = [
            Store.Attr("name", lambda ticket: f"{ticket.number} {ticket.name}"),
            Store.Attr("stage", lambda ticket: ticket.stage_id.name or ""),
        ]
        return super()._get_livechat_session_fields_to_store() + [
            Store.Many("helpdesk_ticket_ids", shown, value=own),
            Store.Many("customer_ticket_ids", shown, value=others),
        ]
