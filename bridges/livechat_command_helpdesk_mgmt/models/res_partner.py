from odoo import models


class ResPartner(models.Model):
    _inherit = "res.partner"

    def write(self, vals):
        result = super().write(vals)
        if not {"name", "email"}.isdisjoint(vals):
            # sudo: helpdesk.ticket - the index follows, whoever renames the contact
            tickets = self.env["helpdesk.ticket"].sudo().with_context(active_test=False)
            tickets.search([("partner_id", "in", self.ids)])._update_search_index()
        return result
