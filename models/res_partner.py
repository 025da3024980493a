from odoo import models

HISTORY_LIMIT = 15
PATH_LENGTH = 200


class ResPartner(models.Model):
    _inherit = "res.partner"

    def write(self, vals):
        """Let the search indexes follow that hold the name and e-mail of a contact."""
        result = super().write(vals)
        if not {"name", "email"}.isdisjoint(vals):
            for model in self.env.registry.descendants(
                ["livechat.searchable.mixin"], "_inherit"
            ):
                self.env[model]._reindex_partners(self)
        return result

    def _bus_send_history_message(self, channel, page_history):
        """Send what the visitor's browser reports as the answer to ``/history``.

        The pages are the visitor's word: whatever is not a path is text, not a link.
        """
        pages = page_history if isinstance(page_history, list) else []
        # sudo: res.partner - the visitor's request is answered in the agent's language
        lang = self.sudo().lang
        body = (
            self.env["ir.qweb"]
            .with_context(lang=lang)
            ._render(
                "livechat_command.answer_browser_history",
                {"pages": [self._prepare_page(p) for p in pages[:HISTORY_LIMIT]]},
            )
        )
        self._bus_send(
            "livechat_command/history", {"channel_id": channel.id, "body": body}
        )

    def _prepare_page(self, page):
        path = str(page)[:PATH_LENGTH]
        is_path = path.startswith("/") and path[1:2] not in ("/", "\\")
        return {"path": path, "is_link": is_path}
