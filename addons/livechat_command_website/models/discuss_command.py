from urllib.parse import urlsplit

from odoo import models
from odoo.tools import format_datetime

from odoo.addons.livechat_command.models.res_partner import (
    HISTORY_LIMIT,
    PATH_LENGTH,
)


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
        if tracks_sudo:
            title = self.env._("Tracked by the website, newest first:")
        else:
            title = self.env._("The website tracked no page of this visitor.")
        pages = [self._prepare_tracked_page(track) for track in tracks_sudo]
        return [*parts, {"title": title, "pages": pages}]

    def _search_tracks(self, channel):
        """Return the visitor's last page views, the newest first."""
        visitor = channel.livechat_visitor_id
        return self.env["website.track"].search(
            [("visitor_id", "=", visitor.id), ("url", "!=", False)],
            order="visit_datetime desc, id desc",
            limit=HISTORY_LIMIT if visitor else 0,
        )

    def _prepare_tracked_page(self, track):
        return {
            "date": format_datetime(self.env, track.visit_datetime, dt_format="short"),
            "path": self._get_tracked_path(track.url),
            "title": track.page_id.name or "",
        }

    def _get_tracked_path(self, url):
        """Return the path of ``url``: no query, which can hold tokens, and no host.

        A browser reads ``//`` and ``/\\`` at the start as another site's address.
        """
        path = "/" + urlsplit(url).path.lstrip("/\\")
        return path[:PATH_LENGTH]
