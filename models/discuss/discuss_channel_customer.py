from odoo import models

from ...tools.sudo import clean_sudo


class DiscussChannel(models.Model):
    """Whose the records are that are made from a conversation: the visitor's alone.

    They hold the transcript, and Odoo's portals show them to their customer and to who
    follows them.
    """

    _inherit = "discuss.channel"

    def _get_customer(self):
        """Return the contact of a visitor who is logged in, else an empty recordset."""
        if self.channel_type != "livechat":
            return self.env["res.partner"]
        return self._get_contact(self._get_visitor())

    def _get_contact(self, visitor):
        """Return ``visitor`` if it is a contact, and no guest, else nobody."""
        is_contact = visitor._name == "res.partner"
        return visitor if is_contact else self.env["res.partner"]

    def _keep_from_strangers(self, record):
        """Unsubscribe from ``record``, just made, who is no colleague nor its customer.

        Odoo subscribes the followers of a project or a team to what is made in it.
        """
        if "message_partner_ids" not in record._fields:
            return
        # sudo: mail.thread - who sees the transcript is no matter of the agent's rights
        record_sudo = clean_sudo(record)
        strangers = record_sudo.message_partner_ids.filtered("partner_share")
        record_sudo.message_unsubscribe((strangers - self._get_customer()).ids)
