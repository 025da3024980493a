from odoo import api, fields, models
from odoo.exceptions import ValidationError


class DiscussCommand(models.Model):
    """A canned response that is put into the composer after a command succeeded."""

    _inherit = "discuss.command"

    canned_response_id = fields.Many2one(
        "mail.canned.response",
        "Reply",
        ondelete="set null",
        help="Put into the composer after success, with the new record's placeholders"
        " filled in. The agent reads it and sends it.",
    )

    @api.constrains("canned_response_id")
    def _check_canned_response(self):
        """Refuse a private response: other agents would get nothing.

        :raise ValidationError: with what to do instead
        """
        for response in self.canned_response_id:
            if not response.is_shared:
                raise ValidationError(
                    self.env._(
                        "The canned response “%(shortcut)s” is private. Share it with a"
                        " group first, so that agents may use it.",
                        shortcut=response.source,
                    )
                )

    def _get_answer_extra(self, channel, reply):
        """Add the Reply, unless this operator may not read it."""
        extra = super()._get_answer_extra(channel, reply)
        if self.canned_response_id:
            response = self.canned_response_id._render_for(channel, reply.record)
            if response:
                extra["composer_response"] = response
        return extra
