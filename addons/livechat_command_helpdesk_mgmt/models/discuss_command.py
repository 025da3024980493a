from odoo import fields, models

from odoo.addons.livechat_command.tools.errors import Refusal
from odoo.addons.livechat_command.tools.kind import find_records, make_records


class DiscussCommand(models.Model):
    _inherit = "discuss.command"

    kind = fields.Selection(
        selection_add=[
            ("helpdesk", "Create Ticket"),
            ("helpdesk_search", "Search Tickets"),
        ],
        ondelete={"helpdesk": "cascade", "helpdesk_search": "cascade"},
    )

    def _get_kinds(self):
        return {
            **super()._get_kinds(),
            "helpdesk": make_records(
                "helpdesk.ticket",
                refusal="_get_helpdesk_refusal",
                token_scope="_get_helpdesk_token_scope",
            ),
            "helpdesk_search": find_records(
                "helpdesk.ticket", refusal="_get_helpdesk_search_refusal"
            ),
        }

    def _get_helpdesk_refusal(self, channel):
        team, _user = self.env["helpdesk.ticket.team"]._get_for_livechat(channel)
        return None if team else self._get_no_team_refusal()

    def _get_helpdesk_search_refusal(self, channel):
        teams = self.env["helpdesk.ticket.team"]._filter_for_livechat(channel)
        return None if teams else self._get_no_team_refusal()

    def _get_no_team_refusal(self):
        return Refusal(
            "no_team",
            self.env._(
                "No Helpdesk team of yours takes tickets from this live chat."
                " A Helpdesk manager can turn on Live Chat in the form of a team."
            ),
        )

    def _get_audience_refusal(self):
        """Agents for whom no team takes tickets are offered neither command."""
        refusal = super()._get_audience_refusal()
        if refusal or self.kind not in ("helpdesk", "helpdesk_search"):
            return refusal
        # The companies that are active for who looks at the form may not be theirs.
        teams = self.env["helpdesk.ticket.team"].with_context(
            allowed_company_ids=self.env.user._get_company_ids()
        )
        if teams.search([("use_livechat", "=", True)], limit=1):
            return None
        return Refusal(
            "no_team",
            self.env._(
                "No Helpdesk team of theirs takes tickets from live chats. Turn on Live"
                " Chat in the form of a team, under Channels."
            ),
        )

    def _get_helpdesk_token_scope(self, channel):
        """Helpdesk takes a ticket from an agent who is not of its team."""
        team, _user = self.env["helpdesk.ticket.team"]._get_for_livechat(channel)
        members = [("helpdesk_team_ids", "in", team.ids)]
        return team.company_id or self.env.company, members
