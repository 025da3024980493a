from odoo import models

from ...tools.kind import EVERYBODY, Kind
from ...tools.reply import Reply


class DiscussCommand(models.Model):
    """``/history``: the pages that the visitor viewed, as many as ``visited_pages``."""

    _inherit = "discuss.command"

    def _get_kinds(self):
        return {
            **super()._get_kinds(),
            "history": Kind(
                run="_run_history", access=EVERYBODY, argument="none", only_reads=True
            ),
        }

    def _run_history(self, channel, argument):
        is_online = channel._is_visitor_online()
        if is_online:
            channel.execute_command_history()
        return Reply(
            "livechat_command.answer_history",
            {
                "pages": [
                    {**page, "source": part["title"]}
                    for part in self._get_history_parts(channel)
                    for page in part["pages"]
                ],
                "is_online": is_online,
            },
            extra={"awaits_history": is_online},
        )

    def _get_history_parts(self, channel):
        """Return what the server knows of the visitor's pages; bridges extend.

        :return: a list of dicts with ``title`` (who knows these pages, in a word; it
            stands in each row) and ``pages``, a list of dicts with ``path``,
            ``is_link``, ``title`` and ``date`` (local time as text)
        """
        return []
