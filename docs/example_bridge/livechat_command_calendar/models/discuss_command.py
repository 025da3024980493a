from datetime import timedelta

from odoo import fields, models

from odoo.addons.livechat_command.tools.errors import CommandUsageError
from odoo.addons.livechat_command.tools.kind import Kind
from odoo.addons.livechat_command.tools.reply import Reply


class DiscussCommand(models.Model):
    _inherit = "discuss.command"

    kind = fields.Selection(
        selection_add=[("callback", "Call Back")], ondelete={"callback": "cascade"}
    )

    def _get_kinds(self):
        callback = Kind(
            run="_run_callback",
            access=("calendar.event", "create"),
            argument="required",
        )
        return {**super()._get_kinds(), "callback": callback}

    def _run_callback(self, channel, argument):
        if not argument.isdecimal() or len(argument) > 4:
            raise CommandUsageError(self._get_usage())
        start = fields.Datetime.now() + timedelta(minutes=int(argument))
        visitor = channel._get_visitor_name()
        event = self.env["calendar.event"].create(
            {
                "name": self.env._("Call %(visitor)s back", visitor=visitor),
                "start": start,
                "stop": start + timedelta(minutes=15),
                "description": channel._get_channel_history(),
            }
        )
        values = {"event": event}
        return Reply("livechat_command_calendar.answer_callback", values, record=event)
