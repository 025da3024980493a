from odoo import models

from odoo.addons.livechat_command.tools import visited_pages


class DiscussCommand(models.Model):
    _inherit = "discuss.command"

    def _get_history_parts(self, channel):
        """Add the pages that Website tracked, for those who may read them."""
        parts = super()._get_history_parts(channel)
        if not self.env["website.track"].has_access("read"):
            return parts
        # sudo: website.track - the operator may read the track, the page's name comes
        # with it
        tracks_sudo = self._search_tracks(channel).sudo()
        pages = [self._prepare_tracked_page(track) for track in tracks_sudo]
        return [*parts, {"title": self.env._("Website"), "pages": pages}]

    def _search_tracks(self, channel):
        """Return the visitor's last page views, the newest first."""
        tracks = self.env["website.track"]
        visitor = channel.livechat_visitor_id
        if not visitor:
            return tracks
        return tracks.search(
            [("visitor_id", "=", visitor.id), ("url", "!=", False)],
            order="visit_datetime desc, id desc",
            limit=visited_pages.LIMIT,
        )

    def _prepare_tracked_page(self, track):
        return {
            **visited_pages.read_tracked(track.url),
            "date": self.env["res.lang"]._format_when(track.visit_datetime),
            "title": track.page_id.name or "",
        }
