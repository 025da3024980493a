from werkzeug.urls import url_encode

from odoo import fields, models

from odoo.addons.livechat_command.models.command.kind_search import PAGE
from odoo.addons.livechat_command.tools.reply import Reply

SEARCH_URL = "/odoo/action-livechat_command_helpdesk_mgmt.search"


class DiscussCommand(models.Model):
    _inherit = "discuss.command"

    kind = fields.Selection(
        selection_add=[
            ("helpdesk", "Create Ticket"),
            ("helpdesk_search", "Search Tickets"),
        ],
        ondelete={"helpdesk": "cascade", "helpdesk_search": "cascade"},
    )

    # ------------------------------------------------------------
    # HELPDESK
    # ------------------------------------------------------------

    def _get_agent_refusal_helpdesk(self):
        return self._get_access_refusal("helpdesk.ticket", "create")

    def _get_refusal_helpdesk(self, channel):
        if not self.env["helpdesk.ticket.team"]._get_for_livechat(channel)[0]:
            return self._get_no_team_sentence()
        return ""

    def _get_no_team_sentence(self):
        return self.env._(
            "No Helpdesk team of yours takes tickets from this live chat."
            " A Helpdesk manager can turn on Live Chat in the form of a team."
        )

    def _takes_title_helpdesk(self):
        return True

    def _get_hint_helpdesk(self, channel):
        visitor = channel._get_visitor_name()
        if channel._get_visitor_values()["partner"]:
            hint = self.env._(
                "Ticket for %(visitor)s, who can read its title", visitor=visitor
            )
        else:
            hint = self.env._("Ticket for %(visitor)s", visitor=visitor)
        ticket = channel._get_tickets()[0][:1]
        return self._add_already_made(hint, ticket, ticket.number)

    def _run_helpdesk(self, channel, argument):
        title = self._check_title(argument)
        tickets = self.env["helpdesk.ticket"]
        ticket = tickets.create(tickets._prepare_livechat_values(channel, title))
        channel._follow_up(ticket)
        return Reply(
            "livechat_command_helpdesk_mgmt.answer_helpdesk",
            {"ticket": ticket},
            record=ticket,
        )

    # ------------------------------------------------------------
    # HELPDESK SEARCH
    # ------------------------------------------------------------

    def _get_agent_refusal_helpdesk_search(self):
        return self._get_access_refusal("helpdesk.ticket", "read")

    def _get_refusal_helpdesk_search(self, channel):
        if not self.env["helpdesk.ticket.team"]._filter_for_livechat(channel):
            return self._get_no_team_sentence()
        return ""

    def _run_helpdesk_search(self, channel, argument):
        tickets, is_complete = self._find_tickets(channel, argument)
        return Reply(
            "livechat_command_helpdesk_mgmt.answer_helpdesk_search",
            {
                "tickets": tickets[:PAGE],
                "details": {each: each._get_details() for each in tickets[:PAGE]},
                "nothing": self._get_nothing_sentence(argument),
                "more": self._get_more_sentence(len(tickets)),
                "more_url": f"{SEARCH_URL}?{url_encode({'words': argument})}",
                "is_complete": is_complete,
            },
            is_volatile=True,
            extra={"offers": [] if tickets else self._get_offers(channel, argument)},
        )

    def _get_offers(self, channel, words):
        """Offer to make a ticket of words that found none, if one may."""
        commands = self._get_available(channel)
        command = commands.filtered(lambda command: command.kind == "helpdesk")
        if not command or not words:
            return []
        line = f"/{command.name} {words}"
        label = self.env._("Create a ticket: %(line)s", line=line[:80])
        return [{"label": label, "line": line}]

    def _find_tickets(self, channel, argument):
        if not argument:
            own, others = channel._get_tickets()
            return own + others, True
        return self._find_by_words("helpdesk.ticket", argument)

    def _get_nothing_sentence(self, words):
        if words:
            return self.env._("No ticket matches %(words)s.", words=words[:80])
        return self.env._(
            "This conversation and its customer have no ticket."
            " Type words or a number to search all tickets."
        )
