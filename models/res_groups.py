from odoo import models


class ResGroups(models.Model):
    _inherit = "res.groups"

    def write(self, vals):
        result = super().write(vals)
        if {"user_ids", "implied_ids", "implied_by_ids"} & vals.keys():
            self._notify_canned_responses_changed()
        return result

    def unlink(self):
        self._notify_canned_responses_changed()
        return super().unlink()

    def _notify_canned_responses_changed(self):
        """Who leaves a group must not keep the texts that were shared with it."""
        self.env["mail.canned.response"]._notify_changed(
            self.env.ref("base.group_user")
        )
