import json
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

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
        before = runs_sudo._get_messages_before()
        kept = [
            run_sudo._prepare_kept_answer(before.get(run_sudo.id, 0))
            for run_sudo in reversed(runs_sudo)
        ]
        return [answer for answer in kept if answer]

    def _prepare_kept_answer(self, after_id):
        answer = json.loads(self.answer)
        if answer.get("left"):
            return None
        return {
            "request_id": self.request_id,
            "line": self._get_typed_line(),
            "status": self.outcome,
            "body": answer["body"],
            "can_undo": self._can_undo(),
            "after_id": after_id,
        }

    def _get_messages_before(self):
        """Return by run the id of the conversation's last message when it was run.

        The ORM would be asked for each of them, hence SQL.
        """
        self.env["mail.message"].flush_model(["model", "res_id", "create_date"])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT r.id, max(m.id)
                  FROM discuss_command_run r
                  JOIN mail_message m
                    ON m.model = 'discuss.channel' AND m.res_id = r.channel_id
                   AND m.create_date <= r.create_date
                 WHERE r.id = ANY(%s)
                 GROUP BY r.id
                """,
                self.ids,
            )
        )
        return dict(rows)
