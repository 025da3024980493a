from dataclasses import dataclass
from typing import Any

from odoo import models


@dataclass(frozen=True, slots=True)
class LeadValues:
    """The values of a lead, on their way in the context: no client can send one."""

    values: dict[str, Any]


class DiscussChannel(models.Model):
    _inherit = "discuss.channel"

    def execute_command_lead(self, **kwargs):
        channel = self._check_odoo_command("lead")
        return super(DiscussChannel, channel).execute_command_lead(**kwargs)

    def _convert_visitor_to_lead(self, partner, key):
        """Odoo's way to a lead: its callers get what ``/lead`` makes."""
        if isinstance(self.env.context.get("livechat_command_lead"), LeadValues):
            return super()._convert_visitor_to_lead(partner, key)
        return self._create_lead(" ".join(key.removeprefix("/lead").split()))

    def _create_lead(self, title, values=None):
        """Create the lead of this conversation, called ``title``, once and for all.

        What Odoo leaves out or guesses (customer, guest, title as it was typed) is
        there when the lead is created: no change follows, automation sees it.

        :param dict values: further ones, which go before the others
        """
        prepared = {**self._prepare_lead_values(title), **(values or {})}
        channel = self.with_context(livechat_command_lead=LeadValues(prepared))
        lead = channel._convert_visitor_to_lead(self.env.user.partner_id, "/lead")
        lead = lead.with_env(self.env)
        self._keep_from_strangers(lead)
        self._follow_up(lead)
        return lead

    def _prepare_lead_values(self, title):
        """Return what differs from Odoo's values of a lead. To be extended."""
        visitor = self._get_visitor_values()
        values = {"name": title, "partner_id": visitor["partner"].id}
        if visitor["partner"]:
            return values
        return {
            **values,
            "contact_name": visitor["name"],
            "email_from": visitor["email"],
        }
