from odoo import api, fields, models

from odoo.addons.livechat_command.tools.sudo import copy_hidden


class HelpdeskTicketTeam(models.Model):
    _inherit = "helpdesk.ticket.team"

    use_livechat = fields.Boolean(
        "Live Chat",
        help="Agents can create tickets of this team from live chats.",
    )
    livechat_channel_ids = fields.Many2many(
        "im_livechat.channel",
        string="Live Chat Channels",
        groups="im_livechat.im_livechat_group_user",
        copy=False,  # see copy()
        help="Tickets come from live chats of these channels. Empty: of all channels.",
    )

    def copy(self, default=None):
        """Keep the channels, also when a manager without Live Chat rights does it."""
        teams = super().copy(default)
        if "livechat_channel_ids" not in (default or {}):
            copy_hidden(self, teams, "livechat_channel_ids")
        return teams

    @api.model
    def _get_for_livechat(self, channel):
        """Return the team that tickets from ``channel`` go to, and their assignee.

        It is the first in team order, of those with Live Chat on whose channels are
        empty or hold this conversation's, that the current user may make tickets for:
        assigned to nobody, or to themselves where their rights allow no other.

        :return: a team and a user; the team is empty when none fits
        """
        tickets, nobody = self.env["helpdesk.ticket"], self.env["res.users"]
        for team in self._filter_for_livechat(channel):
            for user in (nobody, self.env.user):
                values = tickets._prepare_livechat_team_values(team, user)
                if self.env["discuss.command"]._may_create(tickets._name, values):
                    return team, user
        return self.browse(), nobody

    @api.model
    def _filter_for_livechat(self, channel):
        """Return the teams with Live Chat on that take tickets from ``channel``."""
        livechat_channel = channel.livechat_channel_id
        # sudo: helpdesk.ticket.team - Helpdesk users need no rights on live chats
        return self.search([("use_livechat", "=", True)]).filtered(
            lambda team: (
                not team.sudo().livechat_channel_ids
                or livechat_channel in team.sudo().livechat_channel_ids
            )
        )
