from odoo import api, fields, models

from .discuss_command_value import RECORD_TYPES


class DiscussCommandValue(models.Model):
    """How a value is chosen in the form, and how it is read there."""

    _inherit = "discuss.command.value"

    label = fields.Char("Shown As", compute="_compute_label")

    # For the form alone: what is chosen there is kept as field_name and value.
    model_name = fields.Char(related="command_id.model_name")
    field_id = fields.Many2one(
        "ir.model.fields", compute="_compute_field_id", readonly=False
    )
    ttype = fields.Char("Type", compute="_compute_field_id")
    relation = fields.Char(compute="_compute_field_id")
    has_options = fields.Boolean(compute="_compute_field_id")
    record_id = fields.Many2oneReference(
        model_field="relation", compute="_compute_picked", readonly=False
    )
    selection_id = fields.Many2one(
        "ir.model.fields.selection",
        "Option",
        compute="_compute_picked",
        readonly=False,
    )
    is_true = fields.Boolean("Ticked", compute="_compute_picked", readonly=False)

    @api.depends("field_name", "model_name")
    def _compute_field_id(self):
        for line in self:
            field = self.env["ir.model.fields"]._get(line.model_name, line.field_name)
            line.field_id = field
            line.ttype = field.ttype
            line.relation = field.relation in self.env and field.relation
            line.has_options = bool(field.selection_ids)

    @api.depends("value", "field_name", "model_name")
    def _compute_picked(self):
        words = self._get_boolean_words()
        for line in self:
            text = line.value or ""
            is_record = line.ttype in RECORD_TYPES and line.relation
            line.record_id = int(text) if is_record and text.isdecimal() else False
            line.is_true = words.get(text.strip().casefold(), False)
            # sudo: ir.model.fields.selection - the options of a field are no secret
            line.selection_id = line.field_id.sudo().selection_ids.filtered(
                lambda option, text=text: option.value == text
            )

    @api.depends("value", "field_name", "model_name")
    def _compute_label(self):
        for line in self:
            line.label = line._get_label()

    def _get_label(self):
        """Return the value as people read it."""
        if self.record_id:
            record = self.env[self.relation].browse(self.record_id).exists()
            return record.display_name if record.has_access("read") else self.value
        if self.ttype == "boolean":
            return self.env._("Yes") if self.is_true else self.env._("No")
        return self.selection_id.name or self.value

    @api.onchange("field_id")
    def _onchange_field_id(self):
        self.field_name = self.field_id.name
        self.value = False

    @api.onchange("record_id")
    def _onchange_record_id(self):
        if self.ttype in RECORD_TYPES:
            self.value = str(self.record_id) if self.record_id else False

    @api.onchange("selection_id")
    def _onchange_selection_id(self):
        if self.has_options:
            self.value = self.selection_id.value

    @api.onchange("is_true")
    def _onchange_is_true(self):
        if self.ttype == "boolean":
            self.value = "yes" if self.is_true else "no"
