from odoo import api, fields, models
from odoo.tools import html2plaintext

from ...tools.errors import CommandFailedError, Refusal
from ...tools.kind import Kind
from ...tools.reply import Reply

TITLE_TYPES = ("char", "text")
TRANSCRIPT_TYPES = ("html", "text")
PARTNER_TYPES = ("many2one",)


class DiscussCommand(models.Model):
    """Create Record: of any model, with the rights of who runs the command."""

    _inherit = "discuss.command"

    transcript_field = fields.Char()
    partner_field = fields.Char()
    value_ids = fields.One2many(
        "discuss.command.value", "command_id", "Other Values", copy=True
    )

    # ------------------------------------------------------------
    # DEFINITION
    # ------------------------------------------------------------

    def _get_kinds(self):
        return {
            **super()._get_kinds(),
            "create": Kind(
                run="_run_create",
                access="_get_create_access",
                hint="_get_create_hint",
                problem="_get_create_problem",
                saving_problem="_get_create_saving_problem",
                argument="title",
                is_definable=True,
                tokens="_get_create_tokens",
                speaks=True,
                undo="_undo_record",
                against_undo="_get_record_obstacle",
            ),
        }

    @api.model
    def _get_definition_fields(self):
        return [
            *super()._get_definition_fields(),
            "transcript_field",
            "partner_field",
            "value_ids",
            "tag_field",
            "user_field",
        ]

    def _get_create_problem(self):
        return (
            self._get_model_problem()
            or self._get_title_problem()
            or self._get_transcript_problem()
            or self._get_partner_problem()
            or self._get_token_problem()
            or self.value_ids._get_problem()
        )

    def _get_create_saving_problem(self):
        return self.value_ids._get_record_problem() or self._get_required_problem()

    def _get_title_problem(self):
        model = self.env[self.model_name]
        if not model._auto:
            return self.env._(
                "“%(model)s” is a report: its records can be searched, not created.",
                model=self._get_model_label(),
            )
        if not self._get_title_name():
            return self.env._(
                "Records of “%(model)s” have no name that could hold what is typed"
                " after the command. Choose another model.",
                model=self._get_model_label(),
            )
        return self._get_field_problem(self._get_title_name(), TITLE_TYPES)

    def _get_title_name(self):
        """Return the field that gets what is typed after the command.

        What a record is called by can be a number that it is given, as a ticket's.
        """
        rec_name = self.env[self.model_name]._rec_name
        names = filter(None, (rec_name, "name"))
        fitting = (
            name for name in names if not self._get_field_problem(name, TITLE_TYPES)
        )
        return next(fitting, rec_name)

    def _get_transcript_problem(self):
        if not self.transcript_field:
            return ""
        if self.transcript_field == self._get_title_name():
            return self.env._(
                "The transcript cannot go where the name goes. Choose another field."
            )
        return self._get_field_problem(self.transcript_field, TRANSCRIPT_TYPES)

    def _get_partner_problem(self):
        if not self.partner_field:
            return ""
        if problem := self._get_field_problem(self.partner_field, PARTNER_TYPES):
            return problem
        field = self.env[self.model_name]._fields[self.partner_field]
        if field.comodel_name == "res.partner":
            return ""
        return self.env._(
            "“%(field)s” does not hold a contact, so the customer cannot go there.",
            field=field._description_string(self.env),
        )

    def _get_required_problem(self):
        """Name a field without which no record can be created."""
        model = self.env[self.model_name]
        filled = {*self._get_filled_names(), *model._inherits.values()}
        names = [
            name
            for name, field in model._fields.items()
            if name not in filled
            and name not in models.MAGIC_COLUMNS
            and field.base_field.required
            and field.base_field.store
            and not (field.base_field.compute or field.base_field.related)
        ]
        defaults = model.default_get(names)
        if missing := next((name for name in names if name not in defaults), None):
            return self.env._(
                "“%(model)s” needs a value for “%(field)s”: add it to the other"
                " values.",
                model=self._get_model_label(),
                field=model._fields[missing]._description_string(self.env),
            )
        return ""

    def _get_own_names(self):
        """Return the names of the fields that the command itself fills in."""
        names = [self._get_title_name()]
        return [*names, *filter(None, [self.transcript_field, self.partner_field])]

    def _get_filled_names(self):
        return [*self._get_own_names(), *self.value_ids.mapped("field_name")]

    # ------------------------------------------------------------
    # RUN
    # ------------------------------------------------------------

    def _get_create_access(self):
        if refusal := self._get_access_refusal(self.model_name, "create"):
            return refusal
        model = self.env[self.model_name]
        for name in self._get_filled_names():
            field = model._fields[name]
            if not model._has_field_access(field, "write"):
                return Refusal(
                    "no_right_to_field",
                    self.env._(
                        "No right to fill in “%(field)s” of “%(model)s”.",
                        field=field._description_string(self.env),
                        model=self._get_model_label(),
                    ),
                )
        return None

    def _run_create(self, channel, argument, values):
        if problem := self._call_part("saving_problem"):
            raise CommandFailedError(problem)
        vals = self._prepare_record_values(channel, self._check_title(argument))
        for name, value in values.items():
            both = isinstance(value, list) and isinstance(vals.get(name), list)
            vals[name] = [*vals[name], *value] if both else value
        self._check_create_rules(self.model_name, vals)
        record = self.env[self.model_name].create(vals)
        if self.transcript_field:
            channel._keep_from_strangers(record)
            self._check_customer(channel, record)
        if self._is_followed_up(channel) and record.has_access("write"):
            channel._follow_up(record)
        return Reply(
            "livechat_command.answer_created",
            {"model": self._get_model_label(), "link": self._prepare_link(record)},
            record=record,
            undo=self._prepare_record_undo(record),
        )

    def _is_followed_up(self, channel):
        """Tell whether the rest of the conversation comes as a note, as for tickets."""
        has_notes = "message_ids" in self.env[self.model_name]._fields
        is_livechat = channel.channel_type == "livechat"
        return is_livechat and has_notes and bool(self.transcript_field)

    def _get_create_hint(self, channel):
        return self.env._(
            "%(model)s for %(visitor)s",
            model=self._get_model_label(),
            visitor=channel._get_visitor_name(),
        )

    def _prepare_record_values(self, channel, title):
        model = self.env[self.model_name]
        vals = {**self.value_ids._prepare_values(), self._get_title_name(): title}
        if self.transcript_field:
            transcript = channel._get_channel_history()
            if model._fields[self.transcript_field].type == "text":
                transcript = html2plaintext(transcript)
            vals[self.transcript_field] = transcript
            vals.update(dict.fromkeys(self._get_guessed_customers() - vals.keys()))
        if self.partner_field:
            vals[self.partner_field] = channel._get_customer().id
        return vals

    def _get_guessed_customers(self):
        """Return the contact fields that the model fills in by itself.

        A task takes the customer of its project, who would read the transcript: where
        the command says nothing else they stay empty.
        """
        model = self.env[self.model_name]
        return {
            name
            for name, field in model._fields.items()
            if field.comodel_name == "res.partner"
            and field.type == "many2one"
            and (field.compute or field.default)
            and not field.required
            and not self._get_writing_problem(field)
            and model._has_field_access(field, "write")
        }

    def _check_customer(self, channel, record):
        """Undo a record that belongs to another customer by some other way.

        :raise CommandFailedError: when it does, unless the command says so
        """
        chosen = self.value_ids.mapped("field_name")
        names = [n for n in record._mail_get_partner_fields() if n not in chosen]
        # sudo: any model - whose it is decides, not what the agent may read
        customers = self.env["res.partner"].union(*(record.sudo()[n] for n in names))
        customers |= self._get_outside_readers(record)
        if customers.filtered("partner_share") - channel._get_customer():
            raise CommandFailedError(
                self.env._(
                    "Nothing was created: the new record would belong to another"
                    " customer, who could read this conversation. Ask an administrator"
                    " to choose other values for /%(name)s.",
                    name=self.name,
                ),
                "other_customer",
            )

    def _get_outside_readers(self, record):
        """Return the customers who follow what ``record`` is in, and may read it.

        A task in a project that is shared with them, for one.
        """
        followers = self.env["res.partner"]
        # sudo: any model - who could read the transcript, not what the agent may read
        record_sudo = record.sudo()
        contacts = {*record._mail_get_partner_fields(), self.partner_field}
        for name, field in record._fields.items():
            is_link = field.type == "many2one" and field.store and name not in contacts
            if is_link and "message_partner_ids" in record_sudo[name]._fields:
                followers |= record_sudo[name].message_partner_ids
        users = followers.filtered("partner_share").user_ids
        return users.filtered(lambda user: self._may_read(record, user)).partner_id

    def _may_read(self, record, user):
        companies = user.company_ids.ids
        theirs = record.with_user(user).with_context(allowed_company_ids=companies)
        return theirs.has_access("read")
