from datetime import timedelta

from markupsafe import Markup

from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.mail.tools.discuss import Store

from ...tools.errors import CommandFailedError
from ...tools.sudo import clean_sudo

NOTES_LENGTH = 50_000
# In the context of a ``write``: the conversation stays open. Compared by identity, so
# that no client, whose context is JSON, can send it.
_KEEP_OPEN = object()


class DiscussChannel(models.Model):
    _inherit = "discuss.channel"

    def write(self, vals):
        if self.env.context.get("livechat_command_end_dt") is _KEEP_OPEN:
            vals = {key: vals[key] for key in vals if key != "livechat_end_dt"}
        return super().write(vals)

    def _add_note(self, text):
        """Add ``text`` with name and time to the conversation's own Notes.

        :raise CommandFailedError: when they would be longer than anybody reads: each
            note is stored, and cleaned, with all that were there before
        """
        # sudo: discuss.channel - members may update the note, as in Odoo's own route
        channel_sudo = clean_sudo(self)
        now = self.env["res.lang"]._format_when(fields.Datetime.now(), has_day=True)
        note = channel_sudo.livechat_note or Markup()
        if len(note) + len(text) > NOTES_LENGTH:
            raise CommandFailedError(
                self.env._(
                    "The notes of this conversation are full: they have %(limit)s"
                    " characters at most. Shorten them in the information panel.",
                    limit=NOTES_LENGTH,
                ),
                "full",
            )
        # Odoo's panel shows the Notes as plain text, with <br> for the line breaks.
        channel_sudo.livechat_note = Markup("%s%s<strong>%s, %s</strong><br>%s") % (
            note,
            Markup("<br>") if note else "",
            self.env.user.name,
            now,
            text,
        )
        channel_sudo._show_note()

    def _show_note(self):
        """Show the Notes as they are now in the panel of the current user."""
        Store(bus_channel=self.env.user).add(self, ["livechat_note"]).bus_send()

    def _leave_open(self):
        """Take the current user out; the conversation goes on for the visitor."""
        self.with_context(livechat_command_end_dt=_KEEP_OPEN).action_unfollow()
        # sudo: discuss.channel - the status follows from this agent's leaving
        channel_sudo = clean_sudo(self)
        if not channel_sudo._get_agent_members():
            channel_sudo._set_unattended_status()

    def _get_agent_members(self):
        """Return the agents in this conversation.

        Odoo takes for one whoever joins by its link, the visitor's friends as well, and
        lets visitors say so of themselves.
        """
        return self.channel_member_ids.filtered(
            lambda member: (
                member.livechat_member_type == "agent"
                and member.partner_id
                and not member.partner_id.partner_share
            )
        )

    def _set_unattended_status(self):
        """Set the status of a live chat without agents, and call for help if needed."""
        if not self._is_visitor_waiting():
            self.livechat_status = "waiting"
        elif self.livechat_status != "need_help":
            self.livechat_status = "need_help"
            self._notify_need_help()

    def _is_visitor_waiting(self):
        """Tell whether the visitor wrote last."""
        last = self.env["mail.message"].search(
            [
                ("model", "=", "discuss.channel"),
                ("res_id", "=", self.id),
                ("message_type", "!=", "notification"),
            ],
            order="id desc",
            limit=1,
        )
        return bool(last) and self._is_from_visitor(last)

    def _is_from_visitor(self, message):
        visitors = self.livechat_customer_history_ids
        if message.author_guest_id:
            return message.author_guest_id in visitors.guest_id
        return bool(message.author_id) and message.author_id in visitors.partner_id

    def _notify_need_help(self):
        """Tell the other online agents of the live chat channel."""
        agents = self.livechat_channel_id.available_operator_ids - self.env.user
        for agent in agents:
            lang = self.env["res.lang"]._get_active_code(agent.lang)
            env = self.with_context(lang=lang).env
            agent._bus_send(
                "simple_notification",
                {
                    "type": "info",
                    "title": env._("Looking for help"),
                    "message": env._(
                        "%(visitor)s waits in a live chat without an agent.",
                        visitor=self._get_visitor_name(),
                    ),
                },
            )

    def _message_post_after_hook(self, message, msg_vals):
        result = super()._message_post_after_hook(message, msg_vals)
        # sudo: discuss.channel - the status follows from the visitor's message
        channel_sudo = clean_sudo(self)
        if (
            channel_sudo.channel_type == "livechat"
            and not channel_sudo.livechat_end_dt
            and message.message_type != "notification"
            and channel_sudo.livechat_agent_history_ids
            and not channel_sudo._get_agent_members()
            and channel_sudo._is_from_visitor(message)
        ):
            channel_sudo._set_unattended_status()
        return result

    def _get_leave_hint(self):
        """Return what will happen to the conversation when the current user leaves."""
        if self.channel_type != "livechat" or self.livechat_end_dt:
            return ""
        # sudo: discuss.channel - counting the agents of a conversation one may read
        channel_sudo = self.sudo()
        visitor = self._get_visitor_name()
        if len(channel_sudo._get_agent_members()) > 1:
            return self.env._(
                "%(visitor)s stays with the other agents", visitor=visitor
            )
        if channel_sudo._is_visitor_waiting():
            return self.env._(
                "%(visitor)s stays, and other agents are asked to help", visitor=visitor
            )
        return self.env._(
            "%(visitor)s stays; other agents are asked to help at the next message",
            visitor=visitor,
        )

    def _end_by_agent(self):
        """End the live chat for everybody, with a notice that names the agent."""
        # sudo: discuss.channel.rtc.session - one may leave one's own call
        clean_sudo(self.self_member_id)._rtc_leave_call()
        # sudo: discuss.channel - who may run /end here may set the end
        channel_sudo = clean_sudo(self)
        channel_sudo.livechat_end_dt = fields.Datetime.now()
        Store(bus_channel=self).add(channel_sudo, ["livechat_end_dt"]).bus_send()
        channel_sudo.message_post(
            author_id=self.env.ref("base.partner_root").id,
            body=Markup('<div class="o_mail_notification o_hide_author">%s</div>')
            % self.env._(
                "%(agent)s ended the conversation.",
                agent=self.env.user.livechat_username or self.env.user.name,
            ),
            message_type="notification",
            subtype_xmlid="mail.mt_comment",
        )

    @api.autovacuum
    def _gc_unattended_livechat_sessions(self):
        """End live chats that all agents left, after a day without messages."""
        day_ago = fields.Datetime.now() - timedelta(days=1)
        is_agent = Domain(
            "livechat_member_history_ids.livechat_member_type", "=", "agent"
        ) & Domain("partner_id.partner_share", "=", False)
        self.search(
            Domain("channel_type", "=", "livechat")
            & Domain("livechat_end_dt", "=", False)
            & Domain("last_interest_dt", "<=", day_ago)
            & Domain("livechat_agent_partner_ids", "!=", False)
            & ~Domain("channel_member_ids", "any", is_agent)
        ).livechat_end_dt = fields.Datetime.now()
