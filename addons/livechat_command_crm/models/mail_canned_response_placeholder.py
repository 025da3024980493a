from odoo import api, models

from odoo.addons.livechat_command.tools.placeholders import Placeholder


class MailCannedResponsePlaceholder(models.AbstractModel):
    _inherit = "mail.canned.response.placeholder"

    @api.model
    def _get_placeholders(self):
        return {
            **super()._get_placeholders(),
            "lead.name": Placeholder(
                self.env._("title of the lead"),
                self.env._("Interested in 50 desks"),
                lambda source: self._get_made_record(source, "crm.lead").name,
            ),
        }
