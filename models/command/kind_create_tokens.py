from odoo import api, fields, models

from ...tools import tokens
from ...tools.kind import TOKEN_TYPES

TAG_NAMES = ("tag_ids", "category_id")
USER_NAMES = ("user_id", "user_ids")
PRIORITY_NAME = "priority"


class DiscussCommand(models.Model):
    """Create Record: which fields ``! # @`` behind the title set."""

    _inherit = "discuss.command"

    tag_field = fields.Char()
    user_field = fields.Char()
    tag_field_id = fields.Many2one(
        "ir.model.fields",
        "Tags Go To",
        compute="_compute_tag_field_id",
        readonly=False,
        help="What #tag behind the title sets.",
    )
    user_field_id = fields.Many2one(
        "ir.model.fields",
        "Agent Goes To",
        compute="_compute_user_field_id",
        readonly=False,
        help="What @agent behind the title sets.",
    )

    def _get_create_tokens(self):
        """Return the fields that tokens set, by sign."""
        names = {tokens.TAG: self.tag_field, tokens.AGENT: self.user_field}
        if not self._get_field_problem(PRIORITY_NAME, TOKEN_TYPES[tokens.PRIORITY]):
            names = {tokens.PRIORITY: PRIORITY_NAME, **names}
        return {sign: name for sign, name in names.items() if name}

    def _get_token_problem(self):
        for sign, name in (
            (tokens.TAG, self.tag_field),
            (tokens.AGENT, self.user_field),
        ):
            if name and (problem := self._get_token_field_problem(sign, name)):
                return problem
        return ""

    def _get_token_field_problem(self, sign, name):
        if problem := self._get_field_problem(name, TOKEN_TYPES[sign]):
            return problem
        field = self.env[self.model_name]._fields[name]
        if sign == tokens.AGENT and field.comodel_name != "res.users":
            return self.env._(
                "“%(field)s” does not hold a user, so the agent cannot go there.",
                field=field._description_string(self.env),
            )
        return ""

    # ------------------------------------------------------------
    # FORM
    # ------------------------------------------------------------

    @api.depends("model_name", "tag_field")
    def _compute_tag_field_id(self):
        Fields = self.env["ir.model.fields"]
        for command in self:
            command.tag_field_id = Fields._get(command.model_name, command.tag_field)

    @api.depends("model_name", "user_field")
    def _compute_user_field_id(self):
        Fields = self.env["ir.model.fields"]
        for command in self:
            command.user_field_id = Fields._get(command.model_name, command.user_field)

    @api.onchange("model_name")
    def _onchange_model_name(self):
        self.tag_field = self._suggest_token_field(tokens.TAG, TAG_NAMES)
        self.user_field = self._suggest_token_field(tokens.AGENT, USER_NAMES)
        return super()._onchange_model_name()

    @api.onchange("tag_field_id")
    def _onchange_tag_field_id(self):
        self.tag_field = self.tag_field_id.name

    @api.onchange("user_field_id")
    def _onchange_user_field_id(self):
        self.user_field = self.user_field_id.name

    def _suggest_token_field(self, sign, names):
        if self._get_model_problem():
            return False
        return next(
            (n for n in names if not self._get_token_field_problem(sign, n)), False
        )
