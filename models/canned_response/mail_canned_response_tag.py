from random import randint

from odoo import api, fields, models
from odoo.tools.sql import escape_psql


class MailCannedResponseTag(models.Model):
    """A tag is seen by all if an administrator made it, else with its responses."""

    _name = "mail.canned.response.tag"
    _description = "Canned Response Tag"
    _order = "name, id"

    name = fields.Char(required=True)
    color = fields.Integer(default=lambda self: randint(1, 11))
    is_shared = fields.Boolean(
        "For Everybody",
        default=lambda self: self._is_default_shared(),
        groups="mail.group_mail_canned_response_admin",
        help="Otherwise the tag is seen by who made it, and by those who may read a"
        " canned response that has it.",
    )
    response_ids = fields.Many2many(
        "mail.canned.response",
        string="Canned Responses",
        context={"active_test": False},
    )

    _owner_name_uniq = models.UniqueIndex(
        "(lower(name), create_uid)", "This tag already exists."
    )
    _shared_name_uniq = models.UniqueIndex(
        "(lower(name)) WHERE is_shared IS TRUE", "This tag already exists."
    )

    @api.model
    def _is_default_shared(self):
        return self.env.user.has_group("mail.group_mail_canned_response_admin")

    @api.model
    def name_create(self, name):
        """Take the tag of this name that the user may see already, if there is one."""
        tag = self.search([("name", "=ilike", escape_psql(name.strip()))], limit=1)
        return (tag.id, tag.display_name) if tag else super().name_create(name)

    @api.model
    def _add_missing_default_values(self, values):
        """A default that a user chose for themselves shares no tag with everybody."""
        values = super()._add_missing_default_values(values)
        may_share = self.env.su or self._is_default_shared()
        return values if may_share else {**values, "is_shared": False}

    @api.model_create_multi
    def create(self, vals_list):
        tags = super().create(vals_list)
        tags._check_responses(tags._get_responses_sudo())
        return tags

    def write(self, vals):
        before = self._get_responses_sudo()
        result = super().write(vals)
        after = self._get_responses_sudo()
        self._check_responses((before - after) | (after - before))
        (before | after)._broadcast()
        return result

    def unlink(self):
        self._get_responses_sudo()._broadcast()
        return super().unlink()

    def _get_responses_sudo(self):
        # sudo: mail.canned.response - only the ids go to the browsers
        responses_sudo = self.env["mail.canned.response"].sudo()
        return responses_sudo.with_context(active_test=False).search(
            [("tag_ids", "in", self.ids)]
        )

    def _check_responses(self, responses_sudo):
        """Refuse to put a tag on a response, or take it off, from the tag's own side.

        :raise AccessError: for a response that the user may not change
        """
        responses_sudo.with_env(self.env).check_access("write")
