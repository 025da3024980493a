from odoo import api, fields, models

from odoo.addons.mail.tools.discuss import Store


class LivechatOriginMixin(models.AbstractModel):
    """A record made from a live chat, with a way back to the conversation.

    The way back is for those who may read the conversation anyway: that a record was
    made from it opens it to nobody.
    """

    _name = "livechat.origin.mixin"
    _description = "Made from a Live Chat"

    origin_channel_id = fields.Many2one(
        "discuss.channel",
        "Live Chat Conversation",
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="The live chat from which this was created.",
    )
    can_open_livechat = fields.Boolean(compute="_compute_can_open_livechat")

    @api.depends_context("uid")
    @api.depends("origin_channel_id")
    def _compute_can_open_livechat(self):
        readable = self.origin_channel_id._filtered_access("read")
        for record in self:
            record.can_open_livechat = bool(record.origin_channel_id & readable)

    def action_open_livechat(self):
        """Open the conversation in a chat window of the current user."""
        self.ensure_one()
        self.origin_channel_id.check_access("read")
        Store(bus_channel=self.env.user).add(
            self.origin_channel_id, extra_fields={"open_chat_window": True}
        ).bus_send()
