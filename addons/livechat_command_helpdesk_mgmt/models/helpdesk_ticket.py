from odoo import api, fields, models


class HelpdeskTicket(models.Model):
    _name = "helpdesk.ticket"
    _inherit = ["helpdesk.ticket", "word.search.mixin", "livechat.origin.mixin"]
    _livechat_number = "number"
    _livechat_sequence = "helpdesk.ticket.sequence"
    _livechat_merged = "duplicate_id"
    _livechat_name = "partner_name"
    _livechat_email = "partner_email"
    _livechat_open = (("closed", "=", False),)
    _livechat_answer = "livechat_command_helpdesk_mgmt.answer_helpdesk"
    _livechat_list = "livechat_command_helpdesk_mgmt.search"
    _livechat_panel = ("helpdesk_ticket_ids", "customer_ticket_ids")
    _word_search_index = "helpdesk.ticket.search"
    _word_search_number = "number"
    _word_search_texts = ("description", "partner_name", "partner_email", "partner_id")

    partner_id = fields.Many2one(index=True)
    # Whether a company's tickets are few is asked before they are searched.
    company_id = fields.Many2one(index=True)
    # The tickets with a guest's address are asked for whenever one types /helpdesk.
    partner_email = fields.Char(index="trigram")

    def _track_template(self, tracking):
        """Send no automatic mail to an address that nobody verified."""
        templates = super()._track_template(tracking)
        if self[:1].is_contact_unverified:
            templates.pop("stage_id", None)
        return templates

    @api.model
    def _get_livechat_words(self):
        return {
            "for": self.env._("Ticket for %(visitor)s"),
            "for_reader": self.env._("Ticket for %(visitor)s, who can read its title"),
            "question": self.env._("What is the ticket about?"),
            "no_match": self.env._("No ticket matches %(words)s."),
            "none": self.env._(
                "This conversation and its customer have no ticket."
                " Type words or a number to search all tickets."
            ),
            "make": self.env._("Create a ticket: %(line)s"),
        }

    @api.model
    def _prepare_livechat_team_values(self, team, user):
        company = team.company_id or self.env.company
        return {"team_id": team.id, "company_id": company.id, "user_id": user.id}

    @api.model
    def _prepare_livechat_values(self, channel, title):
        """Return the values of the ticket that ``/helpdesk`` makes. To be extended."""
        team, user = self.env["helpdesk.ticket.team"]._get_for_livechat(channel)
        livechat = self.env.ref(
            "livechat_command_helpdesk_mgmt.helpdesk_ticket_channel_livechat",
            raise_if_not_found=False,
        )
        return {
            **super()._prepare_livechat_values(channel, title),
            **self._prepare_livechat_team_values(team, user),
            "channel_id": livechat and livechat.id,
            "description": channel._get_channel_history()
            or self.env._("Nothing was written yet in the live chat."),
        }
