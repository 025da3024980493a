from collections import defaultdict

from odoo import api, models

from ..tools.undo import MAILED


class MailMail(models.Model):
    _inherit = "mail.mail"

    @api.model_create_multi
    def create(self, vals_list):
        """Note that a record has been written about: a command cannot take it back.

        Noted here because many mails leave no trace once they were sent.
        """
        mails = super().create(vals_list)
        mails._bar_undo()
        return mails

    def _bar_undo(self):
        ids_by_model, outside = defaultdict(set), set()
        # sudo: mail.mail - which record it is about, and whether to a customer
        for mail in self.sudo().filtered(lambda mail: mail.model and mail.res_id):
            ids_by_model[mail.model].add(mail.res_id)
            if mail.email_to or mail.email_cc or _has_customer(mail.recipient_ids):
                outside.add((mail.model, mail.res_id))
        for model_name, ids in ids_by_model.items():
            runs = self.env["discuss.command.run"]
            runs._bar_undo(model_name, list(ids), MAILED)
        # What is being made has no run in the log yet. Ids are never used again, so it
        # does no harm that a rollback leaves them here.
        self.env.cr.cache.setdefault(MAILED, set()).update(outside)


def _has_customer(partners):
    return any(partners.mapped("partner_share"))
