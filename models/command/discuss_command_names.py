import logging
import re

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ...tools import syntax
from ...tools.sudo import clean_sudo
from .discuss_command_definition import MANAGER_FIELDS

_logger = logging.getLogger(__name__)

NAME_LIMIT = 32
ALIAS_LIMIT = 20
# Odoo's own JavaScript commands; a built-in command of the same name replaces one.
ODOO_NAMES = {"help", "history", "lead", "leave", "who"}
NAME_FIELDS = {"active", "aliases", "name"}


class DiscussCommand(models.Model):
    """Whose a name is: nobody types one and gets another command than they meant.

    What an admin enters is refused where it clashes. What the data of an addon brings
    is not: Odoo would neither install nor start. There the older command gives way.
    """

    _inherit = "discuss.command"

    lost_name = fields.Char(readonly=True, copy=False)
    lost_to = fields.Char(readonly=True, copy=False)
    notice = fields.Char(
        compute="_compute_notice",
        help="What an app that was installed or updated changed here.",
    )

    typed_aliases = fields.Char(
        compute="_compute_typed_aliases",
        help="The other names as the list above the composer shows them.",
    )

    @api.depends("aliases")
    def _compute_typed_aliases(self):
        for command in self:
            names = command._split_names()[1:]
            command.typed_aliases = " ".join(f"/{name}" for name in names)

    @api.depends("lost_name", "lost_to", "active", "kind")
    def _compute_notice(self):
        for command in self:
            command.notice = command.lost_name and command._get_notice()

    def _get_notice(self):
        values = {"name": self.lost_name, "other": self.lost_to}
        if self.active:
            return self.env._(
                "“%(name)s” is no longer another name of this command: an app brought"
                " /%(other)s, which has it now.",
                **values,
            )
        if self.is_builtin:
            return self.env._(
                "Switched off: another app has the command /%(other)s, and “%(name)s”"
                " is its name. To use this one, switch that one off.",
                **values,
            )
        return self.env._(
            "Switched off: an app brought the command /%(other)s, and “%(name)s” is"
            " its name. Choose another name and switch this one on again.",
            **values,
        )

    # ------------------------------------------------------------
    # WHAT AN ADMIN ENTERS
    # ------------------------------------------------------------

    @api.constrains("name", "aliases", "active")
    def _check_names(self):
        """Refuse names that cannot be typed or would run something else.

        :raise ValidationError: with a sentence for the one mistake
        """
        for command in self.filtered("active"):
            names = command._split_names()
            command._check_count(names)
            taken = command._get_taken_names(names)
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

    def _check_count(self, names):
        """:raise ValidationError: when there are more than anybody would type"""
        if len(names) > ALIAS_LIMIT + 1:
            raise ValidationError(
                self.env._(
                    "A command has %(limit)s other names at most, here are %(count)s.",
                    limit=ALIAS_LIMIT,
                    count=len(names) - 1,
                )
            )

    def _split_names(self):
        """Return the name and the aliases as they were typed."""
        aliases = re.split(r",\s*", (self.aliases or "").strip().rstrip(","))
        return [self.name or "", *filter(None, aliases)]

    @api.model
    def _get_taken_names(self, names):
        """Return the commands that are on and have one of ``names``, by that name."""
        taken = {}
        # sudo: discuss.command - a name is taken also by what one may not run
        for command in self.sudo()._search_named(names):
            for name in command._get_names():
                taken.setdefault(name, []).append(command)
        return taken

    @api.model
    def _search_named(self, names, domain=Domain.TRUE):
        """Return the commands that are on and have one of these names.

        One query that looks for the names: agents may keep thousands of lines.
        """
        names = set(map(syntax.fold, names))
        is_alias = Domain.OR(Domain("aliases", "ilike", name) for name in names)
        found = self.search(
            Domain("active", "=", True)
            & (Domain("name", "in", list(names)) | is_alias)
            & domain
        )
        return found.filtered(lambda each: not names.isdisjoint(each._get_names()))

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
        others = [
            other
            for other in taken.get(name, [])
            if other != self and self._clashes_with(other)
        ]
        if not others:
            return ""
        if syntax.fold(others[0].name) == name:
            return self.env._(
                "There is already a command /%(name)s. Choose another name.", name=name
            )
        return self.env._(
            "“%(name)s” is already another name of the command /%(other)s. Choose"
            " another name.",
            name=name,
            other=others[0].name,
        )

    def _clashes_with(self, other):
        """Tell whether somebody could mean both: private lines give way to others."""
        if not other._is_private():
            return True
        # sudo: discuss.command - whose they are decides
        return self._is_private() and self.sudo().owner_id == other.sudo().owner_id

    def write(self, vals):
        result = super().write(vals)
        if not self.env.su and not NAME_FIELDS.isdisjoint(vals):
            # sudo: discuss.command - an admin has seen to it, so the notice goes
            told_sudo = clean_sudo(self).filtered("lost_name")
            told_sudo.write({"lost_name": False, "lost_to": False})
        return result

    # ------------------------------------------------------------
    # WHAT DATA BRING
    # ------------------------------------------------------------

    def _load_records_create(self, vals_list):
        if self.env.su:
            vals_list = [self._make_way(vals) for vals in vals_list]
        return super()._load_records_create(vals_list)

    def _load_records_write(self, values):
        """Load what the code owns; what admins choose is loaded once, with the record.

        Data are loaded as superuser, unlike what an admin imports from a file.
        """
        if self.env.su:
            values = {key: values[key] for key in values.keys() - MANAGER_FIELDS}
            values = self._make_way(values)
        return super()._load_records_write(values)

    def _make_way(self, values):
        """Return ``values`` of this command with which it can be loaded.

        Names of others that it brings are taken from them: another name is dropped, and
        a command of an admin is switched off. The name of a built-in command stays
        where it is: then this one goes without it.
        """
        incoming = self.new({**self._get_name_values(), **values})
        if not (incoming.active and incoming.name):
            return values
        names = incoming._get_names()
        taken = self._get_taken_names(names)
        for name in names:
            for other in set(taken.get(name, [])) - {self}:
                if not other._yield_name(name, incoming):
                    values = incoming._go_without(name, values, other)
        return values

    def _get_name_values(self):
        return {name: self[name] for name in ("name", "aliases", "active") if self}

    def _yield_name(self, name, incoming):
        """Give ``name`` up to ``incoming``.

        :return: whether it was; a built-in command keeps its first name
        """
        if syntax.fold(self.name) != name:
            vals = {"aliases": self._get_aliases_without(name)}
        elif self.is_builtin:
            return False
        else:
            vals = {"active": False}
        self._log_loss(name, incoming.name, "active" not in vals)
        self.write({**vals, "lost_name": name, "lost_to": incoming.name})
        return True

    def _go_without(self, name, values, other):
        """Return ``values`` of this new command without ``name``."""
        is_alias = syntax.fold(self.name) != name
        self._log_loss(name, other.name, is_alias)
        if is_alias:
            return {**values, "aliases": self._get_aliases_without(name)}
        return {**values, "active": False, "lost_name": name, "lost_to": other.name}

    def _get_aliases_without(self, name):
        _name, *aliases = self._split_names()
        return ", ".join(each for each in aliases if syntax.fold(each) != name) or False

    def _log_loss(self, name, other, is_alias):
        if is_alias:
            _logger.warning(
                "/%s loses its other name %r to /%s", self.name, name, other
            )
        else:
            _logger.warning("/%s is switched off: /%s has its name", self.name, other)
