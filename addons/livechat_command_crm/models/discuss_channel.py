from odoo import models


class DiscussChannel(models.Model):
    _inherit = "discuss.channel"

    def execute_command_lead(self, **kwargs):
        channel = self._check_odoo_command("lead")
        return super(DiscussChannel, channel).execute_command_lead(**kwargs)

    def _convert_visitor_to_lead(self, partner, key):
        """Put in what Odoo leaves out or guesses: customer, guest, title, files."""
        lead = super()._convert_visitor_to_lead(partner, key)
        values = self._prepare_lead_visitor_values(lead)
        values["name"] = " ".join(key[len("/lead") :].split())
        # The values belong to the creation: they are no change worth a message.
        lead.with_context(mail_notrack=True).write(values)
        self._follow_up(lead)
        return lead

    def _prepare_lead_visitor_values(self, lead):
        """Return who the customer is: a contact, or what a guest gave as name."""
        visitor = self._get_visitor_values()
        if visitor["partner"] or not (visitor["name"] or visitor["email"]):
            return {"partner_id": visitor["partner"].id}
        notice = self.env["ir.qweb"]._render("livechat_command_crm.lead_unverified")
        return {
            "partner_id": False,
            "contact_name": visitor["name"],
            "email_from": visitor["email"],
            "description": notice + (lead.description or ""),
        }
