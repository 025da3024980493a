from random import randint

from odoo import fields, models


class MailCannedResponseTag(models.Model):
    _name = "mail.canned.response.tag"
    _description = "Canned Response Tag"
    _order = "name"

    name = fields.Char(required=True)
    color = fields.Integer(default=lambda self: randint(1, 11))

    _name_uniq = models.UniqueIndex("(lower(name))", "This tag already exists.")

    def write(self, vals):
        result = super().write(vals)
        self._get_responses_sudo()._broadcast()
        return result

    def unlink(self):
        self._get_responses_sudo()._broadcast()
        return super().unlink()

    def _get_responses_sudo(self):
        # sudo: mail.canned.response - only the ids go to the browsers
        return (
            self.env["mail.canned.response"]
            .sudo()
            .search([("tag_ids", "in", self.ids)])
        )
