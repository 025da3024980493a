from lxml.html import fromstring

from odoo.exceptions import UserError
from odoo.http import request, route

from odoo.addons.mail.controllers.thread import ThreadController

from ..tools import syntax


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
            self._check_message(thread_id, post_data, send_as_typed)
        return super().mail_message_post(
            thread_model, thread_id, post_data, context, **kwargs
        )

    @route()
    def mail_message_update_content(self, message_id, update_data, **kwargs):
        send_as_typed = kwargs.pop("send_as_typed", False)
        # sudo: mail.message - only where it was posted is read, super checks the access
        message_sudo = request.env["mail.message"].sudo().browse(message_id).exists()
        if message_sudo.model == "discuss.channel":
            self._check_message(message_sudo.res_id, update_data, send_as_typed)
        return super().mail_message_update_content(message_id, update_data, **kwargs)

    def _check_message(self, channel_id, data, send_as_typed):
        """Refuse an agent's text that must not reach the visitor of a live chat.

        :raise UserError: with what to do instead
        """
        if not request.env.user._is_internal():
            return
        channel = request.env["discuss.channel"].search([("id", "=", int(channel_id))])
        if channel.channel_type != "livechat":
            return
        if channel.livechat_end_dt:
            raise UserError(
                request.env._(
                    "This conversation has ended: nobody would read your message."
                )
            )
        text = self._get_text(data.get("body") or "")
        names = request.env["discuss.command"]._get_all_names()
        if not send_as_typed and syntax.is_slip(text, names):
            raise UserError(
                request.env._(
                    "This looks like a command and was not sent. Reload the page to run"
                    " it, or start the line with // to send it as it is."
                )
            )

    def _get_text(self, body):
        """Return what the visitor would read, each block on its own line."""
        root = fromstring(f"<div>{body}</div>")
        for element in root.iter("br", "p", "div", "li"):
            element.tail = "\n" + (element.tail or "")
        return root.text_content()
