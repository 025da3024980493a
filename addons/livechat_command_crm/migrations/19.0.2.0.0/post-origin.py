"""What came from a live chat stays known as such when the conversation is deleted."""


def migrate(cr, version):
    cr.execute(
        """UPDATE crm_lead SET is_from_livechat = TRUE
            WHERE origin_channel_id IS NOT NULL"""
    )
