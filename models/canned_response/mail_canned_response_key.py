from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...tools import tokens


class MailCannedResponse(models.Model):
    _inherit = "mail.canned.response"

    @api.model
    def _find_by_key(self, key):
        """Return the response that is typed as ``:key``, one's own before others'.

        :param str key: as :func:`~...tools.tokens.make_key` makes it
        :return: what the current user may read, or an empty recordset
        """
        if not key or tokens.make_key(key) != key:
            return self.browse()
        # By hand: between the words of a shortcut stands what its author typed there.
        apart = "[^[:alnum:]]"
        pattern = f"^{apart}*{key.replace('-', f'{apart}+')}{apart}*$"
        # LIKE first, which leaves few for what takes longer.
        parts = f"%{key.replace('-', '%')}%"
        found = self.search(
            Domain("active", "=", True)
            & Domain.custom(
                to_sql=lambda model, alias, query: SQL(
                    "%(key)s LIKE %(parts)s AND %(key)s ~ %(pattern)s",
                    key=model._field_to_sql(alias, "shortcut_key", query),
                    parts=parts,
                    pattern=pattern,
                )
            ),
            order="id",
        )
        found = found.filtered(lambda each: tokens.make_key(each.source) == key)
        own = found.filtered(lambda each: each.create_uid == self.env.user)
        return own[:1] or found[:1]
