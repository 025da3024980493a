from odoo import api, models
from odoo.fields import Domain

from odoo.addons.livechat_command.tools.sudo import clean_sudo

from .discuss_channel import LeadValues


class CrmLead(models.Model):
    _name = "crm.lead"
    _inherit = ["crm.lead", "word.search.mixin", "livechat.origin.mixin"]
    _livechat_name = "contact_name"
    _livechat_email = "email_from"
    _livechat_open = (("won_status", "=", "pending"),)
    _livechat_answer = "livechat_command_crm.answer_lead"
    _word_search_index = "crm.lead.search"

    @api.model
    def _get_livechat_words(self):
        sentence = self.env._("Lead for %(visitor)s")
        question = self.env._("What is the lead about?")
        words = {"for": sentence, "for_reader": sentence, "question": question}
        return {**super()._get_livechat_words(), **words}

    @api.model
    def _get_email_domain(self, email):
        return Domain("email_normalized", "=", email)

    @api.model
    def _create_from_livechat(self, channel, title, values):
        nobody = {"team_id": False, "user_id": False}
        commands = self.env["discuss.command"]
        commands._check_create_rules(self._name, {**nobody, **values})
        return channel._create_lead(title, values)

    def _merge_dependences(self, opportunities):
        # sudo: discuss.channel.followup - the user merges the leads that rows wait for
        followups_sudo = clean_sudo(self.env["discuss.channel.followup"])
        followups_sudo._move(opportunities, self)
        return super()._merge_dependences(opportunities)

    def action_open_livechat(self):
        """Open the last conversation, of those that the current user may read."""
        return self._open_livechat()

    @api.model_create_multi
    def create(self, vals_list):
        """Put in what a conversation knows better than Odoo's own values for a lead."""
        prepared = self.env.context.get("livechat_command_lead")
        if isinstance(prepared, LeadValues):
            vals_list = [{**vals, **prepared.values} for vals in vals_list]
        return super().create(vals_list)
