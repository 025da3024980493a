from odoo import models


class HelpdeskTicketSearchWord(models.Model):
    _name = "helpdesk.ticket.search.word"
    _inherit = "livechat.search.word"
    _description = "Helpdesk Ticket Search Word"
    _log_access = False
