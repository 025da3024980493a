from odoo import models

from odoo.addons.mail.tools.discuss import Store


class DiscussChannel(models.Model):
    """The information panel: the conversation's records, and the customer's open ones.

    As far as the current user may read them.
    """

    _inherit = "discuss.channel"

    def _get_livechat_session_fields_to_store(self):
        to_store = super()._get_livechat_session_fields_to_store()
        models_of_bridges = self.pool.descendants(["livechat.origin.mixin"], "_inherit")
        for name in sorted(models_of_bridges):
            records = self.env[name]
            if records._livechat_panel and records.has_access("read"):
                to_store += self._get_panel_fields(records)
        return to_store

    def _get_panel_fields(self, records):
        own = records._search_of_livechat(self)
        others = records._search_of_customer(self) - own
        shown = [
            Store.Attr("name", lambda record: record._get_livechat_full_name()),
            Store.Attr("stage", lambda record: record._get_stage_name()),
        ]
        return [
            Store.Many(name, shown, value=value)
            for name, value in zip(records._livechat_panel, (own, others), strict=True)
        ]
