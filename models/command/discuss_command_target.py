from odoo import api, fields, models


class DiscussCommand(models.Model):
    """The model that a command creates or searches, known by its name alone.

    Without links to ``ir.model`` nothing is lost when an app is removed, and the
    command works again when the app comes back.
    """

    _inherit = "discuss.command"

    model_name = fields.Char()
    # For the form alone: what is chosen there is kept as model_name.
    model_id = fields.Many2one(
        "ir.model",
        compute="_compute_model_id",
        readonly=False,
        help="What kind of record the command works with.",
    )

    @api.depends("model_name")
    def _compute_model_id(self):
        for command in self:
            command.model_id = self.env["ir.model"]._get(command.model_name)

    @api.onchange("model_id")
    def _onchange_model_id(self):
        self.model_name = self.model_id.model

    @api.model
    def _get_definition_fields(self):
        return [*super()._get_definition_fields(), "model_name"]

    def _get_model_label(self):
        """Return the name of the model in the language of the current user."""
        return self._get_label_of(self.model_name) or self.model_name

    @api.model
    def _get_label_of(self, model_name):
        """Return the name of any model in the language of the current user."""
        return self.env["ir.model"]._get(model_name).name

    def _get_model_problem(self):
        if not self.model_name:
            return self.env._(
                "Choose the model that /%(name)s works with.", name=self.name
            )
        model = self.env.get(self.model_name)
        if model is None:
            return self.env._(
                "There is no model “%(model)s”. The app that it belongs to may have"
                " been removed.",
                model=self.model_name,
            )
        if model._abstract:
            return self.env._(
                "“%(model)s” is only a part of other models and has no records itself."
                " Choose another model.",
                model=self._get_model_label(),
            )
        if model._transient:
            return self.env._(
                "“%(model)s” is a wizard: its records vanish after a while. Choose"
                " another model.",
                model=self._get_model_label(),
            )
        return ""

    def _get_field_problem(self, name, types):
        """Tell why a command cannot fill in the field ``name``, or return ``""``.

        :param types: the field types that fit
        """
        field = self.env[self.model_name]._fields.get(name)
        if field is None:
            return self.env._(
                "“%(model)s” has no field “%(field)s”. The app that it belongs to may"
                " have been removed.",
                model=self._get_model_label(),
                field=name,
            )
        return self._get_field_type_problem(field, types) or self._get_writing_problem(
            field
        )

    def _get_field_type_problem(self, field, types):
        if field.type in types:
            return ""
        labels = dict(
            self.env["ir.model.fields"]
            ._fields["ttype"]
            ._description_selection(self.env)
        )
        return self.env._(
            "“%(field)s” is a field of type %(type)s. Choose one of type %(types)s.",
            field=field._description_string(self.env),
            type=labels[field.type],
            types=", ".join(labels[name] for name in types),
        )

    def _get_writing_problem(self, field):
        label = field._description_string(self.env)
        if field.name in models.MAGIC_COLUMNS:
            return self.env._("“%(field)s” is filled in by Odoo itself.", field=label)
        if field.related and field.readonly:
            return self.env._(
                "“%(field)s” belongs to another record and only shows its value.",
                field=label,
            )
        if field.compute and field.readonly:
            return self.env._(
                "“%(field)s” is computed: it cannot be filled in.", field=label
            )
        if field.readonly:
            return self.env._(
                "“%(field)s” is read-only: it cannot be filled in.", field=label
            )
        if not field.store and not field.inherited:
            return self.env._(
                "“%(field)s” is not stored: a value would be lost.", field=label
            )
        if field.groups == fields.NO_ACCESS:
            return self.env._("Nobody may fill in “%(field)s”.", field=label)
        return ""
