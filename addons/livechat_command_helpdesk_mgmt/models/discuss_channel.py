from odoo import models
from odoo.fields import Domain

from odoo.addons.mail.tools.discuss import Store


class DiscussChannel(models.Model):
    _inherit = "discuss.channel"

    def _get_tickets(self):
        """Return the conversation's tickets and the customer's open ones.

        As far as the current user may read them, the most recent first in each.
        """
        self.ensure_one()
        tickets = self.env["helpdesk.ticket"]
        own = tickets.search([("origin_channel_id", "=", self.id)], order="id desc")
        partner = self._get_visitor_values()["partner"]
        is_open = Domain("partner_id", "=", partner.id) & Domain("closed", "=", False)
        if partner:
            tickets = tickets.search(is_open, order="id desc", limit=100)
        return own, tickets - own

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
