import re

from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError

from ...tools import syntax

NAME_LIMIT = 32
# Odoo's own JavaScript commands; a built-in command of the same name replaces one.
ODOO_NAMES = {"help", "history", "lead", "leave", "who"}
# What Live Chat managers choose for every command; the rest says what a command does.
MANAGER_FIELDS = {"active", "aliases", "canned_response_id", "group_ids", "sequence"}


class DiscussCommand(models.Model):
    """What admins define by filling in a form, and who may do so."""

    _inherit = "discuss.command"

    kind = fields.Selection(string="Type", default="create")
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
            command.display_name = f"/{command.name or ''}"

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

    def _get_unavailable_sentence(self):
        return self.env._(
            "/%(name)s cannot be used until an administrator has corrected it:"
            " %(problem)s",
            name=self.name,
            problem=self._get_problem(),
        )

    # ------------------------------------------------------------
    # CONSTRAINTS
    # ------------------------------------------------------------

    @api.constrains("name", "aliases", "active")
    def _check_names(self):
        """Refuse names that cannot be typed or would run something else.

        :raise ValidationError: with a sentence for the one mistake
        """
        taken = self._get_taken_names()
        for command in self.filtered("active"):
            names = command._split_names()
            for name in names:
                if problem := (
                    command._get_spelling_problem(name)
                    or command._get_reserved_problem(name)
                    or command._get_taken_problem(name, taken)
                ):
                    raise ValidationError(problem)
            if double := next((name for name in names if names.count(name) > 1), None):
                raise ValidationError(
                    self.env._("The name “%(name)s” is there twice.", name=double)
                )

    def _split_names(self):
        """Return the name and the aliases as they were typed."""
        aliases = re.split(r",\s*", (self.aliases or "").strip().rstrip(","))
        return [self.name or "", *filter(None, aliases)]

    def _get_taken_names(self):
        """Return the commands that are on, by each of their names."""
        taken = {}
        # sudo: discuss.command - a name is taken also by what one may not run
        for command in self.sudo()._search_active():
            for name in command._get_names():
                taken.setdefault(name, []).append(command)
        return taken

    def _get_spelling_problem(self, name):
        if not name.strip():
            return self.env._("Give the command a name, such as: task")
        if name.startswith("/"):
            return self.env._(
                "Leave out the slash of “%(name)s”: it is typed in front of every"
                " name.",
                name=name,
            )
        if re.search(r"\s", name):
            return self.env._(
                "A name is one word. Write “%(name)s” with - or _ instead of blanks;"
                " between aliases goes a comma.",
                name=name,
            )
        if name != name.lower():
            return self.env._(
                "Write “%(name)s” in small letters: capitals make no difference when a"
                " command is typed.",
                name=name,
            )
        if not re.fullmatch(r"[a-z0-9_-]+", name):
            return self.env._(
                "“%(name)s” has a character that a name cannot have. Use the letters a"
                " to z, digits, _ and -.",
                name=name,
            )
        if len(name) > NAME_LIMIT:
            return self.env._(
                "“%(name)s” is too long to type: a name has %(limit)s characters at"
                " most.",
                name=name,
                limit=NAME_LIMIT,
            )
        return ""

    def _get_reserved_problem(self, name):
        if name not in ODOO_NAMES or (self.is_builtin and name == self.name):
            return ""
        return self.env._(
            "“%(name)s” is taken by Odoo's own command. Choose another name.", name=name
        )

    def _get_taken_problem(self, name, taken):
        others = [command for command in taken.get(name, []) if command != self]
        if not others:
            return ""
        if syntax.fold(others[0].name) == name:
            return self.env._("There is already a command /%(name)s.", name=name)
        return self.env._(
            "“%(name)s” is already another name of the command /%(other)s.",
            name=name,
            other=others[0].name,
        )

    @api.constrains(lambda self: self._get_definition_fields())
    def _check_definition(self):
        """Refuse a definition with which the command could not run.

        :raise ValidationError: with a sentence for the one mistake
        """
        for command in self:
            problem = command._get_problem() or command._call_kind(
                "_get_saving_problem"
            )
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

    @api.model
    def _load_examples(self, examples):
        """Create ready-made commands, switched off, where the app of each is there.

        :param examples: values by external id
        """
        self._load_records(
            [
                {
                    "xml_id": xml_id,
                    "values": {**values, "active": False},
                    "noupdate": True,
                }
                for xml_id, values in examples.items()
                if values.get("model_name", self._name) in self.env
            ]
        )

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
