from odoo import fields, models
from odoo.fields import Command

from ...tools import tokens
from ...tools.errors import CommandFailedError, CommandUsageError
from ...tools.kind import Kind
from ...tools.reply import Reply
from ...tools.sudo import clean_sudo
from .discuss_command_token_names import ROW_LIMIT

NAMED_TAGS = 15


class DiscussCommand(models.Model):
    """``/tag``: Odoo's own tags of a conversation, which its panel sets by mouse."""

    _inherit = "discuss.command"

    kind = fields.Selection(
        selection_add=[("tag", "Tag Conversation")], ondelete={"tag": "cascade"}
    )

    def _get_kinds(self):
        return {
            **super()._get_kinds(),
            "tag": Kind(
                run="_run_tag",
                access=("im_livechat.conversation.tag", "write"),
                argument="required",
                choices="_get_tag_choices",
                undo="_undo_change",
                against_undo="_get_change_obstacle",
            ),
        }

    def _run_tag(self, channel, argument):
        if not argument:
            raise CommandUsageError(self._get_usage())
        tags = self._find_conversation_tags(argument)
        before = self._read_change(channel, "livechat_conversation_tag_ids")
        # sudo: discuss.channel - who may read a conversation and write tags may tag it,
        # as in Odoo's own route
        channel_sudo = clean_sudo(channel)
        channel_sudo.livechat_conversation_tag_ids = [
            Command.link(tag.id) for tag in tags
        ]
        if channel_sudo.livechat_status == "need_help":
            self._notify_looking_for_help(channel_sudo)
        return Reply(
            "livechat_command.answer_tag",
            {"names": tags.mapped("name")},
            undo=self._prepare_change(channel, "livechat_conversation_tag_ids", before),
        )

    def _find_conversation_tags(self, argument):
        """Return the one tag that ``argument`` names, or one for each of its words.

        :raise CommandFailedError: with the tags that exist
        """
        tags = self.env["im_livechat.conversation.tag"].search_fetch([], ["name"])
        by_key = {tokens.make_key(tag.name): tag for tag in reversed(tags)}
        if tag := by_key.get(tokens.make_key(argument)):
            return tag
        words = argument.split()
        unknown = [word for word in words if tokens.make_key(word) not in by_key]
        if unknown:
            raise CommandFailedError(self._get_tags_sentence(unknown[0], tags))
        return tags.union(*(by_key[tokens.make_key(word)] for word in words))

    def _get_tags_sentence(self, word, tags):
        if not tags:
            return self.env._("No conversation tag exists yet: make one in the panel.")
        return self.env._(
            "There is no tag “%(word)s”. There are: %(tags)s.",
            word=word[:80],
            tags=", ".join(tags[:NAMED_TAGS].mapped("name")),
        )

    def _notify_looking_for_help(self, channel):
        """Tell those who see it under Looking for Help, as Odoo's own route does."""
        self.env.ref("im_livechat.im_livechat_group_user")._bus_send(
            "im_livechat.looking_for_help/tags",
            {
                "channel_id": channel.id,
                "tag_ids": channel.livechat_conversation_tag_ids.ids,
            },
            subchannel="LOOKING_FOR_HELP",
        )

    def _get_tag_choices(self, channel):
        tags = self.env["im_livechat.conversation.tag"].search([], limit=ROW_LIMIT)
        keys = {tag: tokens.make_key(tag.name) for tag in tags}
        return [{"key": key, "name": tag.name} for tag, key in keys.items() if key]
