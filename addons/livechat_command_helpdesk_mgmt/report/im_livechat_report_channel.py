from odoo import fields, models
from odoo.tools import SQL


class ImLivechatReportChannel(models.Model):
    _inherit = "im_livechat.report.channel"

    tickets_created = fields.Integer(aggregator="sum", readonly=True)

    def _select(self) -> SQL:
        return SQL("%s, tickets.tickets_created AS tickets_created", super()._select())

    def _from(self) -> SQL:
        made = SQL(
            """SELECT count(*) AS tickets_created
                 FROM helpdesk_ticket WHERE origin_channel_id = C.id"""
        )
        return SQL("%s LEFT JOIN LATERAL (%s) tickets ON TRUE", super()._from(), made)
