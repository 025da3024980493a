from odoo import fields, models


class MailCannedResponseUse(models.Model):
    """How often one operator used one canned response: orders that operator's list."""

    _name = "mail.canned.response.use"
    _description = "Own Use of a Canned Response"
    _rec_name = "canned_response_id"
    _log_access = False

    user_id = fields.Many2one("res.users", required=True, ondelete="cascade")
    canned_response_id = fields.Many2one(
        "mail.canned.response", required=True, index=True, ondelete="cascade"
    )
    count = fields.Integer(required=True)
    last_use_date = fields.Datetime("Last Use", required=True)

    _user_response_uniq = models.Constraint(
        "UNIQUE(user_id, canned_response_id)",
        "The use of a canned response is counted once for each user.",
    )
