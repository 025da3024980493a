from odoo import fields, models

from odoo.addons.livechat_command.tools.kind import Kind
from odoo.addons.livechat_command.tools.reply import Reply


class DiscussCommand(models.Model):
    _inherit = "discuss.command"

    kind = fields.Selection(
        selection_add=[("lead", "Create Lead")], ondelete={"lead": "cascade"}
    )

    def _get_kinds(self):
        lead = Kind(
            run="_run_lead",
            access=("crm.lead", "create"),
            hint="_get_lead_hint",
            question="_get_lead_question",
            argument="title",
            tokens={"!": "priority", "#": "tag_ids", "@": "user_id"},
            speaks=True,
            undo="_undo_record",
            against_undo="_get_record_obstacle",
        )
        return {**super()._get_kinds(), "lead": lead}

    def _get_lead_question(self):
        return self.env._("What is the lead about?")

    def _run_lead(self, channel, argument, values):
        title = self._check_title(argument)
        nobody = {"team_id": False, "user_id": False}
        self._check_create_rules("crm.lead", {**nobody, **values})
        lead = channel._create_lead(title, values)
        return Reply(
            "livechat_command_crm.answer_lead",
            {"lead": lead},
            record=lead,
            undo=self._prepare_record_undo(lead),
        )

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

    def _get_lead_hint(self, channel):
        visitor = channel._get_visitor_name()
        hint = self.env._("Lead for %(visitor)s", visitor=visitor)
        lead = channel.lead_ids.sorted("id")[-1:]
        return self._add_already_made(hint, lead, lead.name)
