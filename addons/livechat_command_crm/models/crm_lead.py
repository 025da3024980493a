from odoo import api, fields, models

from .discuss_channel import LeadValues


class CrmLead(models.Model):
    _inherit = "crm.lead"

    is_contact_unverified = fields.Boolean(
        "Contact Not Verified",
        compute="_compute_is_contact_unverified",
        help="Name and e-mail are what a visitor gave in a live chat.",
    )

    @api.depends("origin_channel_id", "partner_id", "contact_name", "email_from")
    def _compute_is_contact_unverified(self):
        for lead in self:
            lead.is_contact_unverified = bool(
                lead.origin_channel_id
                and not lead.partner_id
                and (lead.contact_name or lead.email_from)
            )

    @api.model_create_multi
    def create(self, vals_list):
        """Put in what a conversation knows better than Odoo's own values for a lead."""
        prepared = self.env.context.get("livechat_command_lead")
        if isinstance(prepared, LeadValues):
            vals_list = [{**vals, **prepared.values} for vals in vals_list]
        return super().create(vals_list)
