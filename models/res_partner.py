from odoo import models

from ..tools import visited_pages


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _bus_send_history_message(self, channel, page_history):
        """Send what the visitor's browser reports as the answer to ``/history``.

        The pages are the visitor's word: what leads elsewhere is text, not a link.
        """
        pages = page_history if isinstance(page_history, list) else []
        # sudo: res.partner - the visitor's request is answered in the agent's language
        lang = self.env["res.lang"]._get_active_code(self.sudo().lang)
        reader = self.with_context(lang=lang)
        row = {"title": "", "date": "", "source": reader.env._("Browser")}
        body = reader.env["ir.qweb"]._render(
            "livechat_command.answer_browser_history",
            {
                "pages": [
                    {**visited_pages.read_report(page), **row}
                    for page in pages[: visited_pages.LIMIT]
                ]
            },
        )
        self._bus_send(
            "livechat_command/history", {"channel_id": channel.id, "body": body}
        )
