from odoo import models
from odoo.exceptions import AccessError, MissingError

from odoo.addons.mail.tools.discuss import Store

from ...tools.errors import CommandRefusedError, Refusal
from ...tools.sudo import without_defaults


class DiscussChannel(models.Model):
    _inherit = "discuss.channel"

    def run_command(self, line, request_id=None):
        """Run what an operator typed, once for each request id.

        :param str line: the command's line, such as ``/helpdesk Broken mouse``
        :param str request_id: 8 to 64 characters, made by the browser for this line;
            the same id again gives the first answer and does nothing twice
        :return: a dict with ``status`` (done, usage, unknown, refused or failed),
            ``body`` (HTML of the answer), ``name`` of the command found or False, and
            what the command adds, such as ``record``
        """
        channel = without_defaults(self)
        runs = channel.env["discuss.command.run"]
        return runs._answer_once(channel, line, request_id)

    def rejoin_conversation(self):
        """Join again a live chat that the current user left and that still goes on.

        :raise AccessError: when the user was no agent in it, or it has ended
        """
        try:
            channel = without_defaults(self)._check_command_access()
        except CommandRefusedError as error:
            raise AccessError(str(error)) from error
        is_agent = self.env.user._is_internal() and channel._was_agent()
        if not is_agent or channel.livechat_end_dt:
            raise AccessError(
                self.env._("You can only rejoin a conversation that still goes on.")
            )
        channel._add_members(users=self.env.user)
        return True

    def _get_requested(self):
        """Return the one conversation that an RPC call names, or none.

        Odoo passes on as ids whatever a client sends.
        """
        ids = self._ids
        if len(ids) != 1 or type(ids[0]) is not int or not 0 < ids[0] < 2**31:
            return self.browse()
        # Not by exists(): what is read here the access rules need next.
        # sudo: discuss.channel - only to see whether it is there
        try:
            return self if self.sudo().channel_type else self.browse()
        except MissingError:
            return self.browse()

    def _check_command_access(self):
        """Return the conversation, read as the current user.

        :raise CommandRefusedError: alike when it does not exist and may not be read
        """
        return self._get_requested()._check_readable()

    def _check_readable(self):
        """Return this conversation, which is there, or none.

        :raise CommandRefusedError: alike for none and for one that may not be read
        """
        if not self or not self.has_access("read"):
            raise CommandRefusedError(
                self.env._("This conversation does not exist or is not open to you."),
                "not_readable",
            )
        return self

    def _get_command_refusal(self):
        """Tell why the current user may run no command here at all.

        :return: a :class:`~...tools.errors.Refusal`, or None
        """
        self.ensure_one()
        if not self.env.user._is_internal():
            return Refusal("not_internal", self.env._("Commands are for agents only."))
        if not self.has_access("read"):
            return Refusal(
                "not_readable",
                self.env._("This conversation does not exist or is not open to you."),
            )
        if self.channel_type == "livechat" and self.livechat_end_dt:
            return None if self._has_answered() else self._get_ended_refusal()
        if not self.is_member:
            return Refusal(
                "not_member",
                self.env._("Join this conversation to run commands in it."),
            )
        return None

    def _get_ended_refusal(self):
        return Refusal(
            "ended",
            self.env._(
                "This conversation has ended: only agents who answered in it can run"
                " commands here."
            ),
        )

    def _has_answered(self):
        """Tell whether the current user answered in this live chat as an agent."""
        return any(row.message_count for row in self._get_own_agent_history())

    def _was_agent(self):
        """Tell whether the current user is or was a member of this live chat as agent.

        Also without having written yet: who left by mistake comes back.
        """
        return bool(self._get_own_agent_history())

    def _get_own_agent_history(self):
        # sudo: im_livechat.channel.member.history - looking for one's own rows
        return (
            self.env["im_livechat.channel.member.history"]
            .sudo()
            .search(
                [
                    ("channel_id", "=", self.id),
                    ("partner_id", "=", self.env.user.partner_id.id),
                    ("livechat_member_type", "=", "agent"),
                ]
            )
        )

    def _check_odoo_command(self, kind):
        """Apply the rule of our commands to Odoo's methods, which RPC can call.

        :return: the conversation, without what the client's context would put in rows
        :raise AccessError: when the current user may not run the command here
        """
        try:
            channel = without_defaults(self)._check_command_access()
        except CommandRefusedError as error:
            raise AccessError(str(error)) from error
        # sudo: discuss.command - a switched off command is refused here too
        commands = self.env["discuss.command"].sudo().with_context(active_test=False)
        command_sudo = commands.search([("kind", "=", kind)], limit=1)
        refusal = channel._get_command_refusal()
        if not refusal and command_sudo and not command_sudo.active:
            sentence = self.env._("/%(name)s is switched off.", name=command_sudo.name)
            refusal = Refusal("switched_off", sentence)
        if not refusal and command_sudo:
            refusal = command_sudo.sudo(False)._refuse(channel)
        if refusal:
            raise AccessError(refusal.sentence)
        return channel

    def execute_command_help(self, **kwargs):
        channel = self._check_odoo_command("help")
        return super(DiscussChannel, channel).execute_command_help(**kwargs)

    def execute_command_leave(self, **kwargs):
        channel = self._check_odoo_command("leave")
        return super(DiscussChannel, channel).execute_command_leave(**kwargs)

    def execute_command_who(self, **kwargs):
        channel = self._check_odoo_command("who")
        return super(DiscussChannel, channel).execute_command_who(**kwargs)

    def execute_command_history(self, **kwargs):
        channel = self._check_odoo_command("history")
        return super(DiscussChannel, channel).execute_command_history(**kwargs)

    def _get_command_store_fields(self):
        """Return what the browser needs to offer commands in this conversation."""
        self.ensure_one()
        commands = self.env["discuss.command"]._get_available(self)
        is_livechat = self.channel_type == "livechat"
        hints = {command.id: command._get_hint(self) for command in commands}
        is_ended = bool(is_livechat and self.livechat_end_dt)
        title = self._get_offered_title() if is_livechat and commands else ""
        return [
            Store.Many("livechat_commands", value=commands),
            Store.Attr("livechat_command_hints", hints),
            Store.Attr("livechat_command_title", title),
            Store.Attr("is_command_only", is_ended and bool(commands)),
        ]
