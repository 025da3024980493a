from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Command, Domain

from ...tools.errors import Refusal
from ...tools.sudo import clean_sudo

MANAGERS = "im_livechat.im_livechat_group_manager"
ADMINS = "base.group_system"


class DiscussCommand(models.Model):
    """Whose kept lines are: private to their owner, until groups share them."""

    _inherit = "discuss.command"

    kind = fields.Selection(default=lambda self: self._get_default_kind())
    owner_id = fields.Many2one(
        "res.users",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="cascade",
        help="Who kept these lines. Without groups they are for nobody else.",
    )

    # ------------------------------------------------------------
    # WHOSE
    # ------------------------------------------------------------

    def _is_private(self):
        """Tell whether this is for its owner alone."""
        self.ensure_one()
        # sudo: discuss.command - whose it is decides whether its user may read it
        command_sudo = self.sudo()
        return bool(command_sudo.owner_id and not command_sudo.group_ids._origin)

    @api.model
    def _get_typable_domain(self):
        """Return what the current user can mean: nothing private of others."""
        is_for_all = Domain("owner_id", "=", False)
        is_shared = Domain("group_ids", "!=", False)
        return is_for_all | is_shared | Domain("owner_id", "=", self.env.uid)

    def _get_agent_refusal(self):
        # sudo: discuss.command - whose it is decides whether its user may read it
        if self._is_private() and self.sudo().owner_id != self.env.user:
            return Refusal("private", self.env._("Others keep it for themselves."))
        return super()._get_agent_refusal()

    def _is_kept_by_user(self):
        """Tell whether the current user may change these lines.

        One's own that nobody else has, and what is being typed in the form; shared ones
        are for managers.
        """
        if self.kind != "lines":
            return False
        if not self._origin:
            return True
        if self._is_private():
            return self.owner_id == self.env.user
        return self._may_share()

    @api.depends("owner_id", "group_ids")
    def _compute_is_definable(self):
        result = super()._compute_is_definable()
        for command in self.filtered(lambda each: each._is_kept_by_user()):
            command.is_definable = True
        return result

    def _compute_definable_kinds(self):
        result = super()._compute_definable_kinds()
        if not self.env.user.has_group(ADMINS):
            self.definable_kinds = ["lines"]
        return result

    @api.model
    def _get_default_kind(self):
        return "create" if self.env.user.has_group(ADMINS) else "lines"

    @api.model
    def _may_share(self):
        return self.env.user.has_group(MANAGERS) or self.env.user.has_group(ADMINS)

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            # What a client leaves out is no way to share: it gives defaults, too.
            private = {} if self._may_share() else {"group_ids": False}
            vals_list = [{**private, **self._own(vals)} for vals in vals_list]
            for vals in vals_list:
                self._check_sharing(vals)
        commands = super().create(vals_list)
        commands._take_private_names()
        return commands

    def write(self, vals):
        if not self.env.su:
            self._check_sharing(vals)
            if "owner_id" in vals:
                self._check_definer()
                vals = {key: vals[key] for key in vals if key != "owner_id"}
            if "kind" in vals and set(self.mapped("kind")) != {vals["kind"]}:
                vals = self._own(vals)
        notified_before = self._get_notified()
        result = super().write(vals)
        if notified_before != self._get_notified():
            self.browse()._notify_changed()
        if not vals.keys().isdisjoint({"name", "aliases", "active", "group_ids"}):
            self._take_private_names()
        return result

    def _get_notified(self):
        """What its owner alone has makes nobody else's browser ask again."""
        if not (self and all(each._is_private() for each in self)):
            return super()._get_notified()
        # sudo: discuss.command - whose it is decides who is told
        return self.sudo().owner_id

    def copy_data(self, default=None):
        """Copy lines of one's own without the fields that are for managers."""
        hidden = {
            name
            for name, field in self._fields.items()
            if field.copy and not self._has_field_access(field, "read")
        }
        default = {**dict.fromkeys(hidden), **(default or {})}
        return [
            {name: vals[name] for name in vals.keys() - hidden}
            for vals in super().copy_data(default)
        ]

    def _check_definer(self):
        return super(
            DiscussCommand, self.filtered(lambda each: not each._is_kept_by_user())
        )._check_definer()

    def _own(self, vals):
        """Return ``vals`` with the owner of kept lines; nobody is made one by others.

        :raise AccessError: for what administrators alone define
        """
        kind = vals.get("kind") or self.default_get(["kind"]).get("kind")
        if kind != "lines" and not self.env.user.has_group(ADMINS):
            raise AccessError(
                self.env._("Only administrators can define what a command does.")
            )
        owner = {"owner_id": self.env.uid if kind == "lines" else False}
        return {**vals, "kind": kind, **owner}

    def _check_sharing(self, vals):
        """:raise AccessError: when others would get what is for its owner alone"""
        if not _is_empty(vals.get("group_ids")) and not self._may_share():
            raise AccessError(
                self.env._("Only Live Chat managers share lines with others.")
            )

    def _take_private_names(self):
        """Switch off private lines that have a name which is for more people now."""
        public = self.filtered(lambda each: each.active and not each._is_private())
        if not public:
            return
        is_private = Domain("owner_id", "!=", False) & Domain("group_ids", "=", False)
        for command in public:
            # sudo: discuss.command - names are taken from what is for others alone
            others_sudo = clean_sudo(self)._search_named(
                command._get_names(), is_private
            )
            for name in command._get_names():
                for other_sudo in others_sudo:
                    if other_sudo.active and name in other_sudo._get_names():
                        other_sudo._yield_name(name, command)

    def _get_notice(self):
        if not self.owner_id or self.active:
            return super()._get_notice()
        return self.env._(
            "Switched off: “%(name)s” is now a name of /%(other)s, which is for others"
            " too. Choose another name and switch this one on again.",
            name=self.lost_name,
            other=self.lost_to,
        )


def _is_empty(links):
    """Tell whether what is written to a field of links adds none to it."""
    return all(
        isinstance(link, list | tuple)
        and (
            link[0] in (Command.UNLINK, Command.CLEAR)
            or (link[0] == Command.SET and not link[2])
        )
        for link in links or ()
    )
