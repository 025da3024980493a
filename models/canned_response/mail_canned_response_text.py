from odoo import api, fields, models


class MailCannedResponseText(models.Model):
    """The text of a canned response in one more language.

    Own records beside Odoo's column: a translated column would lose texts when the
    addon is removed, and would fall back to English instead of the original.
    """

    _name = "mail.canned.response.text"
    _description = "Canned Response in a Language"
    _order = "canned_response_id, lang_id"
    _rec_name = "lang_id"

    canned_response_id = fields.Many2one(
        "mail.canned.response", required=True, index=True, ondelete="cascade"
    )
    lang_id = fields.Many2one(
        "res.lang", "Language", required=True, ondelete="restrict"
    )
    substitution = fields.Text(
        required=True,
        help="What is inserted when the visitor's language is this one.",
    )

    _response_lang_uniq = models.Constraint(
        "UNIQUE(canned_response_id, lang_id)",
        "A canned response has one text for each language.",
    )

    @api.constrains("substitution")
    def _check_placeholders(self):
        for text in self:
            text.canned_response_id._check_text(text.substitution)

    @api.model_create_multi
    def create(self, vals_list):
        texts = super().create(vals_list)
        texts.canned_response_id._broadcast()
        return texts

    def write(self, vals):
        responses = self.canned_response_id
        result = super().write(vals)
        # Odoo checks before a write: a text must not be moved to another's response.
        self.canned_response_id.check_access("write")
        (responses | self.canned_response_id)._broadcast()
        return result

    def unlink(self):
        self.canned_response_id._broadcast()
        return super().unlink()
