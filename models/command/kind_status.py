from odoo import fields, models

from ...tools import tokens
from ...tools.errors import CommandFailedError, CommandUsageError, Refusal
from ...tools.kind import EVERYBODY, Kind
from ...tools.reply import Reply
from ...tools.sudo import clean_sudo

# How each of Odoo's statuses is typed.
STATUS_KEYS = {"in_progress": "in-progress", "waiting": "waiting", "need_help": "help"}


class DiscussCommand(models.Model):
    """``/status``: Odoo's own status of a conversation."""

    _inherit = "discuss.command"

    kind = fields.Selection(
        selection_add=[("status", "Set Status")], ondelete={"status": "cascade"}
    )

    def _get_kinds(self):
        return {
            **super()._get_kinds(),
            "status": Kind(
                run="_run_status",
                access=EVERYBODY,
                refusal="_get_status_refusal",
                argument="required",
                choices="_get_status_choices",
                undo="_undo_change",
                against_undo="_get_change_obstacle",
            ),
        }

    def _get_status_refusal(self, channel):
        if not channel.livechat_end_dt:
            return None
        return Refusal("ended", self.env._("This conversation has already ended."))

    def _run_status(self, channel, argument):
        if not argument:
            raise CommandUsageError(self._get_usage())
        status, label = self._find_status(argument)
        before = self._read_change(channel, "livechat_status")
        # sudo: discuss.channel - internal users who may read a conversation may set its
        # status, as in Odoo's own route
        clean_sudo(channel).livechat_status = status
        return Reply(
            "livechat_command.answer_status",
            {"label": label},
            undo=self._prepare_change(channel, "livechat_status", before),
        )

    def _find_status(self, argument):
        """Return the status that is named, by its word or Odoo's own, and its label.

        :raise CommandFailedError: with the words that exist
        """
        key = tokens.make_key(argument)
        labels = self._get_status_labels()
        for status, label in labels.items():
            names = (STATUS_KEYS.get(status, status), label, status)
            if key in map(tokens.make_key, names):
                return status, label
        raise CommandFailedError(
            self.env._(
                "There is no status “%(word)s”. Type one of: %(words)s.",
                word=argument[:80],
                words=", ".join(choice["key"] for choice in self._get_status_choices()),
            )
        )

    def _get_status_labels(self):
        status = self.env["discuss.channel"]._fields["livechat_status"]
        return dict(status._description_selection(self.env))

    def _get_status_choices(self, channel=None):
        return [
            {"key": STATUS_KEYS.get(status, tokens.make_key(status)), "name": label}
            for status, label in self._get_status_labels().items()
        ]
