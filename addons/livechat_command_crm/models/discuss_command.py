from odoo import fields, models

from odoo.addons.livechat_command.tools.kind import Kind


class DiscussCommand(models.Model):
    _inherit = "discuss.command"

    kind = fields.Selection(
        selection_add=[("lead", "Create Lead")], ondelete={"lead": "cascade"}
    )

    def _get_kinds(self):
        lead = Kind(
            run="_run_record",
            access=("crm.lead", "create"),
            hint="_get_record_hint",
            question="_get_record_question",
            argument="title",
            tokens={"!": "priority", "#": "tag_ids", "@": "user_id"},
            speaks=True,
            adds=True,
            undo="_undo_record",
            against_undo="_get_record_obstacle",
        )
        return {**super()._get_kinds(), "lead": lead}

    def _prepare_archive_values(self, record):
        """Let go of the conversation, too: its leads open it to all salespeople.

        And take care that the lead does not count as lost, in reports and in what
        scoring learns: an archived one without probability does.
        """
        values = super()._prepare_archive_values(record)
        if record._name == "crm.lead":
            values["origin_channel_id"] = False
            values["probability"] = record.probability or 1
        return values
