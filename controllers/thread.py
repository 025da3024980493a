from lxml import etree
from lxml.html import fromstring

from odoo.exceptions import UserError
from odoo.http import request, route
from odoo.tools.sql import escape_psql

from odoo.addons.mail.controllers.thread import ThreadController

from ..tools import slip

# What a browser does not show; its tail is shown.
UNSEEN_ELEMENTS = ("head", "script", "style", "template", "title")


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
        if thread_model == "discuss.channel" and self._is_agent():
            channel = self._get_livechat(thread_id)
            if channel.livechat_end_dt:
                raise UserError(
                    request.env._(
                        "This conversation has ended: nobody would read your message."
                    )
                )
            if channel:
                self._check_text(post_data, send_as_typed)
        return super().mail_message_post(
            thread_model, thread_id, post_data, context, **kwargs
        )

    @route()
    def mail_message_update_content(self, message_id, update_data, **kwargs):
        send_as_typed = kwargs.pop("send_as_typed", False)
        if self._is_agent():
            # sudo: mail.message - only where it was posted is read, super checks access
            message_sudo = request.env["mail.message"].sudo()
            message_sudo = message_sudo.browse(self._get_id(message_id)).exists()
            # Also after the end: what was sent by mistake can be taken back.
            if message_sudo.model == "discuss.channel" and self._get_livechat(
                message_sudo.res_id
            ):
                self._check_text(update_data, send_as_typed)
        return super().mail_message_update_content(message_id, update_data, **kwargs)

    def _is_agent(self):
        """Tell whether the current user could run commands: only they are guarded."""
        return request.env.user._is_internal()

    def _get_id(self, value):
        """Return a record's id as Odoo's own routes take it.

        :raise UserError: when it is none
        """
        try:
            return int(value)
        except (TypeError, ValueError, OverflowError) as error:
            raise UserError(
                request.env._("This request names no message or conversation.")
            ) from error

    def _get_livechat(self, channel_id):
        """Return the live chat of this id that the user may read, archived or not."""
        Channel = request.env["discuss.channel"].with_context(active_test=False)
        return Channel.search(
            [("id", "=", self._get_id(channel_id)), ("channel_type", "=", "livechat")]
        )

    def _check_text(self, data, send_as_typed):
        """Refuse an agent's text that must not reach the visitor of a live chat.

        :raise UserError: with what to do instead
        """
        body = self._get_body(data)
        if send_as_typed or not body:
            return
        text = self._get_text(body)
        names = request.env["discuss.command"]._get_all_names()
        if slip.is_slip(text, names, self._get_shortcuts(text)):
            error = UserError(
                request.env._(
                    "This looks like a command or a canned response and was not sent."
                    " Reload the page to run or insert it, or start the line with // to"
                    " send it as it is."
                )
            )
            # For the composer, which shows what its own guard would have shown.
            error.context = {"livechat_command": "held"}
            raise error

    def _get_body(self, data):
        """Return the HTML in a request's data.

        :raise UserError: when there is none that could be stored
        """
        body = (data.get("body") or "") if isinstance(data, dict) else None
        try:
            body.encode()
        except (AttributeError, UnicodeEncodeError) as error:
            raise UserError(
                request.env._("This message holds no text that could be stored.")
            ) from error
        return body

    def _get_text(self, body):
        """Return what the visitor would read, each block on its own line."""
        root = fromstring(f"<div>{body.replace(chr(0), '')}</div>")
        etree.strip_elements(root, *UNSEEN_ELEMENTS, with_tail=False)
        for element in root.iter("br", "p", "div", "li"):
            element.tail = "\n" + (element.tail or "")
        return root.text_content()

    def _get_shortcuts(self, text):
        """Return the folded shortcuts of the current user that ``text`` may begin with.

        Most texts begin with no sign of one: then nothing is asked.
        """
        exact, beginning = slip.read_shortcut(text)
        if not exact:
            return []
        domain = [("shortcut_key", "in", exact)]
        if beginning:
            pattern = f"{escape_psql(beginning)}%"
            domain = ["|", *domain, ("shortcut_key", "=like", pattern)]
        responses = request.env["mail.canned.response"].search(domain, limit=1)
        return responses.mapped("shortcut_key")
