from odoo import models


class CrmLeadSearch(models.Model):
    _name = "crm.lead.search"
    _inherit = "word.search.index"
    _description = "Lead Search Index"
    _log_access = False
    _searched_model = "crm.lead"
    _word_model = "crm.lead.search.word"
