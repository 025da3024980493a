from odoo import models
from odoo.tools.sql import escape_psql

from ...tools.errors import CommandUsageError
from ...tools.kind import Kind
from ...tools.reply import Reply

PAGE = 10


class DiscussCommand(models.Model):
    """Search Records: by name, what the one who runs the command may read."""

    _inherit = "discuss.command"

    # ------------------------------------------------------------
    # SEARCH RECORDS
    # ------------------------------------------------------------

    def _get_kinds(self):
        return {
            **super()._get_kinds(),
            "search": Kind(
                run="_run_search",
                access="_get_search_access",
                problem="_get_search_problem",
                question="_get_search_question",
                argument="required",
                only_reads=True,
                is_definable=True,
                speaks=True,
            ),
        }

    def _get_search_problem(self):
        return self._get_model_problem() or self._get_search_model_problem()

    def _get_search_model_problem(self):
        model = self.env[self.model_name]
        if model._rec_name or model._rec_names_search:
            return ""
        return self.env._(
            "Records of “%(model)s” have no name to search for. Choose another model.",
            model=self._get_model_label(),
        )

    def _get_search_access(self):
        return self._get_access_refusal(self.model_name, "read")

    def _get_search_question(self):
        return self.env._("What should be searched for?")

    def _run_search(self, channel, argument):
        if not argument:
            raise CommandUsageError(self._get_usage())
        records = self.env[self.model_name].search_fetch(
            [("display_name", "ilike", escape_psql(argument))],
            ["display_name"],
            limit=PAGE + 1,
        )
        return Reply(
            "livechat_command.answer_found",
            {
                "nothing": self.env._("Nothing found for “%(words)s”.", words=argument),
                "has_more": len(records) > PAGE,
                "model": self._get_model_label(),
                "links": [self._prepare_link(record) for record in records[:PAGE]],
            },
            found=records,
        )
