from babel.dates import format_timedelta

from odoo import api, fields, models
from odoo.tools import babel_locale_parse, get_lang


class HelpdeskTicket(models.Model):
    _name = "helpdesk.ticket"
    _inherit = [
        "helpdesk.ticket",
        "livechat.origin.mixin",
        "word.search.mixin",
    ]
    _word_search_index = "helpdesk.ticket.search"
    _word_search_number = "number"
    _word_search_texts = ("description", "partner_name", "partner_email", "partner_id")

    partner_id = fields.Many2one(index=True)
    # The tickets with a guest's address are asked for whenever one types /helpdesk.
    partner_email = fields.Char(index="trigram")
    is_contact_unverified = fields.Boolean(
        "Contact Not Verified",
        compute="_compute_is_contact_unverified",
        help="Name and e-mail are what a visitor gave in a live chat.",
    )

    @api.depends("origin_channel_id", "partner_id", "partner_name", "partner_email")
    def _compute_is_contact_unverified(self):
        for ticket in self:
            ticket.is_contact_unverified = bool(
                ticket.origin_channel_id
                and not ticket.partner_id
                and (ticket.partner_name or ticket.partner_email)
            )

    def _track_template(self, tracking):
        """Send no automatic mail to an address that nobody verified."""
        templates = super()._track_template(tracking)
        if self[:1].is_contact_unverified:
            templates.pop("stage_id", None)
        return templates

    @api.model
    def _prepare_livechat_team_values(self, team, user):
        return {
            "team_id": team.id,
            "company_id": (team.company_id or self.env.company).id,
            "user_id": user.id,
        }

    @api.model
    def _prepare_livechat_values(self, channel, title):
        """Return the values of the ticket that ``/helpdesk`` makes. To be extended."""
        team, user = self.env["helpdesk.ticket.team"]._get_for_livechat(channel)
        visitor = channel._get_visitor_values()
        livechat = self.env.ref(
            "livechat_command_helpdesk_mgmt.helpdesk_ticket_channel_livechat",
            raise_if_not_found=False,
        )
        return {
            **self._prepare_livechat_team_values(team, user),
            "name": title,
            "channel_id": livechat and livechat.id,
            "description": channel._get_channel_history()
            or self.env._("Nothing was written yet in the live chat."),
            "origin_channel_id": channel.id,
            "partner_id": visitor["partner"].id,
            "partner_name": visitor["name"],
            "partner_email": visitor["email"],
        }

    def _get_contact_name(self):
        # sudo: res.partner - the name of the contact is on the ticket that one may read
        return self.partner_id.sudo().name or self.partner_name or ""

    def _get_details(self):
        """Return customer, stage, assignee and age, as shown below a match."""
        locale = babel_locale_parse(get_lang(self.env).code)
        # What was loaded by SQL may have no date.
        now = fields.Datetime.now()
        age = self.create_date and format_timedelta(
            now - self.create_date, locale=locale
        )
        # sudo: res.users - the name of who has the ticket that one may read
        assignee = self.user_id.sudo().name
        parts = (self._get_contact_name(), self.stage_id.name, assignee, age)
        return " · ".join(filter(None, parts))
