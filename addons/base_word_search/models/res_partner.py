from odoo import models


class ResPartner(models.Model):
    _inherit = "res.partner"

    def unlink(self):
        """Let the search indexes follow: PostgreSQL empties the links to a contact."""
        pending = self.env["word.search.pending"]
        found = pending._find_all_of(self)
        result = super().unlink()
        for records in found:
            pending._follow_records(records)
        return result

    def write(self, vals):
        """Let the search indexes follow that hold the name and e-mail of a contact."""
        result = super().write(vals)
        if not {"name", "email"}.isdisjoint(vals):
            self.env["word.search.pending"]._follow(self)
        return result
