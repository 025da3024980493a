from odoo import api, models

from odoo.addons.livechat_command.tools.placeholders import Placeholder


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
                lambda source: self._get_link(self._get_ticket(source)),
            ),
        }

    @api.model
    def _get_ticket(self, source):
        return self._get_made_record(source, "helpdesk.ticket")
