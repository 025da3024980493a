from odoo import api, fields, models
from odoo.exceptions import ValidationError


class DiscussCommand(models.Model):
    """A canned response that is put into the composer after a command succeeded."""

    _inherit = "discuss.command"

    canned_response_id = fields.Many2one(
        "mail.canned.response",
        "Reply",
        ondelete="set null",
        # A response may become private later: its name is not for everybody.
        groups="im_livechat.im_livechat_group_manager,base.group_system",
        help="Put into the composer after success, with the new record's placeholders"
        " filled in. The agent reads it and sends it.",
    )

    @api.constrains("canned_response_id")
    def _check_canned_response(self):
        """Refuse a private response: other agents would get nothing.

        :raise ValidationError: with what to do instead
        """
        # sudo: mail.canned.response - only asked whether it is private
        if not all(self.sudo().canned_response_id.mapped("is_shared")):
            raise ValidationError(
                self.env._(
                    "This canned response is private. Share it with a group first, so"
                    " that agents may use it."
                )
            )

    def _get_answer_extra(self, channel, reply):
        """Add what is said next, unless this operator may not read it.

        That is the response that the line names, else the command's own Reply. Where a
        search found nothing there is nothing to say; and to whom, when the conversation
        has ended, perhaps by a later line of the same command.
        """
        extra = super()._get_answer_extra(channel, reply)
        # sudo: discuss.channel - who has left may not be able to read whether it ended
        if channel.sudo().livechat_end_dt:
            extra.pop("composer_response", None)
            return extra
        # A response that the line names was found with the operator's rights.
        response = reply.response or self._get_own_response()
        record = reply.record if reply.found is None else reply.found
        is_in_vain = reply.found is not None and not reply.found
        is_said = "composer_response" in extra
        if response and not is_in_vain and not is_said:
            record = record if record and len(record) == 1 else None
            extra["composer_response"] = response._render_for(channel, record)
        return extra

    def _get_own_response(self):
        """Return the command's own Reply, if the operator may read it."""
        # sudo: discuss.command - its link is followed with the operator's rights
        response = self.sudo().canned_response_id.sudo(False)
        return response.exists()._filtered_access("read")
