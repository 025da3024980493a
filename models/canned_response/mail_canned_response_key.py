from odoo import api, fields, models

from ...tools import tokens

ADMINS = "mail.group_mail_canned_response_admin"


class MailCannedResponse(models.Model):
    _inherit = "mail.canned.response"

    token_key = fields.Char(
        compute="_compute_token_key",
        store=True,
        index="btree_not_null",
        help="How the shortcut is typed behind a command: return-label.",
    )

    @api.depends("source")
    def _compute_token_key(self):
        for response in self:
            response.token_key = tokens.make_key(response.source or "")

    @api.model
    def _find_by_key(self, key):
        """Return the response that is typed as ``:key``.

        One's own goes before others'; and what an administrator shares before what a
        colleague does, who may call theirs as they like.

        :param str key: as :func:`~...tools.tokens.make_key` makes it
        :return: what the current user may read, or an empty recordset
        """
        if not key:
            return self.browse()
        is_named = [("active", "=", True), ("token_key", "=", key)]
        # With what is asked of it next, below and when it is put into the composer.
        names = ["create_uid", "source", "substitution", "lang_id"]
        found = self.search_fetch(is_named, names, order="id")
        own = found.filtered(lambda each: each.create_uid == self.env.user)
        return own[:1] or found.filtered(_is_of_administrator)[:1] or found[:1]


def _is_of_administrator(response):
    # sudo: res.users - whether its owner manages responses, of one that may be read
    owner_sudo = response.create_uid.sudo()
    # Nobody, where the user was deleted.
    return bool(owner_sudo) and owner_sudo.has_group(ADMINS)
