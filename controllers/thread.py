from odoo.exceptions import UserError
from odoo.http import request, route
from odoo.tools import html2plaintext

from odoo.addons.mail.controllers.thread import ThreadController

from ..command import syntax


class CommandThreadController(ThreadController):
    """Hold what looks like a command before it becomes a message for a visitor.

    The browser's guard comes first; this holds for tabs opened before the installation,
    the public page of the conversation, and direct calls.
    """

    @route()
    def mail_message_post(
        self, thread_model, thread_id, post_data, context=None, **kwargs
    ):
        send_as_typed = kwargs.pop("send_as_typed", False)
        if thread_model == "discuss.channel":
            self._hold_slip(thread_id, post_data, send_as_typed)
        return super().mail_message_post(
            thread_model, thread_id, post_data, context, **kwargs
        )

    @route()
    def mail_message_update_content(self, message_id, update_data, **kwargs):
        send_as_typed = kwargs.pop("send_as_typed", False)
        # sudo: mail.message - only where it was posted is read, super checks the access
        message_sudo = request.env["mail.message"].sudo().browse(message_id).exists()
        if message_sudo.model == "discuss.channel":
            self._hold_slip(message_sudo.res_id, update_data, send_as_typed)
        return super().mail_message_update_content(message_id, update_data, **kwargs)

    def _hold_slip(self, channel_id, data, send_as_typed):
        """Refuse a text that must not reach the visitor of a live chat.

        :raise UserError: with what to do instead
        """
        if not request.env.user._is_internal():
            return
        channel = request.env["discuss.channel"].search([("id", "=", int(channel_id))])
        if channel.channel_type != "livechat":
            return
        text = html2plaintext(data.get("body") or "", include_references=False)
        if not send_as_typed and syntax.is_slip(
            text, request.env["discuss.command"]._get_all_names()
        ):
            raise UserError(
                request.env._(
                    "This looks like a command and was not sent. Reload the page to run"
                    " it, or start the line with // to send it as it is."
                )
            )
