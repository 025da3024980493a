from odoo import models


class CrmLeadSearchWord(models.Model):
    _name = "crm.lead.search.word"
    _inherit = "word.search.word"
    _description = "Lead Search Word"
    _log_access = False
    _index_model = "crm.lead.search"
