from odoo import api, models


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    @api.model
    def _update_foreign_keys(self, src_partners, dst_partner):
        """Let the search indexes follow: the links are changed without the ORM."""
        result = super()._update_foreign_keys(src_partners, dst_partner)
        self.env["word.search.pending"]._follow(dst_partner)
        return result
