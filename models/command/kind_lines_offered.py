from odoo import api, models

from ...tools import syntax

# Lines are run by lines, no deeper.
DEEP = 2


class DiscussCommand(models.Model):
    """Lines: who has them in the list, which is who may run all of them here."""

    _inherit = "discuss.command"

    @api.model
    def _get_available(self, channel):
        available = super()._get_available(channel)
        # What is left out takes the lines along by which it is run.
        for _deep in range(DEEP):
            names = {name for each in available for name in each._get_names()}
            available = available.filtered(
                lambda each, names=names: each._get_typed_names() <= names
            )
        return available

    def _get_typed_names(self):
        """Return the names by which the lines run commands, ``""`` for none."""
        if self.kind != "lines":
            return set()
        typed = map(syntax.parse, self._get_lines())
        return {parsed.name if parsed else "" for parsed in typed}
