from odoo import http
from odoo.http import request

from odoo.addons.helpdesk_mgmt.controllers.myaccount import CustomerPortalHelpdesk
from odoo.addons.livechat_command.tools.undo import SEEN


class CustomerPortal(CustomerPortalHelpdesk):
    """A ticket that its customer has seen, if only its title, is taken back no more."""

    @http.route()
    def portal_my_tickets(self, *args, **kwargs):
        response = super().portal_my_tickets(*args, **kwargs)
        self._note_seen(request.session.get("my_tickets_history", []))
        return response

    def _ticket_get_page_view_values(self, ticket, access_token, **kwargs):
        self._note_seen(ticket.ids)
        return super()._ticket_get_page_view_values(ticket, access_token, **kwargs)

    def _note_seen(self, ids):
        if not request.env.user._is_internal():
            request.env["discuss.command.run"]._bar_undo("helpdesk.ticket", ids, SEEN)
