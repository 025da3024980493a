from odoo import models


class ResUsers(models.Model):
    _inherit = "res.users"

    def write(self, vals):
        internal_users = self.filtered(lambda user: not user.share)
        result = super().write(vals)
        if "group_ids" in vals:
            # Who leaves a group must not keep the texts that were shared with it.
            self.env["mail.canned.response"]._notify_changed(internal_users)
        return result
