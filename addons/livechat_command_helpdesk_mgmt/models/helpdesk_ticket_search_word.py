from odoo import models


class HelpdeskTicketSearchWord(models.Model):
    _name = "helpdesk.ticket.search.word"
    _inherit = "word.search.word"
    _description = "Helpdesk Ticket Search Word"
    _log_access = False
    _index_model = "helpdesk.ticket.search"
