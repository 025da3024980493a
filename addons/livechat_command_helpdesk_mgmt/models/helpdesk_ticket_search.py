from odoo import models


class HelpdeskTicketSearch(models.Model):
    _name = "helpdesk.ticket.search"
    _inherit = "word.search.index"
    _description = "Helpdesk Ticket Search Index"
    _log_access = False
    _searched_model = "helpdesk.ticket"
    _word_model = "helpdesk.ticket.search.word"
