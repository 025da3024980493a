from odoo import api, fields, models

from .kind_create import PARTNER_TYPES, TRANSCRIPT_TYPES

# Fields that are chosen when a model is, where it has them.
TRANSCRIPT_NAMES = ("description", "note", "comment", "body")
PARTNER_NAMES = ("partner_id",)


class DiscussCommand(models.Model):
    """How Create Record is defined in the form: fields are chosen, names are kept."""

    _inherit = "discuss.command"

    transcript_field_id = fields.Many2one(
        "ir.model.fields",
        "Transcript Goes To",
        compute="_compute_transcript_field_id",
        readonly=False,
        help="Where the new record keeps what was said so far.",
    )
    partner_field_id = fields.Many2one(
        "ir.model.fields",
        "Customer Goes To",
        compute="_compute_partner_field_id",
        readonly=False,
        help="Where the new record keeps the visitor's contact. It stays empty for"
        " visitors who are not logged in.",
    )

    @api.depends("model_name", "transcript_field")
    def _compute_transcript_field_id(self):
        Fields = self.env["ir.model.fields"]
        for command in self:
            command.transcript_field_id = Fields._get(
                command.model_name, command.transcript_field
            )

    @api.depends("model_name", "partner_field")
    def _compute_partner_field_id(self):
        Fields = self.env["ir.model.fields"]
        for command in self:
            command.partner_field_id = Fields._get(
                command.model_name, command.partner_field
            )

    @api.onchange("model_name")
    def _onchange_model_name(self):
        """Choose what most models have, and drop what belonged to the former model."""
        self.value_ids = False
        self.transcript_field = self._suggest_field(TRANSCRIPT_NAMES, TRANSCRIPT_TYPES)
        self.partner_field = self._suggest_field(PARTNER_NAMES, PARTNER_TYPES)

    @api.onchange("transcript_field_id")
    def _onchange_transcript_field_id(self):
        self.transcript_field = self.transcript_field_id.name

    @api.onchange("partner_field_id")
    def _onchange_partner_field_id(self):
        self.partner_field = self.partner_field_id.name

    def _suggest_field(self, names, types):
        if self._get_model_problem():
            return False
        return next(
            (name for name in names if not self._get_field_problem(name, types)), False
        )
