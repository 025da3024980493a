from odoo import api, models

from odoo.addons.livechat_command.tools import visited_pages


class MailCannedResponsePlaceholder(models.AbstractModel):
    _inherit = "mail.canned.response.placeholder"

    @api.model
    def _get_website(self, source):
        """Return the address of the website that the visitor is on."""
        # sudo: website.visitor - the address of a website is public
        website_sudo = source.channel.sudo().livechat_visitor_id.website_id
        return (
            website_sudo.get_base_url()
            if website_sudo
            else super()._get_website(source)
        )

    @api.model
    def _get_page(self, source):
        """Return the page that the visitor viewed last, as Website tracked it."""
        Command = source.channel.env["discuss.command"]
        if not Command.env["website.track"].has_access("read"):
            return super()._get_page(source)
        website = self._get_website(source)
        track = Command._search_tracks(source.channel)[:1]
        page = visited_pages.read_tracked(track.url) if track else {}
        if not (website and page.get("is_link")):
            return super()._get_page(source)
        return f"{website}{page['path']}"
