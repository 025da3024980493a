from odoo import models

from ...tools.errors import CommandUsageError
from ...tools.kind import EVERYBODY, Kind
from ...tools.reply import Reply


class DiscussCommand(models.Model):
    """``/note``: adds to the conversation's own notes."""

    _inherit = "discuss.command"

    def _get_kinds(self):
        return {
            **super()._get_kinds(),
            "note": Kind(
                run="_run_note",
                access=EVERYBODY,
                argument="required",
                question="_get_note_question",
                undo="_undo_change",
                against_undo="_get_change_obstacle",
            ),
        }

    def _get_note_question(self):
        return self.env._("What should the note say?")

    def _run_note(self, channel, argument):
        if not argument:
            raise CommandUsageError(self._get_usage())
        before = self._read_change(channel, "livechat_note")
        channel._add_note(argument)
        return Reply(
            "livechat_command.answer_note",
            {"note": argument},
            undo=self._prepare_change(channel, "livechat_note", before),
        )
