"""A visitor without a browser, for what happens on the server alone."""

from odoo_server import Session


class Guest:
    """A guest of the website who chats through Odoo's routes."""

    def __init__(self, url):
        self.session = Session(url)
        self.channel_id = None

    def start_chat(self, livechat_channel_id, first_message):
        result = self.session.post(
            "/im_livechat/get_session", channel_id=livechat_channel_id, persisted=True
        )
        assert result, "no agent is online"
        self.channel_id = result["channel_id"]
        self.says(first_message)
        return self

    def says(self, text):
        return post_message(self.session, self.channel_id, text)

    def messages(self):
        """Bodies of all messages that the guest can fetch."""
        result = self.session.post(
            "/discuss/channel/messages",
            channel_id=self.channel_id,
            fetch_params={"limit": 100},
        )
        return [message["body"][1] for message in result["data"]["mail.message"]]

    def leave(self):
        self.session.post(
            "/im_livechat/visitor_leave_session", channel_id=self.channel_id
        )


def post_message(session, channel_id, body, **kwargs):
    """Post as the composer of any page does; returns the message's id."""
    result = session.post(
        "/mail/message/post",
        thread_model="discuss.channel",
        thread_id=channel_id,
        post_data={
            "body": body,
            "message_type": "comment",
            "subtype_xmlid": "mail.mt_comment",
        },
        **kwargs,
    )
    return result["message_id"]
