from odoo.http import request, route

from odoo.addons.mail.controllers.thread import ThreadController


class CannedResponseThreadController(ThreadController):
    """Let no message to a visitor wait because a colleague used the same response.

    Odoo notes the last use in the response's row, within the transaction that posts the
    message. Skipping locked rows does not help when a colleague's message was stored
    since this request began: PostgreSQL refuses, and the message is tried again after a
    sleep. In live chats the browser has the use counted apart, in the user's own row.
    """

    @route()
    def mail_message_post(
        self, thread_model, thread_id, post_data, context=None, **kwargs
    ):
        is_used = thread_model == "discuss.channel" and "canned_response_ids" in kwargs
        if is_used and self._is_use_counted_apart(thread_id):
            del kwargs["canned_response_ids"]
        return super().mail_message_post(
            thread_model, thread_id, post_data, context, **kwargs
        )

    def _is_use_counted_apart(self, channel_id):
        if not request.env.user._is_internal():
            return False
        # sudo: discuss.channel - only its type is looked at, super checks the access
        channel_sudo = request.env["discuss.channel"].sudo().browse(int(channel_id))
        return channel_sudo.exists().channel_type == "livechat"
