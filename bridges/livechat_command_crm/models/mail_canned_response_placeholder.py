from odoo import api, models

from odoo.addons.livechat_command.canned.placeholders import Placeholder


class MailCannedResponsePlaceholder(models.AbstractModel):
    _inherit = "mail.canned.response.placeholder"

    @api.model
    def _get_placeholders(self):
        return {
            **super()._get_placeholders(),
            "lead.name": Placeholder(
                self.env._("title of the lead"),
                self.env._("Interested in 50 desks"),
                lambda source: self._get_lead(source).name,
            ),
        }

    @api.model
    def _get_lead(self, source):
        """Return the lead just made, else the conversation's last one, if any."""
        if source.record and source.record._name == "crm.lead":
            return source.record
        leads = source.channel.env["crm.lead"]
        if not source.channel or not leads.has_access("read"):
            return leads
        return leads.search(
            [("origin_channel_id", "=", source.channel.id)], order="id desc", limit=1
        )
