from odoo import models
from odoo.fields import Domain

from ...tools.sudo import clean_sudo


class DiscussChannel(models.Model):
    """The files of a conversation, on what is made from it."""

    _inherit = "discuss.channel"

    def _post_note(self, record, body, domain):
        """Post an internal note on ``record``, with files of the conversation.

        They are the note's own, not the record's: portals show the files of a record to
        its customer, who may be another than the visitor.

        :param domain: of the messages whose files come along
        """
        files = self._copy_files("mail.message", 0, domain)
        note = record.message_post(
            body=body, attachment_ids=files.ids, subtype_xmlid="mail.mt_note"
        )
        # sudo: ir.attachment - they were copied for this note
        clean_sudo(files).res_id = note.id
        return note

    def _copy_files(self, res_model, res_id, domain=None):
        """Copy the conversation's files for a record or a message.

        One by one: what visitors upload may be too much to have in memory at once.

        :param domain: narrows the messages whose files are copied
        :return: the copies
        """
        has_files = Domain("attachment_ids", "!=", False)
        # sudo: mail.message - who may read the conversation may read its files
        messages_sudo = clean_sudo(self.env["mail.message"])
        domain = self._get_transcript_domain(domain) & has_files
        copies = self.env["ir.attachment"]
        values = {"res_model": res_model, "res_id": res_id, "access_token": False}
        for file_sudo in messages_sudo.search(domain, order="id").attachment_ids:
            # Alone, or Odoo reads the others, too.
            file_sudo = file_sudo.with_prefetch()
            copies |= file_sudo.copy(values).with_env(self.env)
            file_sudo.invalidate_recordset(["raw"], flush=False)
        return copies
