from odoo import models
from odoo.fields import Command

from ...tools.errors import Refusal
from ...tools.sudo import clean_sudo


class DiscussCommand(models.Model):
    """Undo for kinds that change one field of the conversation: notes, tags, status.

    A kind declares ``undo="_undo_change", against_undo="_get_change_obstacle"``, and
    gives ``undo=self._prepare_change(channel, name, before)`` to its Reply, where
    ``before`` is what ``_read_change(channel, name)`` gave before.
    """

    _inherit = "discuss.command"

    def _read_change(self, channel, name):
        # sudo: discuss.channel - a field that the command is about to change
        value = channel.sudo()[name]
        is_link = isinstance(value, models.BaseModel)
        return sorted(value.ids) if is_link else str(value or "")

    def _prepare_change(self, channel, name, before):
        """Return ``Reply.undo``: nothing where all is as it was."""
        after = self._read_change(channel, name)
        is_changed = before != after
        return {"field": name, "before": before, "after": after} if is_changed else {}

    def _get_change_obstacle(self, channel, done):
        """Tell whether the field is another now, whoever changed it.

        :rtype: ~...tools.errors.Refusal or None
        """
        name = done.values["field"]
        if not channel.exists():
            sentence = self.env._("This conversation does not exist any more.")
            return Refusal("gone", sentence)
        if self._read_change(channel, name) == done.values["after"]:
            return None
        sentence = {
            "livechat_note": self.env._(
                "This can no longer be undone: the notes have been changed since."
            ),
            "livechat_status": self.env._(
                "This can no longer be undone: the status has changed since."
            ),
        }.get(
            name,
            self.env._(
                "This can no longer be undone: the tags have been changed since."
            ),
        )
        return Refusal("changed", sentence)

    def _undo_change(self, channel, done):
        name, before = done.values["field"], done.values["before"]
        # sudo: discuss.channel - what the current user's own run changed last
        channel_sudo = clean_sudo(channel)
        if isinstance(before, list):
            field = channel_sudo._fields[name]
            records = self.env[field.comodel_name].browse(before).exists()
            channel_sudo[name] = [Command.set(records.ids)]
        else:
            channel_sudo[name] = before or False
        self._show_undone_change(channel, name)

    def _show_undone_change(self, channel, name):
        """Tell the panels what Odoo does not tell them by itself."""
        # sudo: discuss.channel - to those who were told of the change, too
        channel_sudo = clean_sudo(channel)
        if name == "livechat_note" and channel.has_access("read"):
            channel_sudo._show_note()
        if name != "livechat_note" and channel_sudo.livechat_status == "need_help":
            self._notify_looking_for_help(channel_sudo)
