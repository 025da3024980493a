from odoo import api, models

from odoo.addons.livechat_command.canned.placeholders import Placeholder


class MailCannedResponsePlaceholder(models.AbstractModel):
    _inherit = "mail.canned.response.placeholder"

    @api.model
    def _get_placeholders(self):
        return {
            **super()._get_placeholders(),
            "ticket.number": Placeholder(
                self.env._("ticket number"),
                "HT00012",
                lambda source: self._get_ticket(source).number,
            ),
            "ticket.link": Placeholder(
                self.env._("customer's link to the ticket"),
                "https://www.example.com/my/ticket/12",
                self._get_ticket_link,
            ),
        }

    @api.model
    def _get_ticket(self, source):
        """Return the ticket just made, else the conversation's last one, if any."""
        if source.record and source.record._name == "helpdesk.ticket":
            return source.record
        tickets = source.channel.env["helpdesk.ticket"]
        if not source.channel or not tickets.has_access("read"):
            return tickets
        return tickets.search(
            [("origin_channel_id", "=", source.channel.id)], order="id desc", limit=1
        )

    @api.model
    def _get_ticket_link(self, source):
        """Return the customer's page; without a token, so that it asks to log in."""
        ticket = self._get_ticket(source)
        return ticket and f"{ticket.get_base_url()}{ticket.access_url}"
