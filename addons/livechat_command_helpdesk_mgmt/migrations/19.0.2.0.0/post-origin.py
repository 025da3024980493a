"""What came from a live chat stays known as such when the conversation is deleted."""


def migrate(cr, version):
    cr.execute(
        """UPDATE helpdesk_ticket SET is_from_livechat = TRUE
            WHERE origin_channel_id IS NOT NULL"""
    )
