from odoo import api, fields, models

from ...tools.errors import Refusal
from ...tools.kind import Kind
from ...tools.reply import Reply

# What of the browser's context reaches the code of a server action.
CONTEXT_KEYS = ("allowed_company_ids", "lang", "tz", "uid")


class DiscussCommand(models.Model):
    """Run Server Action: code of an administrator, on the conversation."""

    _inherit = "discuss.command"

    action_id = fields.Many2one(
        "ir.actions.server",
        "Server Action",
        ondelete="set null",
        help="An action of type Execute Code on the model Discussion Channel. What is"
        " typed after the command is in env.context['livechat_command_argument'].",
    )

    def _get_kinds(self):
        return {
            **super()._get_kinds(),
            "action": Kind(
                run="_run_action",
                access="_get_action_access",
                refusal="_get_action_refusal",
                problem="_get_action_problem",
                is_definable=True,
            ),
        }

    @api.model
    def _get_definition_fields(self):
        return [*super()._get_definition_fields(), "action_id"]

    @api.model_create_multi
    def create(self, vals_list):
        commands = super().create(vals_list)
        commands._check_action_access()
        return commands

    def write(self, vals):
        result = super().write(vals)
        if vals.get("action_id"):
            self._check_action_access()
        return result

    def _check_action_access(self):
        """Refuse an action that the user may not read: its name would be shown.

        Also of lines, which everybody may keep and which have no use for one.

        :raise AccessError: when it may not be read
        """
        # sudo: discuss.command - the link alone
        if actions := self.sudo().action_id.with_env(self.env):
            actions.check_access("read")

    def _get_action_problem(self):
        # sudo: ir.actions.server - what it is decides whether an agent may run it
        action_sudo = self.sudo().action_id
        if not action_sudo:
            return self.env._(
                "Choose the server action that /%(name)s runs.", name=self.name
            )
        return self._get_action_type_problem(action_sudo)

    def _get_action_type_problem(self, action):
        """Odoo runs all types but code as superuser: an agent would gain rights."""
        if action.state != "code":
            return self.env._(
                "“%(action)s” is of type “%(type)s”, which Odoo runs with all rights."
                " Choose an action of type “Execute Code”.",
                action=action.name,
                type=dict(action._fields["state"]._description_selection(self.env)).get(
                    action.state, action.state
                ),
            )
        if action.model_id.model != "discuss.channel":
            return self.env._(
                "“%(action)s” works on “%(model)s”. Choose an action on conversations"
                " (Discussion Channel).",
                action=action.name,
                model=action.model_id.name,
            )
        if action.warning:
            return self.env._(
                "Odoo warns about “%(action)s”: %(warning)s",
                action=action.name,
                warning=action.warning,
            )
        return ""

    def _get_action_access(self):
        # sudo: ir.actions.server - its groups decide whether an agent may run it
        groups_sudo = self.sudo().action_id.group_ids
        if groups_sudo and not groups_sudo & self.env.user.all_group_ids:
            return Refusal(
                "other_groups",
                self.env._("The server action is for members of other groups."),
            )
        return None

    def _get_action_refusal(self, channel):
        # sudo: ir.actions.server - its groups decide whether an agent may run it
        if self.sudo().action_id.group_ids or channel.has_access("write"):
            return None
        return Refusal(
            "not_member",
            self.env._(
                "/%(name)s changes the conversation, which only its members may do."
                " Join it first.",
                name=self.name,
            ),
        )

    def _run_action(self, channel, argument):
        """Run the code as the current user; Odoo checks the action's groups again."""
        sent = self.env.context
        context = {key: sent[key] for key in CONTEXT_KEYS if key in sent}
        context.update(
            active_id=channel.id,
            active_ids=channel.ids,
            active_model=channel._name,
            livechat_command_argument=argument,
        )
        # pylint: disable=context-overridden
        # What else the browser sent is left behind: it decides nothing here.
        result = self.action_id.with_context(context).run()
        # sudo: ir.actions.server - its name is what the answer says was done
        values = {"name": self.sudo().action_id.name, "message": _get_text(result)}
        return Reply("livechat_command.answer_action", values)


def _get_text(result):
    """Return what the code wants to say: the text of a notification, if any."""
    params = result.get("params") if isinstance(result, dict) else None
    message = params.get("message") if isinstance(params, dict) else None
    return message if isinstance(message, str) else ""
