from .common import LivechatCommandCase


class LinesCase(LivechatCommandCase):
    """Lines that are run as a whole, with contacts, notes, tags and statuses."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.creator = cls._new_operator(
            "creator",
            groups="im_livechat.im_livechat_group_user,base.group_partner_manager",
            name="Carl Creator",
        )
        cls.manager = cls._new_operator(
            "manager", groups="im_livechat.im_livechat_group_manager"
        )
        cls.channel._add_members(users=cls.creator + cls.manager)
        cls.env["im_livechat.conversation.tag"].create({"name": "zz-refund"})
        cls.everybody = cls.env.ref("base.group_user")
        cls.response = cls.env["mail.canned.response"].create(
            {
                "source": "promise",
                "substitution": "I made {{record.name}}.",
                "group_ids": [(4, cls.everybody.id)],
            }
        )
        cls.env["discuss.command"].create(
            {"name": "contact", "kind": "create", "model_name": "res.partner"}
        )
        cls.lines = cls._new_lines(
            "refund", "/contact Refund {argument} :promise", "/tag zz-refund"
        )

    @classmethod
    def _new_lines(cls, name, *lines, user=None, **values):
        return (
            cls.env["discuss.command"]
            .with_user(user or cls.env.user)
            .create(
                {
                    "name": name,
                    "kind": "lines",
                    "lines": "\n".join(lines),
                    "group_ids": [(4, cls.everybody.id)],
                    **values,
                }
            )
        )

    def _get_state(self):
        self.channel.invalidate_recordset()
        return (
            self.env["res.partner"].search_count([]),
            self.channel.livechat_conversation_tag_ids,
            self.channel.livechat_note,
            self.channel.livechat_status,
            self.channel.channel_member_ids,
        )
