"""The test API of the addon, for its own tests and those of bridges."""

import uuid

from odoo.tests import TransactionCase, new_test_user


class LivechatCommandCase(TransactionCase):
    """A live chat between a guest and an agent, and ways to run commands in it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.operator = cls._new_operator("operator", name="Anna Agent")
        cls.livechat_channel = cls.env["im_livechat.channel"].create(
            {"name": "Support", "user_ids": [(4, cls.operator.id)]}
        )
        cls.guest = cls.env["mail.guest"].create({"name": "Marie Dupont"})
        cls.channel = cls._new_livechat(cls.operator, guest=cls.guest)

    @classmethod
    def _new_operator(
        cls, login, groups="im_livechat.im_livechat_group_user", **values
    ):
        """Return a new internal user who answers live chats."""
        return new_test_user(cls.env, login, groups=groups, **values)

    @classmethod
    def _new_livechat(cls, operator=None, guest=None, partner=None):
        """Return a live chat of a visitor (guest or contact) with ``operator``."""
        channel = cls.env["discuss.channel"].create(
            {
                "name": "Live chat",
                "channel_type": "livechat",
                "livechat_channel_id": cls.livechat_channel.id,
                "livechat_operator_id": operator and operator.partner_id.id,
                "livechat_status": "in_progress",
            }
        )
        channel.channel_member_ids.unlink()
        visitor = {"guest_id": guest.id} if guest else {"partner_id": partner.id}
        cls.env["discuss.channel.member"].create(
            {"channel_id": channel.id, "livechat_member_type": "visitor", **visitor}
        )
        if operator:
            channel._add_members(users=operator, post_joined_message=False)
        return channel

    @classmethod
    def _say(cls, channel, body, author=None):
        """Post ``body`` as ``author``: a user, a contact or a guest (the default)."""
        author = author or cls.guest
        if author._name == "mail.guest":
            public = cls.env.ref("base.public_user")
            channel = channel.with_user(public).with_context(guest=author)
        elif author._name == "res.users":
            channel = channel.with_user(author)
        values = {"author_id": author.id} if author._name == "res.partner" else {}
        return (
            channel.sudo()
            .message_post(
                body=body,
                message_type="comment",
                subtype_xmlid="mail.mt_comment",
                **values,
            )
            .sudo(False)
            .with_env(cls.env)
        )

    def run_command(self, line, user=None, channel=None, request_id=None):
        """Run ``line`` as ``user`` (the operator) and return the answer."""
        channel = channel or self.channel
        return channel.with_user(user or self.operator).run_command(
            line, request_id or uuid.uuid4().hex
        )

    def assertStatus(self, answer, status, text=None):
        """Check how a command ended, and that ``text`` is in the answer."""
        self.assertEqual(answer["status"], status, answer["body"])
        if text:
            self.assertIn(text, answer["body"])

    def get_offered(self, user=None, channel=None):
        """Return the names of the commands in the list of ``user`` in ``channel``."""
        channel = (channel or self.channel).with_user(user or self.operator)
        return channel.env["discuss.command"]._get_available(channel).mapped("name")
