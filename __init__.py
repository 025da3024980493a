from odoo.exceptions import UserError

# Odoo takes an addon's name from its folder. By another name the models would load, but
# no view, no record and no script would be found, and every page would be an error.
if __name__.startswith("odoo.addons.") and __name__ != "odoo.addons.livechat_command":
    # No database is at hand to translate by.
    raise UserError(  # pylint: disable=translation-required
        f"The folder {__path__[0]} must be called livechat_command, because Odoo takes"
        " an addon's name from its folder. Rename it, restart Odoo, and choose Apps >"
        " Update Apps List."
    )

from . import controllers
from . import models
from .hooks import uninstall_hook
