from odoo import models


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    @classmethod
    def _get_translation_frontend_modules_name(cls):
        """Leave this addon out, which Website takes in for its name alone."""
        names = super()._get_translation_frontend_modules_name()
        return [name for name in names if name != "livechat_command_website"]
