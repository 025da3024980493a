"""What taking back is tested with where no app is there."""

from .undo import UndoCase


class ContactUndoCase(UndoCase):
    """A contact stands for what is archived, a tag of contacts for what is deleted."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.operator.group_ids += cls.env.ref("base.group_partner_manager")
        cls.colleague = cls._new_operator(
            "colleague",
            groups="im_livechat.im_livechat_group_user,base.group_partner_manager",
            name="Ben Agent",
        )
        cls.channel._add_members(users=cls.colleague)
        cls.customer = cls.env["res.partner"].create(
            {"name": "Marie", "email": "marie@example.com"}
        )
        cls.env["im_livechat.conversation.tag"].create(
            [{"name": "zz-refund"}, {"name": "zz-angry"}]
        )
        cls.env["discuss.command"].create(
            [
                {
                    "name": "contact",
                    "kind": "create",
                    "model_name": "res.partner",
                    "transcript_field": "comment",
                },
                {
                    "name": "label",
                    "kind": "create",
                    "model_name": "res.partner.category",
                },
            ]
        )

    def _make_contact(self):
        request_id, answer = self.run_undoable("/contact Refund")
        return request_id, self.env["res.partner"].browse(answer["record"]["id"])

    def _get_conversation(self):
        self.channel.invalidate_recordset()
        return (
            self.channel.livechat_note,
            self.channel.livechat_status,
            self.channel.livechat_conversation_tag_ids,
        )

    def _keep(self, name, *lines):
        return (
            self.env["discuss.command"]
            .with_user(self.operator)
            .create({"name": name, "kind": "lines", "lines": "\n".join(lines)})
        )

    def _get_kept(self):
        channel = self.channel.with_user(self.operator)
        return channel.env["discuss.command.run"]._get_kept_answers(channel)
