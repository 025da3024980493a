from odoo import models

from ...tools.kind import EVERYBODY, Kind
from ...tools.reply import Reply


class DiscussCommand(models.Model):
    """``/help``: what can be typed here."""

    _inherit = "discuss.command"

    def _get_kinds(self):
        return {
            **super()._get_kinds(),
            "help": Kind(
                run="_run_help", access=EVERYBODY, argument="none", only_reads=True
            ),
        }

    def _run_help(self, channel, argument):
        commands = self._get_available(channel)
        return Reply(
            "livechat_command.answer_help",
            {
                "commands": commands,
                "has_tokens": any(each._get_token_fields() for each in commands),
                "is_livechat": channel.channel_type == "livechat",
            },
        )
