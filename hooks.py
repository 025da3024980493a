def uninstall_hook(env):
    """Leave Odoo's own canned responses fit to be sent without the addon."""
    env["mail.canned.response"]._leave_to_odoo()
