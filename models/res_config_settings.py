from pathlib import Path

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .command.discuss_command_run import RETENTION_DAYS

BRIDGES = (
    "livechat_command_helpdesk_mgmt",
    "livechat_command_crm",
    "livechat_command_website",
)
# There in a clone of the repository, not in a package.
BRIDGES_FOLDER = Path(__file__).parent.parent / "addons"
SINGLE_COLON = "livechat_command.single_colon"


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    module_livechat_command_helpdesk_mgmt = fields.Boolean("Helpdesk")
    module_livechat_command_crm = fields.Boolean("CRM")
    module_livechat_command_website = fields.Boolean("Website")
    livechat_command_helpdesk_mgmt_hint = fields.Char(compute="_compute_bridges")
    livechat_command_crm_hint = fields.Char(compute="_compute_bridges")
    livechat_command_website_hint = fields.Char(compute="_compute_bridges")
    has_livechat_command_helpdesk_mgmt = fields.Boolean(compute="_compute_bridges")
    has_livechat_command_crm = fields.Boolean(compute="_compute_bridges")
    has_livechat_command_website = fields.Boolean(compute="_compute_bridges")
    livechat_command_single_colon = fields.Boolean(
        "Single Colon",
        compute="_compute_single_colon",
        inverse="_inverse_single_colon",
    )
    livechat_command_retention_days = fields.Integer(
        "Keep Runs (days)",
        config_parameter="livechat_command.retention_days",
        default=RETENTION_DAYS,
    )

    # ------------------------------------------------------------
    # COMPUTE
    # ------------------------------------------------------------

    @api.depends_context("lang")
    def _compute_bridges(self):
        hints = {name: self._get_bridge_hint(name) for name in BRIDGES}
        for settings in self:
            for name, (can_install, hint) in hints.items():
                settings[f"has_{name}"] = can_install
                settings[f"{name}_hint"] = hint

    def _get_bridge_hint(self, name):
        """Tell whether a bridge can be installed here, and what ticking it does.

        Odoo does nothing, silently, when the folder of the bridge is not there.
        """
        bridge = self.env["ir.module.module"]._get(name)
        if not bridge:
            return False, self._get_missing_bridge_hint(name)
        # sudo: ir.module.module.dependency - which apps a bridge needs is no secret
        needed = bridge.sudo().dependencies_id
        if missing := needed.filtered(lambda needs: needs.state == "unknown"):
            return False, self.env._(
                "The app %(apps)s is not on this server. Add it to the other addons,"
                " then choose Apps > Update Apps List.",
                apps=", ".join(missing.mapped("name")),
            )
        if bridge.state == "installed":
            return True, ""  # unticking warns of what it removes
        apps = needed.depend_id.filtered(lambda app: app.state != "installed")
        if apps:
            return True, self.env._(
                "Ticking installs %(apps)s too.",
                apps=", ".join(apps.mapped("shortdesc")),
            )
        return True, self.env._("The app is there. Tick to connect it.")

    def _get_missing_bridge_hint(self, name):
        """Tell how to make a bridge known, which a clone of this addon brings along."""
        if (BRIDGES_FOLDER / name).is_dir():
            return self.env._(
                "Odoo does not look for %(bridge)s where it is. Add %(folder)s to"
                " addons_path in Odoo's configuration, restart Odoo, then choose Apps >"
                " Update Apps List.",
                bridge=name,
                folder=BRIDGES_FOLDER,
            )
        return self.env._(
            "The addon %(bridge)s is not on this server. Put its folder beside the"
            " other addons, then choose Apps > Update Apps List.",
            bridge=name,
        )

    def _compute_single_colon(self):
        self.livechat_command_single_colon = self._is_single_colon()

    def _inverse_single_colon(self):
        for settings in self:
            is_single = settings.livechat_command_single_colon
            if is_single != self._is_single_colon():
                # As text: Odoo removes a parameter that is False, and then it is on.
                self.env["ir.config_parameter"].set_param(SINGLE_COLON, str(is_single))
                self.env["discuss.command"]._notify_changed()

    @api.model
    def _is_single_colon(self):
        """Tell whether a single ``:`` lists canned responses; ``::`` always does."""
        # sudo: ir.config_parameter - one switch, which all agents' browsers follow
        parameters_sudo = self.env["ir.config_parameter"].sudo()
        return parameters_sudo.get_param(SINGLE_COLON) != "False"

    @api.constrains("livechat_command_retention_days")
    def _check_livechat_command_retention_days(self):
        """Refuse to keep runs less than a day: a repeated request finds its answer.

        :raise ValidationError: with what to enter
        """
        for settings in self:
            if not 1 <= settings.livechat_command_retention_days <= 36500:
                raise ValidationError(
                    self.env._("Keep the runs of commands for 1 to 36500 days.")
                )
