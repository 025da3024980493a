from odoo import api, models

from ..tools.sudo import clean_sudo


class ResUsers(models.Model):
    _inherit = "res.users"

    def write(self, vals):
        internal_users = self.filtered(lambda user: not user.share)
        result = super().write(vals)
        if "group_ids" in vals:
            # Who leaves a group must not keep the texts that were shared with it.
            self.env["mail.canned.response"]._notify_changed(internal_users)
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_release_shared_lines(self):
        """Lines that others run stay when the user who kept them is deleted."""
        # sudo: discuss.command - nothing but the link to the user goes
        commands_sudo = clean_sudo(self.env["discuss.command"])
        commands_sudo.with_context(active_test=False).search(
            [("owner_id", "in", self.ids), ("group_ids", "!=", False)]
        ).owner_id = False
