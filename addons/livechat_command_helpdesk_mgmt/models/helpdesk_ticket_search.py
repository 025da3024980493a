from odoo import models
from odoo.tools import SQL


class HelpdeskTicketSearch(models.Model):
    _name = "helpdesk.ticket.search"
    _inherit = "word.search.index"
    _description = "Helpdesk Ticket Search Index"
    _log_access = False
    _searched_model = "helpdesk.ticket"
    _word_model = "helpdesk.ticket.search.word"

    def _get_source(self, condition):
        return SQL(
            """SELECT t.id, t.number, t.name, t.description,
                      concat_ws(' ', t.partner_name, t.partner_email, p.name, p.email)
                 FROM helpdesk_ticket t
            LEFT JOIN res_partner p ON p.id = t.partner_id
                WHERE %s""",
            condition,
        )
