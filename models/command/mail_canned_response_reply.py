from odoo import models

from ...tools.sudo import clean_sudo


class MailCannedResponse(models.Model):
    _inherit = "mail.canned.response"

    def write(self, vals):
        """A response that becomes private is no command's Reply any more.

        Nobody else would get it, and those who define commands would read its name.
        """
        result = super().write(vals)
        if "group_ids" in vals and (private := self.filtered(_is_private)):
            # sudo: discuss.command - nothing but the link to one's own response goes
            commands_sudo = clean_sudo(self.env["discuss.command"])
            commands_sudo.with_context(active_test=False).search(
                [("canned_response_id", "in", private.ids)]
            ).write({"canned_response_id": False})
        return result


def _is_private(response):
    return not response.is_shared
