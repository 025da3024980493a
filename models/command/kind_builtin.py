from odoo import models

from ...tools.errors import CommandUsageError, Refusal
from ...tools.kind import EVERYBODY, Kind
from ...tools.reply import Reply


class DiscussCommand(models.Model):
    """The commands that come with the addon: help, history, note, leave and end."""

    _inherit = "discuss.command"

    def _get_kinds(self):
        return {
            **super()._get_kinds(),
            "help": Kind(
                run="_run_help", access=EVERYBODY, argument="none", only_reads=True
            ),
            "history": Kind(
                run="_run_history", access=EVERYBODY, argument="none", only_reads=True
            ),
            "note": Kind(
                run="_run_note",
                access=EVERYBODY,
                argument="required",
                question="_get_note_question",
                undo="_undo_change",
                against_undo="_get_change_obstacle",
            ),
            "leave": Kind(
                run="_run_leave",
                access=EVERYBODY,
                refusal="_get_end_refusal",
                hint="_get_leave_hint",
                is_final=True,
            ),
            "end": Kind(
                run="_run_end",
                access=EVERYBODY,
                refusal="_get_end_refusal",
                hint="_get_end_hint",
                argument="none",
                is_seen=True,
                is_final=True,
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

    def _run_leave(self, channel, argument):
        if channel.channel_type != "livechat":
            channel.execute_command_leave()
            sentence = self.env._("You left the conversation.")
            values = {"sentence": sentence}
            return Reply("livechat_command.answer_left", values, extra={"left": True})
        if argument:
            channel._add_note(argument)
        channel._leave_open()
        sentence = self.env._(
            "You left. The conversation with %(visitor)s goes on.",
            visitor=channel._get_visitor_name(),
        )
        return Reply(
            "livechat_command.answer_left",
            {"sentence": sentence},
            extra={"left": True, "can_rejoin": channel._was_agent()},
        )

    def _get_leave_hint(self, channel):
        return channel._get_leave_hint()

    def _run_end(self, channel, argument):
        channel._end_by_agent()
        return Reply("livechat_command.answer_end")

    def _get_end_hint(self, channel):
        return self.env._(
            "Ends the chat for %(visitor)s, who will see it.",
            visitor=channel._get_visitor_name(),
        )

    def _get_end_refusal(self, channel):
        if not channel.livechat_end_dt:
            return None
        return Refusal("ended", self.env._("This conversation has already ended."))
