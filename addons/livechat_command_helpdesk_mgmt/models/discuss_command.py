from werkzeug.urls import url_encode

from odoo import fields, models

from odoo.addons.base_word_search.tools.words import get_words
from odoo.addons.livechat_command.models.command.kind_search import PAGE
from odoo.addons.livechat_command.tools.errors import CommandUsageError, Refusal
from odoo.addons.livechat_command.tools.kind import Kind
from odoo.addons.livechat_command.tools.reply import Reply

COUNT_LIMIT = 100
WORD_LIMIT = 32
SHOWN_IN_HINT = 3
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

    def _get_kinds(self):
        return {
            **super()._get_kinds(),
            "helpdesk": Kind(
                run="_run_helpdesk",
                access=("helpdesk.ticket", "create"),
                refusal="_get_helpdesk_refusal",
                hint="_get_helpdesk_hint",
                question="_get_helpdesk_question",
                argument="title",
                tokens={"!": "priority", "#": "tag_ids", "@": "user_id"},
                token_scope="_get_helpdesk_token_scope",
                speaks=True,
                undo="_undo_record",
                against_undo="_get_record_obstacle",
            ),
            "helpdesk_search": Kind(
                run="_run_helpdesk_search",
                access=("helpdesk.ticket", "read"),
                refusal="_get_helpdesk_search_refusal",
                only_reads=True,
                speaks=True,
            ),
        }

    # ------------------------------------------------------------
    # HELPDESK
    # ------------------------------------------------------------

    def _get_helpdesk_refusal(self, channel):
        team, _user = self.env["helpdesk.ticket.team"]._get_for_livechat(channel)
        return None if team else self._get_no_team_refusal()

    def _get_no_team_refusal(self):
        return Refusal(
            "no_team",
            self.env._(
                "No Helpdesk team of yours takes tickets from this live chat."
                " A Helpdesk manager can turn on Live Chat in the form of a team."
            ),
        )

    def _get_helpdesk_hint(self, channel):
        visitor = channel._get_visitor_name()
        if channel._get_customer():
            hint = self.env._(
                "Ticket for %(visitor)s, who can read its title", visitor=visitor
            )
        else:
            hint = self.env._("Ticket for %(visitor)s", visitor=visitor)
        ticket = channel._get_own_tickets(limit=1)
        hint = self._add_already_made(hint, ticket, ticket.number)
        if same := channel._get_same_email_tickets():
            shown = same[:SHOWN_IN_HINT].mapped("number")
            numbers = ", ".join([*shown, "…"] if same[SHOWN_IN_HINT:] else shown)
            warning = self._get_same_email_sentence()
            return f"{hint} · {warning}: {numbers}"
        return hint

    def _get_same_email_sentence(self):
        return self.env._("Same e-mail, not verified")

    def _get_helpdesk_question(self):
        return self.env._("What is the ticket about?")

    def _get_helpdesk_token_scope(self, channel):
        """Helpdesk takes a ticket from an agent who is not of its team."""
        team, _user = self.env["helpdesk.ticket.team"]._get_for_livechat(channel)
        members = [("id", "in", team.user_ids.ids)]
        return team.company_id or self.env.company, members

    def _run_helpdesk(self, channel, argument, values):
        title = self._check_title(argument)
        tickets = self.env["helpdesk.ticket"]
        values = {**tickets._prepare_livechat_values(channel, title), **values}
        self._check_create_rules("helpdesk.ticket", values)
        ticket = tickets.create(values)
        channel._keep_from_strangers(ticket)
        channel._follow_up(ticket)
        return Reply(
            "livechat_command_helpdesk_mgmt.answer_helpdesk",
            {"ticket": ticket},
            record=ticket,
            undo=self._prepare_record_undo(ticket),
        )

    # ------------------------------------------------------------
    # HELPDESK SEARCH
    # ------------------------------------------------------------

    def _get_helpdesk_search_refusal(self, channel):
        teams = self.env["helpdesk.ticket.team"]._filter_for_livechat(channel)
        return None if teams else self._get_no_team_refusal()

    def _run_helpdesk_search(self, channel, argument):
        tickets, is_complete = self._find_tickets(channel, argument)
        same = tickets.browse() if argument else channel._get_same_email_tickets()
        shown = (tickets | same)[:PAGE]
        unverified = same & shown
        return Reply(
            "livechat_command_helpdesk_mgmt.answer_helpdesk_search",
            {
                "groups": [
                    ("", shown - unverified),
                    (self._get_same_email_sentence(), unverified),
                ],
                "details": {each: each._get_details() for each in shown},
                "nothing": self._get_nothing_sentence(argument),
                "more": self._get_more_sentence(len(tickets | same)),
                "more_url": self._get_more_url(channel, argument, same),
                "is_complete": is_complete,
            },
            found=tickets,
            extra={"offers": [] if shown else self._get_offers(channel, argument)},
        )

    def _get_more_url(self, channel, words, same):
        words = words or (same and channel._get_visitor_email()) or ""
        return f"{SEARCH_URL}?{url_encode({'words': words})}"

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
        if len(get_words(argument)) > WORD_LIMIT:
            raise CommandUsageError(
                self.env._("Search for %(limit)s words at most.", limit=WORD_LIMIT)
            )
        tickets = self.env["helpdesk.ticket"]
        return tickets._search_words(argument, PAGE, COUNT_LIMIT + 1)

    def _get_more_sentence(self, total):
        """Return what stands below a page of ``total`` tickets, or ``""``."""
        if total > COUNT_LIMIT:
            return self.env._("More than %(count)s in all", count=COUNT_LIMIT)
        if total > PAGE:
            return self.env._("%(count)s more", count=total - PAGE)
        return ""

    def _get_nothing_sentence(self, words):
        if words:
            return self.env._("No ticket matches %(words)s.", words=words[:80])
        return self.env._(
            "This conversation and its customer have no ticket."
            " Type words or a number to search all tickets."
        )
