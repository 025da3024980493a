from odoo import api, models

from ...tools.errors import CommandRefusedError, Refusal
from ...tools.kind import EVERYBODY


class DiscussCommand(models.Model):
    """Who may run a command, and where: one rule, with a sentence for each refusal."""

    _inherit = "discuss.command"

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
        domain = self.env["ir.rule"]._compute_domain(model_name, "create")
        asked = {each.field_expr.split(".")[0] for each in domain.iter_conditions()}
        if asked <= vals.keys():
            # What the rules do not ask for need not be made up.
            vals = {name: vals[name] for name in asked}
        else:
            vals = model._add_missing_default_values(vals)
        record = model.new(vals)
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

    def _get_unavailable_sentence(self):
        return self.env._(
            "/%(name)s cannot be used until an administrator has corrected it:"
            " %(problem)s",
            name=self.name,
            problem=self._ask_part("problem") or "",
        )
