from odoo import api, fields, models
from odoo.fields import Domain


class DiscussChannelFollowup(models.Model):
    """A record made from a live chat, to which the rest of the conversation goes.

    What bridges and commands make (a ticket, a lead, …) holds the transcript up to that
    moment. When the conversation ends, what was said later is added as one internal
    note. Rows are made by ``discuss.channel._follow_up`` alone.
    """

    _name = "discuss.channel.followup"
    _description = "Record That Waits for the Rest of a Conversation"
    _rec_name = "res_model"

    channel_id = fields.Many2one(
        "discuss.channel", required=True, ondelete="cascade", index=True, readonly=True
    )
    res_model = fields.Char("Record Model", required=True, readonly=True)
    res_id = fields.Many2oneReference(
        "Record", model_field="res_model", required=True, readonly=True
    )
    # The last message that the record already has: no later edit sends one twice.
    last_message_id = fields.Integer(required=True, readonly=True)
    is_pending = fields.Boolean("To Send", index="btree_not_null", readonly=True)

    @api.model
    def _trigger(self, channels):
        """Have the rest of ``channels``, which just ended, sent to their records."""
        # sudo: discuss.channel.followup - the visitor's own request may end a live chat
        followups_sudo = self.sudo().search([("channel_id", "in", channels.ids)])
        if followups_sudo:
            followups_sudo.is_pending = True
            # sudo: ir.cron - the note is sent by the system, after the conversation
            cron = self.env.ref("livechat_command.ir_cron_send_followups")
            cron.sudo()._trigger()

    @api.model
    def _send_pending(self, limit=100):
        """Add the notes that are due. Called by the scheduled action."""
        followups = self.search([("is_pending", "=", True)], limit=limit)
        for followup in followups:
            followup._send()
        remaining = self.search_count([("is_pending", "=", True)], limit=1000)
        self.env["ir.cron"]._commit_progress(len(followups), remaining=remaining)

    def _send(self):
        """Add what was said since the last message sent, as one internal note."""
        self.ensure_one()
        record = self._get_record()
        if not record:
            self.unlink()
            return
        self.is_pending = False
        # In the language and time zone of the agent who made the record.
        user = self.create_uid
        channel = self.channel_id.with_user(user).with_context(lang=user.lang)
        is_later = Domain("id", ">", self.last_message_id)
        last_message_id = channel._get_last_message_id()
        if text := channel._get_transcript(is_later):
            record.message_post(
                body=channel.env["ir.qweb"]._render(
                    "livechat_command.followup_note", {"transcript": text}
                ),
                attachment_ids=channel._copy_files(record, is_later).ids,
                subtype_xmlid="mail.mt_note",
            )
        self.last_message_id = max(last_message_id, self.last_message_id)

    def _get_record(self):
        """Return the record, or None when it or its app is gone."""
        if self.res_model not in self.env:
            return None
        return self.env[self.res_model].browse(self.res_id).exists()
