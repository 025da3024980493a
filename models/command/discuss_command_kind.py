import logging

import psycopg2

from odoo import api, models
from odoo.tools import ormcache

from ...tools.errors import CommandRefusedError, Refusal
from ...tools.kind import EVERYBODY
from ...tools.transaction import RETRIED

_logger = logging.getLogger(__name__)


class DiscussCommand(models.Model):
    """What kinds of commands there are, and what a kind says about who, where and how.

    A part of a kind that raises costs the operator that command, never the list.
    """

    _inherit = "discuss.command"

    # ------------------------------------------------------------
    # DECLARE
    # ------------------------------------------------------------

    @api.model
    def _get_kinds(self):
        """Return the declarations by kind. To be extended by who adds kinds.

        :rtype: dict[str, ~...tools.kind.Kind]
        """
        return {}

    def _register_hook(self):
        super()._register_hook()
        for mistake in self._get_declaration_mistakes():
            _logger.error(mistake)

    @api.model
    def _get_declaration_mistakes(self):
        """Return what is wrong with the kinds, for their developers."""
        kinds, options = self._get_kinds(), dict(self._fields["kind"].selection)
        mistakes = [
            f"The kind {name!r} of commands is not declared: it is no key of"
            " discuss.command._get_kinds(), so nobody can run it"
            for name in options.keys() - kinds.keys()
        ]
        for name, kind in kinds.items():
            mistake = kind.find_mistake(self)
            if name not in options:
                mistake = "it is no option of the field discuss.command.kind"
            if mistake:
                mistakes.append(f"Nobody can run commands of kind {name!r}: {mistake}")
        return mistakes

    @api.model
    @ormcache()
    def _get_valid_kinds(self):
        return {
            name: kind
            for name, kind in self._get_kinds().items()
            if not kind.find_mistake(self)
        }

    def _get_kind(self):
        """Return the declaration of this command's kind, or None if it has none."""
        return self._get_valid_kinds().get(self.kind)

    @api.model
    def _get_definable_kinds(self):
        """Return the kinds that an admin chooses from; the others are built in."""
        kinds = self._get_valid_kinds().items()
        return [name for name, kind in kinds if kind.is_definable]

    def _call_part(self, part, *args):
        """Call the method that the kind names for ``part``, if it names one."""
        name = getattr(self._get_kind(), part, "")
        return getattr(self, name)(*args) if name else None

    def _ask_part(self, part, *args, failure=None):
        """Call ``part``; where it raises give ``failure``, and tell the log."""
        try:
            return self._call_part(part, *args)
        except (*RETRIED, psycopg2.Error):
            raise  # the transaction is lost
        except Exception:
            _logger.exception("%s of the kind %r failed", part, self.kind)
            return failure

    # ------------------------------------------------------------
    # AUTHORISE
    # ------------------------------------------------------------

    def _get_refusal(self, channel):
        """Tell why the current user may not run this command in ``channel``.

        The list, running, buttons and Odoo's ``execute_command_*`` all ask here.

        :return: a :class:`~...tools.errors.Refusal`, or None where it may be run
        """
        self.ensure_one()
        return channel._get_command_refusal() or self._refuse(channel)

    def _refuse(self, channel):
        """Tell what in this command, not in the conversation, is against running it."""
        if refusal := self._get_agent_refusal():
            return refusal
        is_livechat = channel.channel_type == "livechat"
        if self.scope == ("internal" if is_livechat else "livechat"):
            return Refusal(
                "other_place",
                self.env._("/%(name)s does not work here.", name=self.name),
            )
        failure = self._get_broken_refusal()
        return self._ask_part("refusal", channel, failure=failure)

    def _get_agent_refusal(self):
        """Tell why the current user may run this command in no conversation at all.

        The form shows it to admins, so it speaks of no *you*.

        :return: a :class:`~...tools.errors.Refusal`, or None
        """
        self.ensure_one()
        # sudo: discuss.command - whose it is decides whether its user may read it
        command_sudo = self.sudo()
        # The form asks before saving, when the groups are new records too.
        groups = command_sudo.group_ids._origin
        if groups and not groups & self.env.user.all_group_ids:
            return Refusal(
                "other_groups",
                self.env._(
                    "/%(name)s is for members of other groups.", name=command_sudo.name
                ),
            )
        kind = self._get_kind()
        if not kind:
            return self._get_broken_refusal()
        if kind.problem and self._ask_part("problem", failure=True):
            return Refusal("unavailable", self._get_unavailable_sentence())
        return self._get_kind_refusal(kind)

    def _get_kind_refusal(self, kind):
        """Apply what the kind says of who may run it."""
        if kind.access == EVERYBODY:
            return None
        if isinstance(kind.access, tuple):
            return self._get_access_refusal(*kind.access)
        return self._ask_part("access", failure=self._get_broken_refusal())

    def _get_broken_refusal(self):
        return Refusal(
            "broken",
            self.env._(
                "/%(name)s does not work at the moment. Tell an administrator.",
                name=self.name,
            ),
        )

    @api.model
    def _get_access_refusal(self, model_name, operation):
        """Tell why the current user may not do this with records of a model.

        :param str operation: ``"create"``, ``"read"``, ``"write"`` or ``"unlink"``
        :return: a :class:`~...tools.errors.Refusal`, or None
        """
        if self.env[model_name].has_access(operation):
            return None
        sentences = {
            "create": self.env._(
                "No right to create “%(model)s” records. Ask an administrator for it.",
                model=self._get_label_of(model_name),
            ),
            "read": self.env._(
                "No right to read “%(model)s” records. Ask an administrator for it.",
                model=self._get_label_of(model_name),
            ),
        }
        change = self.env._(
            "No right to change “%(model)s” records. Ask an administrator for it.",
            model=self._get_label_of(model_name),
        )
        return Refusal(f"no_right_to_{operation}", sentences.get(operation, change))

    @api.model
    def _may_create(self, model_name, vals):
        """Tell whether the current user may create a record with these values.

        Asked before anything is created: a refused creation uses up a number.
        ``_filtered_access`` on a new record does not apply the record rules.
        """
        model = self.env[model_name]
        if not model.has_access("create"):
            return False
        record = model.new(model._add_missing_default_values(vals))
        domain = self.env["ir.rule"]._compute_domain(model_name, "create")
        # sudo: any model - whether the rule holds is asked, nothing is shown
        return bool(record.sudo().filtered_domain(domain))

    @api.model
    def _check_create_rules(self, model_name, vals):
        """Ask the record rules before anything is consumed, such as a number.

        :raise CommandRefusedError: when the current user may not create this record
        """
        if not self._may_create(model_name, vals):
            raise CommandRefusedError(
                self.env._(
                    "No right to create “%(model)s” records with the values that this"
                    " command gives them.",
                    model=self._get_label_of(model_name),
                )
            )

    def _get_hint(self, channel):
        """Return the sentence of the hint line: for whom, and what is already there."""
        self.ensure_one()
        return self._ask_part("hint", channel) or ""

    # ------------------------------------------------------------
    # DEFINED BY ADMINS
    # ------------------------------------------------------------

    @api.model
    def _get_definition_fields(self):
        """Return the names of the fields that say what a command does."""
        return ["kind"]

    def _get_problem(self):
        """Tell what is wrong with the definition itself, whoever runs it and where.

        Saving, the list of commands, running and the form ask here, by the parts
        ``problem`` and, for saving and running alone, ``saving_problem`` of the kind.

        :return: a sentence for the admin, or ``""``
        """
        self.ensure_one()
        return self._call_part("problem") or ""

    def _get_unavailable_sentence(self):
        return self.env._(
            "/%(name)s cannot be used until an administrator has corrected it:"
            " %(problem)s",
            name=self.name,
            problem=self._ask_part("problem") or "",
        )
