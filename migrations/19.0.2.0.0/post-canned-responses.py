from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """Total use is a sum now; a tag of private responses alone is not for everybody."""
    cr.execute(
        """
        ALTER TABLE mail_canned_response
              DROP COLUMN IF EXISTS use_count, DROP COLUMN IF EXISTS last_use_date
        """
    )
    cr.execute(
        """
        UPDATE mail_canned_response_tag AS tag SET is_shared = (
               NOT EXISTS (SELECT FROM mail_canned_response_mail_canned_response_tag_rel
                            WHERE mail_canned_response_tag_id = tag.id)
               OR EXISTS (SELECT FROM mail_canned_response_mail_canned_response_tag_rel
                                      AS rel
                            JOIN mail_canned_response AS response
                              ON response.id = rel.mail_canned_response_id
                           WHERE rel.mail_canned_response_tag_id = tag.id
                             AND response.is_shared))
        """
    )
    api.Environment(cr, SUPERUSER_ID, {})["mail.canned.response"]._sum_up_use()
