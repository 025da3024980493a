from odoo import models

from ..tools.sudo import clean_sudo


class ResGroups(models.Model):
    _inherit = "res.groups"

    def write(self, vals):
        result = super().write(vals)
        if {"user_ids", "implied_ids", "implied_by_ids"} & vals.keys():
            self._notify_canned_responses_changed()
        return result

    def unlink(self):
        self._notify_canned_responses_changed()
        self._switch_off_commands()
        return super().unlink()

    def _switch_off_commands(self):
        """Switch off commands for these groups alone: they would be for everybody.

        Lines that have an owner become private again.
        """
        is_for = [("group_ids", "in", self.ids), ("owner_id", "=", False)]
        # sudo: discuss.command - who deletes a group need not manage commands
        commands_sudo = clean_sudo(self.env["discuss.command"]).search(is_for)
        commands_sudo.filtered(lambda each: each.group_ids <= self).active = False

    def _notify_canned_responses_changed(self):
        """Who leaves a group must not keep the texts that were shared with it."""
        self.env["mail.canned.response"]._notify_changed(
            self.env.ref("base.group_user")
        )
