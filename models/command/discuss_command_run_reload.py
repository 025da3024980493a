import json
from datetime import timedelta

from odoo import api, fields, models

from .discuss_command_run import ANSWER_DAYS

KEPT = 10


class DiscussCommandRun(models.Model):
    """What a reloaded page shows again of one's own answers."""

    _inherit = "discuss.command.run"

    @api.model
    def _get_kept_answers(self, channel):
        """Return the current user's last answers in ``channel``, the oldest first.

        Answers that only read are not stored: what they told may be old.

        :return: a list of dicts with ``request_id``, ``line``, ``status``, ``body``,
            ``can_undo`` and ``after_id``, the message that they stand below
        """
        day = fields.Datetime.now() - timedelta(days=ANSWER_DAYS)
        # sudo: discuss.command.run - an answer goes to whom it was given, alone
        runs_sudo = self.sudo().search(
            [
                ("channel_id", "=", channel.id),
                ("user_id", "=", self.env.uid),
                ("create_date", ">=", day),
                ("answer", "!=", False),
            ],
            limit=KEPT,
        )
        kept = [run_sudo._prepare_kept_answer() for run_sudo in reversed(runs_sudo)]
        return [answer for answer in kept if answer]

    def _prepare_kept_answer(self):
        answer = json.loads(self.answer)
        if answer.get("left"):
            return None
        return {
            "request_id": self.request_id,
            "line": self._get_typed_line(),
            "status": self.outcome,
            "body": answer["body"],
            "can_undo": self._can_undo(),
            "after_id": self._get_message_before().id or 0,
        }

    def _get_message_before(self):
        """Return the conversation's last message when this was run."""
        return self.env["mail.message"].search(
            [
                ("model", "=", "discuss.channel"),
                ("res_id", "=", self.channel_id.id),
                ("create_date", "<=", self.create_date),
            ],
            order="id desc",
            limit=1,
        )
