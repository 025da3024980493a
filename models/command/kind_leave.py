from odoo import models

from ...tools.errors import Refusal
from ...tools.kind import EVERYBODY, Kind
from ...tools.reply import Reply


class DiscussCommand(models.Model):
    """``/leave``, after which the visitor stays, and ``/end`` for everybody."""

    _inherit = "discuss.command"

    def _get_kinds(self):
        return {
            **super()._get_kinds(),
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
