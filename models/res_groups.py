from odoo import models
from odoo.fields import Command

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

        Administrators get them, those that are off already too: who switches one on
        again chooses for whom. Lines that have an owner become private again.
        """
        is_for = [("group_ids", "in", self.ids), ("owner_id", "=", False)]
        # sudo: discuss.command - who deletes a group need not manage commands
        commands_sudo = clean_sudo(self.env["discuss.command"])
        commands_sudo = commands_sudo.with_context(active_test=False).search(is_for)
        administrators = Command.set(self.env.ref("base.group_system").ids)
        commands_sudo.filtered(lambda each: each.group_ids <= self).write(
            {"active": False, "group_ids": [administrators]}
        )

    def _notify_canned_responses_changed(self):
        """Who leaves a group must not keep the texts that were shared with it."""
        self.env["mail.canned.response"]._notify_changed(
            self.env.ref("base.group_user")
        )
