from odoo import api, models

from .discuss_channel import LeadValues


class CrmLead(models.Model):
    _inherit = "crm.lead"

    @api.model_create_multi
    def create(self, vals_list):
        """Put in what a conversation knows better than Odoo's own values for a lead."""
        prepared = self.env.context.get("livechat_command_lead")
        if isinstance(prepared, LeadValues):
            vals_list = [{**vals, **prepared.values} for vals in vals_list]
        return super().create(vals_list)
