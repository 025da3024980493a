from odoo import fields, models

from odoo.addons.livechat_command.tools.reply import Reply


class DiscussCommand(models.Model):
    _inherit = "discuss.command"

    kind = fields.Selection(
        selection_add=[("lead", "Create Lead")], ondelete={"lead": "cascade"}
    )

    def _run_lead(self, channel, argument):
        title = self._check_title(argument)
        lead = channel._convert_visitor_to_lead(
            self.env.user.partner_id, f"/lead {title}"
        )
        return Reply("livechat_command_crm.answer_lead", {"lead": lead}, record=lead)

    def _takes_title_lead(self):
        return True

    def _get_agent_refusal_lead(self):
        return self._get_access_refusal("crm.lead", "create")

    def _get_hint_lead(self, channel):
        visitor = channel._get_visitor_name()
        hint = self.env._("Lead for %(visitor)s", visitor=visitor)
        lead = channel.lead_ids.sorted("id")[-1:]
        return self._add_already_made(hint, lead, lead.name)
