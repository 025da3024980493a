from odoo import api, models

# What the server keeps: a field's readonly is the form's alone, and other addons' own.
KEPT = ("is_shared", "search_text", "shortcut_key", "token_key", "use_total")


class MailCannedResponse(models.Model):
    """What who writes a response may put into it: Odoo asks the response's rule alone.

    Not what is computed, such as the key by which it is found, or how often all use it.
    """

    _inherit = "mail.canned.response"

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            unused = {"use_total": 0}  # whatever default a user chose for themselves
            vals_list = [{**self._keep_given(vals), **unused} for vals in vals_list]
        return super().create(vals_list)

    def write(self, vals):
        return super().write(vals if self.env.su else self._keep_given(vals))

    def _keep_given(self, vals):
        """Return ``vals`` without what the server keeps."""
        return {name: vals[name] for name in vals if name not in KEPT}
