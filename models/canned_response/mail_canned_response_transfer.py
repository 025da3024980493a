from odoo import api, models

from ...tools import placeholders

BRACKETS = str.maketrans("⟦⟧", "[]")


class MailCannedResponse(models.Model):
    """Responses that come from a file, and those that stay when the addon goes."""

    _inherit = "mail.canned.response"

    @api.model
    def load(self, fields, data):
        """Say to who imports that responses without groups are seen by nobody else."""
        result = super().load(fields, data)
        private = self.browse(result["ids"] or []).filtered(lambda r: not r.is_shared)
        if self.env.context.get("import_file") and private:
            message = self.env._(
                "%(count)s of these canned responses have no Authorized Groups: only"
                " you see them. Give them groups in the file, or select them in the"
                " list and set the groups of all at once.",
                count=len(private),
            )
            self.env.user._bus_send(
                "simple_notification",
                {"type": "warning", "sticky": True, "message": message},
            )
        return result

    @api.model
    def get_import_templates(self):
        """Offer a sample file in Odoo's import screen."""
        self.check_access("create")
        return [
            {
                "label": self.env._("Import Template for Canned Responses"),
                "template": "/livechat_command/static/csv/canned_responses.csv",
            }
        ]

    @api.model
    def _leave_to_odoo(self):
        """Put what Odoo's own list cannot make into its own columns: texts and dates.

        A placeholder becomes its fallback, else its label; a blank its label, both in
        square brackets, so that who sends the text sees what is missing.
        """
        Placeholder = self.env["mail.canned.response.placeholder"]
        known = Placeholder._get_placeholders()
        labels = {name: placeholder.label for name, placeholder in known.items()}
        responses = self.with_context(active_test=False)
        for response in responses.search([("substitution", "like", "{{")]):
            text = placeholders.render(response.substitution, {}, labels)
            response.substitution = text.translate(BRACKETS)
        self.flush_model()
        self.env.cr.execute(
            """
            UPDATE mail_canned_response AS response
               SET last_used = GREATEST(last_used, used.last_use_date)
              FROM (SELECT canned_response_id, MAX(last_use_date) AS last_use_date
                      FROM mail_canned_response_use GROUP BY 1) AS used
             WHERE used.canned_response_id = response.id
            """
        )
        self.invalidate_model(["last_used"])
