from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.tools import plaintext2html
from odoo.tools.translate import code_translations

RECORD_TYPES = ("many2one", "many2many")
NUMBER_TYPES = ("float", "integer", "monetary")
DATE_TYPES = ("date", "datetime")
TEXT_TYPES = ("char", "html", "text")
VALUE_TYPES = (
    *TEXT_TYPES,
    *NUMBER_TYPES,
    *DATE_TYPES,
    *RECORD_TYPES,
    "boolean",
    "selection",
)
WORDS = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}


class DiscussCommandValue(models.Model):
    """A value that a command gives to each record that it creates.

    It is kept as text and read according to the type of its field. Nothing is
    evaluated, and the links of a many2many field are built here.
    """

    _name = "discuss.command.value"
    _description = "Live Chat Command Value"
    _order = "id"
    _rec_name = "field_name"

    command_id = fields.Many2one(
        "discuss.command", required=True, index=True, ondelete="cascade"
    )
    field_name = fields.Char()
    value = fields.Char(
        help="A text, a number, a date such as 2025-12-31, yes or no, or the id of a"
        " record, as the field takes it."
    )

    # ------------------------------------------------------------
    # DEFINITION
    # ------------------------------------------------------------

    @api.constrains("command_id", "field_name", "value")
    def _check_values(self):
        """Refuse a value that its field does not take.

        :raise ValidationError: with a sentence for the one mistake
        """
        for line in self:
            problem = (
                line.command_id._get_model_problem()
                or line._get_problem()
                or line._get_record_problem()
            )
            if problem:
                raise ValidationError(problem)

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines._check_definer()
        return lines

    def write(self, vals):
        self._check_definer()
        result = super().write(vals)
        self._check_definer()
        return result

    def unlink(self):
        self._check_definer()
        return super().unlink()

    def _check_definer(self):
        if not self.env.su:
            self.command_id._check_definer()

    def _get_problem(self):
        """Return the first mistake in these values as a sentence, or ``""``."""
        for line in self:
            if problem := line._get_field_problem():
                return problem
            try:
                line._parse()
            except ValidationError as error:
                return str(error)
        return ""

    def _get_field_problem(self):
        if not self.field_name:
            return self.env._(
                "Choose the field that gets the value “%s”.", self.value or ""
            )
        command = self.command_id
        if problem := command._get_field_problem(self.field_name, VALUE_TYPES):
            return problem
        if self.field_name in command._get_own_names():
            return self.env._(
                "“%(field)s” is filled in by the command already: with what is typed,"
                " the transcript or the customer.",
                field=self._get_field_label(),
            )
        same = command.value_ids.filtered(
            lambda line: line.field_name == self.field_name
        )
        if len(same) > 1 and self._get_field().type != "many2many":
            return self.env._(
                "There are two values for “%(field)s”: keep one.",
                field=self._get_field_label(),
            )
        return ""

    def _get_record_problem(self):
        """Name a record that is chosen and no longer there."""
        for line in self:
            field = line._get_field()
            # sudo: any model - only asked whether the record is there
            if field.type in RECORD_TYPES and not (
                self.env[field.comodel_name].sudo().browse(line._parse()).exists()
            ):
                return self.env._(
                    "The record that “%(field)s” should get is not there any more.",
                    field=line._get_field_label(),
                )
        return ""

    # ------------------------------------------------------------
    # VALUES
    # ------------------------------------------------------------

    def _prepare_values(self):
        """Return the values for ``create()``.

        :raise ValidationError: when one does not fit its field
        """
        values = {}
        for line in self:
            value = line._parse()
            if line._get_field().type == "many2many":
                values.setdefault(line.field_name, []).append(Command.link(value))
            else:
                values[line.field_name] = value
        return values

    def _get_field(self):
        return self.env[self.command_id.model_name]._fields[self.field_name]

    def _get_field_label(self):
        return self._get_field()._description_string(self.env)

    def _parse(self):
        """Return the value as its field takes it; of a record its id.

        :raise ValidationError: when it does not fit, with a sentence for the admin
        """
        field, text = self._get_field(), (self.value or "").strip()
        if not text and field.type != "boolean":
            raise ValidationError(
                self.env._(
                    "Give a value for “%(field)s”.", field=self._get_field_label()
                )
            )
        if field.type in RECORD_TYPES:
            return self._parse_record(text)
        if field.type in NUMBER_TYPES:
            return self._parse_number(text, int if field.type == "integer" else float)
        if field.type in DATE_TYPES:
            return self._parse_date(field, text)
        if field.type == "boolean":
            return self._parse_boolean(text)
        if field.type == "selection":
            return self._parse_selection(field, text)
        return self._parse_text(field, text)

    def _parse_record(self, text):
        if text.isdecimal() and 0 < int(text) < 2**31:
            return int(text)
        raise ValidationError(
            self.env._(
                "Choose a record for “%(field)s”.", field=self._get_field_label()
            )
        )

    def _parse_number(self, text, number_type):
        try:
            number = number_type(text)
        except ValueError:
            number = float("inf")
        if abs(number) < 2**31:
            return number
        raise ValidationError(
            self.env._(
                "“%(field)s” takes a number, and “%(value)s” is none.",
                field=self._get_field_label(),
                value=text,
            )
        )

    def _parse_date(self, field, text):
        try:
            return (
                field.to_date(text) if field.type == "date" else field.to_datetime(text)
            )
        except ValueError as error:
            raise ValidationError(
                self.env._(
                    "“%(field)s” takes a date such as 2025-12-31, and “%(value)s” is"
                    " none.",
                    field=self._get_field_label(),
                    value=text,
                )
            ) from error

    @api.model
    def _get_boolean_words(self):
        """Return what is true and false, in English and all installed languages.

        One admin writes it, agents of other languages run the command.
        """
        words = {}
        for code, _name in self.env["res.lang"].get_installed():
            terms = code_translations.get_python_translations("livechat_command", code)
            words[terms.get("Yes", "Yes").casefold()] = True
            words[terms.get("No", "No").casefold()] = False
        return {**words, **WORDS}

    def _parse_boolean(self, text):
        words = self._get_boolean_words()
        if not text or text.casefold() in words:
            return words.get(text.casefold(), False)
        raise ValidationError(
            self.env._(
                "“%(field)s” takes yes or no, not “%(value)s”.",
                field=self._get_field_label(),
                value=text,
            )
        )

    def _parse_selection(self, field, text):
        if text in field.get_values(self.env):
            return text
        raise ValidationError(
            self.env._(
                "“%(value)s” is none of the options of “%(field)s”.",
                field=self._get_field_label(),
                value=text,
            )
        )

    def _parse_text(self, field, text):
        if field.type == "html":
            return plaintext2html(text)
        if field.type == "char" and field.size and len(text) > field.size:
            raise ValidationError(
                self.env._(
                    "“%(field)s” has %(limit)s characters at most.",
                    field=self._get_field_label(),
                    limit=field.size,
                )
            )
        return text
