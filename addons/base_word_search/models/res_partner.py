from odoo import models


class ResPartner(models.Model):
    _inherit = "res.partner"

    def write(self, vals):
        """Let the search indexes follow that hold the name and e-mail of a contact."""
        result = super().write(vals)
        if not {"name", "email"}.isdisjoint(vals):
            self.env["word.search.pending"]._follow(self)
        return result
