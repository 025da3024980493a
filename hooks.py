PARAMETERS = ("livechat_command.single_colon", "livechat_command.retention_days")


def uninstall_hook(env):
    """Leave Odoo's own canned responses fit to be sent without the addon.

    And no parameters of its settings.
    """
    env["mail.canned.response"]._leave_to_odoo()
    env["ir.config_parameter"].search([("key", "in", PARAMETERS)]).unlink()
