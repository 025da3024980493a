"""A conversation and a record have one row, which holds how far the record has it."""


def migrate(cr, version):
    cr.execute(
        """DELETE FROM discuss_channel_followup f
                 USING discuss_channel_followup other
                 WHERE other.channel_id = f.channel_id
                   AND other.res_model = f.res_model
                   AND other.res_id = f.res_id
                   AND (other.last_message_id, other.id) > (f.last_message_id, f.id)"""
    )
