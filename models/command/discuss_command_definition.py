from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError

# What Live Chat managers choose for every command; the rest says what a command does.
MANAGER_FIELDS = {"active", "aliases", "canned_response_id", "group_ids", "sequence"}


class DiscussCommand(models.Model):
    """What admins define by filling in a form, and who may do so."""

    _inherit = "discuss.command"

    kind = fields.Selection(string="Type")
    is_builtin = fields.Boolean("Built-in", compute="_compute_is_builtin")
    is_definable = fields.Boolean(compute="_compute_is_definable")
    definable_kinds = fields.Json(compute="_compute_definable_kinds")
    problem = fields.Char(
        compute="_compute_problem",
        help="Why nobody can run the command as it is defined now.",
    )

    # ------------------------------------------------------------
    # COMPUTE
    # ------------------------------------------------------------

    @api.depends("name")
    def _compute_display_name(self):
        for command in self:
            command.display_name = command.name and f"/{command.name}"

    @api.depends("kind")
    def _compute_is_builtin(self):
        kinds = self._get_definable_kinds()
        for command in self:
            command.is_builtin = command.kind not in kinds

    @api.depends("kind")
    @api.depends_context("uid")
    def _compute_is_definable(self):
        is_admin = self.env.user.has_group("base.group_system")
        for command in self:
            command.is_definable = is_admin and not command.is_builtin

    def _compute_definable_kinds(self):
        self.definable_kinds = self._get_definable_kinds()

    @api.depends(lambda self: self._get_definition_fields())
    def _compute_problem(self):
        for command in self:
            command.problem = command._get_problem()

    # ------------------------------------------------------------
    # CONSTRAINTS
    # ------------------------------------------------------------

    @api.constrains(lambda self: self._get_definition_fields())
    def _check_definition(self):
        """Refuse a definition with which the command could not run.

        :raise ValidationError: with a sentence for the one mistake
        """
        for command in self:
            problem = command._get_problem() or command._call_part("saving_problem")
            if problem:
                raise ValidationError(problem)

    @api.constrains("argument_hint", "help")
    def _check_texts(self):
        for command in self:
            for text in (command.argument_hint, command.help):
                if text and "\n" in text.strip():
                    raise ValidationError(
                        self.env._(
                            "The description and the argument of /%(name)s are shown in"
                            " one line: leave out the line breaks.",
                            name=command.name,
                        )
                    )

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        commands = super().create(vals_list)
        if not self.env.su:
            commands._check_definer()
        return commands

    def write(self, vals):
        is_defining = not self.env.su and not vals.keys() <= MANAGER_FIELDS
        if is_defining:
            self._check_definer()
        result = super().write(vals)
        if is_defining:
            self._check_definer()
        return result

    def update_field_translations(self, field_name, translations, source_lang=""):
        if not self.env.su:
            self._check_definer()
        return super().update_field_translations(field_name, translations, source_lang)

    def unlink(self):
        if not self.env.su:
            self._check_definer()
        return super().unlink()

    def copy_data(self, default=None):
        vals_list = super().copy_data(default)
        for vals in vals_list:
            vals.update(active=False, aliases=False)
        return vals_list

    def _check_definer(self):
        """Refuse to change what commands do, except one's own by an administrator.

        What belongs to the code of an addon is changed by the code alone, which loads
        as superuser.

        :raise AccessError: with what may be changed instead
        """
        if builtin := self.filtered("is_builtin")[:1]:
            raise AccessError(
                self.env._(
                    "/%(name)s is built in: you can switch it on and off, and choose"
                    " its other names, groups, place in the list and reply.",
                    name=builtin.name,
                )
            )
        if self and not self.env.user.has_group("base.group_system"):
            raise AccessError(
                self.env._("Only administrators can define what a command does.")
            )
