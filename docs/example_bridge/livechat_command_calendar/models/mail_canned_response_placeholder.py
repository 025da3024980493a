from odoo import api, models
from odoo.tools import format_time

from odoo.addons.livechat_command.tools.placeholders import Placeholder


class MailCannedResponsePlaceholder(models.AbstractModel):
    _inherit = "mail.canned.response.placeholder"

    @api.model
    def _get_placeholders(self):
        return {
            **super()._get_placeholders(),
            "call.time": Placeholder(
                self.env._("time of the call"), "17:30", self._get_call_time
            ),
        }

    @api.model
    def _get_call_time(self, source):
        """Return when the call that was just planned is, or no value."""
        if not source.record or source.record._name != "calendar.event":
            return ""
        return format_time(self.env, source.record.start, time_format="short")
