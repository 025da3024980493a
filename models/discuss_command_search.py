from odoo import api, models
from odoo.tools.sql import escape_psql

from ..command.errors import CommandUsageError
from ..command.reply import Reply

LIMIT = 10


class DiscussCommand(models.Model):
    """Search Records: by name, what the one who runs the command may read."""

    _inherit = "discuss.command"

    @api.model
    def _get_definable_kinds(self):
        return [*super()._get_definable_kinds(), "search"]

    def _get_problem_search(self):
        return self._get_model_problem() or self._get_search_model_problem()

    def _get_search_model_problem(self):
        model = self.env[self.model_name]
        if model._rec_name or model._rec_names_search:
            return ""
        return self.env._(
            "Records of “%(model)s” have no name to search for. Choose another model.",
            model=self._get_model_label(),
        )

    def _get_agent_refusal_search(self):
        if self._get_problem():
            return self._get_unavailable_sentence()
        if not self.env[self.model_name].has_access("read"):
            return self.env._(
                "No right to read “%(model)s” records.", model=self._get_model_label()
            )
        return ""

    def _run_search(self, channel, argument):
        if not argument:
            raise CommandUsageError(self._get_usage())
        records = self.env[self.model_name].search_fetch(
            [("display_name", "ilike", escape_psql(argument))],
            ["display_name"],
            limit=LIMIT + 1,
        )
        return Reply(
            "livechat_command.answer_found",
            {
                "argument": argument,
                "has_more": len(records) > LIMIT,
                "model": self._get_model_label(),
                "links": [self._prepare_link(record) for record in records[:LIMIT]],
            },
            is_volatile=True,
        )
