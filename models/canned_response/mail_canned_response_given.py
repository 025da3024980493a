from odoo import api, models


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
        """Return ``vals`` without what no form writes."""
        return {
            name: value
            for name, value in vals.items()
            if name not in self._fields or not self._fields[name].readonly
        }
