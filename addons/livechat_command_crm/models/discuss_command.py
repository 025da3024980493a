from odoo import fields, models

from odoo.addons.livechat_command.tools.kind import make_records


class DiscussCommand(models.Model):
    _inherit = "discuss.command"

    kind = fields.Selection(
        selection_add=[("lead", "Create Lead")], ondelete={"lead": "cascade"}
    )

    def _get_kinds(self):
        return {**super()._get_kinds(), "lead": make_records("crm.lead")}

    def _prepare_archive_values(self, record):
        """Take care that the lead does not count as lost.

        Neither in reports nor in what scoring learns, as an archived one without
        probability does.
        """
        values = super()._prepare_archive_values(record)
        if record._name == "crm.lead":
            values["probability"] = record.probability or 1
        return values
