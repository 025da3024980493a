from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    has_livechat_team = fields.Boolean(compute="_compute_has_livechat_team")

    def _compute_has_livechat_team(self):
        # sudo: helpdesk.ticket.team - only whether there is one, of whatever company
        teams_sudo = self.env["helpdesk.ticket.team"].sudo()
        found_sudo = teams_sudo.search([("use_livechat", "=", True)], limit=1)
        self.has_livechat_team = bool(found_sudo)
