from odoo import models

from ..tools import history


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _bus_send_history_message(self, channel, page_history):
        """Send what the visitor's browser reports as the answer to ``/history``.

        The pages are the visitor's word: what leads elsewhere is text, not a link.
        """
        pages = page_history if isinstance(page_history, list) else []
        # sudo: res.partner - the visitor's request is answered in the agent's language
        lang = self.env["res.lang"]._get_active_code(self.sudo().lang)
        body = (
            self.env["ir.qweb"]
            .with_context(lang=lang)
            ._render(
                "livechat_command.answer_browser_history",
                {"pages": list(map(history.read_report, pages[: history.LIMIT]))},
            )
        )
        self._bus_send(
            "livechat_command/history", {"channel_id": channel.id, "body": body}
        )
