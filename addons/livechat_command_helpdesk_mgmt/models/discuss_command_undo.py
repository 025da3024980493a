from odoo import models


class DiscussCommand(models.Model):
    _inherit = "discuss.command"

    def _find_use(self, channel, done):
        """A ticket of which others are duplicates now is the one that is worked on."""
        is_ticket = (
            done.record._name == "helpdesk.ticket" and "added" not in done.values
        )
        # sudo: helpdesk.ticket - whether there are any, and who said so
        duplicates_sudo = is_ticket and done.record.sudo().duplicate_ids
        if duplicates_sudo:
            return "used", duplicates_sudo[0].write_uid.name
        return super()._find_use(channel, done)
