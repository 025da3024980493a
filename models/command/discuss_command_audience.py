from odoo import api, fields, models
from odoo.tools import format_list

NAMED_AGENTS = 5


class DiscussCommand(models.Model):
    """Who may run a command, for those who define it."""

    _inherit = "discuss.command"

    # It names agents, for those who define commands or choose who gets them.
    audience = fields.Text(
        "Who May Run It",
        compute="_compute_audience",
        groups="im_livechat.im_livechat_group_manager,base.group_system",
    )

    @api.depends(lambda self: ["name", "group_ids", *self._get_definition_fields()])
    def _compute_audience(self):
        # sudo: res.groups - an admin may know who answers live chats
        group_sudo = self.env.ref("im_livechat.im_livechat_group_user").sudo()
        agents = group_sudo.all_user_ids.filtered("active")
        for command in self:
            command.audience = command._get_problem() or command._get_audience(agents)

    def _get_audience(self, agents):
        """Return who of ``agents`` may run this command, and why the others may not."""
        refusals = {
            agent: refusal.sentence
            for agent in agents
            if (refusal := self.with_user(agent)._get_audience_refusal())
        }
        lines = [
            self.env._(
                "%(allowed)s of %(total)s agents.",
                allowed=len(agents) - len(refusals),
                total=len(agents),
            )
        ]
        for refusal in dict.fromkeys(refusals.values()):
            names = [agent.name for agent in refusals if refusals[agent] == refusal]
            lines.append(
                self.env._(
                    "Not %(agents)s: %(reason)s",
                    agents=self._format_names(names),
                    reason=refusal,
                )
            )
        return "\n".join(lines)

    def _get_audience_refusal(self):
        """Tell why the current user could do nothing with this command, for its form.

        :return: a :class:`~...tools.errors.Refusal`, or None
        """
        return self._get_agent_refusal()

    def _format_names(self, names):
        more = len(names) - NAMED_AGENTS
        if more > 0:
            names = [*names[:NAMED_AGENTS], self.env._("%(count)s more", count=more)]
        return format_list(self.env, names)
