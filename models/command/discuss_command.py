from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.mail.tools.discuss import Store

from ...tools import syntax
from ...tools.errors import CommandUsageError
from ...tools.shown import SEPARATOR, as_label

TITLE_LIMIT = 250


class DiscussCommand(models.Model):
    """What an operator can run by typing ``/name`` in a conversation."""

    _name = "discuss.command"
    _description = "Live Chat Command"
    _order = "sequence, name"

    name = fields.Char(required=True, help="What is typed after the slash.")
    aliases = fields.Char(
        help="Other names for the same command, separated by commas.",
    )
    help = fields.Char(
        "Description",
        translate=True,
        help="What the command does, as the list above the composer shows it.",
    )
    argument_hint = fields.Char(
        "Argument",
        translate=True,
        help="What is typed after the name, such as: title",
    )
    sequence = fields.Integer(default=100)
    active = fields.Boolean(default=True)
    kind = fields.Selection(
        [
            ("create", "Create Record"),
            ("search", "Search Records"),
            ("action", "Run Server Action"),
            ("help", "Help"),
            ("history", "Visitor's Pages"),
            ("note", "Note"),
            ("leave", "Leave"),
            ("end", "End Conversation"),
        ],
        required=True,
    )
    scope = fields.Selection(
        [
            ("livechat", "Live Chats"),
            ("internal", "Internal Conversations"),
            ("all", "Both"),
        ],
        string="Applies To",
        default="livechat",
        required=True,
    )
    group_ids = fields.Many2many(
        "res.groups",
        string="Groups",
        help="Who may run the command. Empty: everybody.",
    )

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        commands = super().create(vals_list)
        commands._notify_changed()
        return commands

    def write(self, vals):
        result = super().write(vals)
        self._notify_changed()
        return result

    def unlink(self):
        self._notify_changed()
        return super().unlink()

    # ------------------------------------------------------------
    # FIND
    # ------------------------------------------------------------

    def _get_names(self):
        """Return the folded name and aliases of this command, the name first."""
        self.ensure_one()
        aliases = (self.aliases or "").replace(",", " ").split()
        return list(dict.fromkeys(map(syntax.fold, [self.name, *aliases])))

    @api.model
    def _search_active(self):
        """Return the commands that are on, whatever the context asks for."""
        return self.search([("active", "=", True)])

    @api.model
    def _search_typable(self):
        """Return those that the current user can mean, permitted or not."""
        domain = Domain("active", "=", True) & self._get_typable_domain()
        return self.search(domain)

    @api.model
    def _find(self, name):
        """Return the active command with this folded name or alias, or nothing.

        Also one that is for other groups, which the user may not read: what it is
        called was typed, and running it is refused with the reason.
        """
        # sudo: discuss.command - names are compared with what was typed, not shown
        for command_sudo in self.sudo()._search_typable():
            if name and name in command_sudo._get_names():
                return command_sudo.sudo(False)
        return self.browse()

    @api.model
    def _get_all_names(self):
        """Return the folded names of all active commands, permitted or not.

        They decide what counts as a slip, so nobody's rights narrow them.
        """
        # sudo: discuss.command - names are compared with what was typed, not shown
        commands = self.sudo()._search_typable()
        return {name for command in commands for name in command._get_names()}

    @api.model
    def _get_available(self, channel):
        """Return the commands that the current user may run in ``channel`` now."""
        if channel._get_command_refusal():
            return self.browse()
        commands = self._search_active()
        return commands.filtered(lambda command: not command._refuse(channel))

    # ------------------------------------------------------------
    # FOR HANDLERS
    # ------------------------------------------------------------

    def _get_answer_extra(self, channel, reply):
        """Return further keys of the answer, for the browser. To be extended."""
        return dict(reply.extra)

    def _check_title(self, title):
        """Return ``title`` as one line of plain text.

        :raise CommandUsageError: when it is empty or longer than 250 characters
        """
        title = " ".join(title.split())
        if not title:
            raise CommandUsageError(self._get_usage())
        if len(title) > TITLE_LIMIT:
            raise CommandUsageError(
                self.env._(
                    "A title has %(limit)s characters at most, this one has"
                    " %(length)s. Shorten it and try again.",
                    limit=TITLE_LIMIT,
                    length=len(title),
                )
            )
        return title

    def _get_usage(self):
        """Return the sentence that asks for what is to be typed after the name."""
        if question := self._call_part("question"):
            return question
        if not self.argument_hint:
            return self.env._("What should follow /%(name)s?", name=self.name)
        return self.env._(
            "What should follow /%(name)s? Expected: %(argument)s",
            name=self.name,
            argument=self.argument_hint,
        )

    def _add_already_made(self, hint, record, name):
        """Return ``hint`` with the last record that was made from this conversation.

        :param record: with ``create_uid`` and ``create_date``, may be empty
        :param str name: what the record is called
        """
        if not record:
            return hint
        already = self.env._(
            "Already %(number)s, %(agent)s, %(time)s",
            number=as_label(name),
            agent=record.create_uid.name or self.env._("Unknown"),
            time=self.env["res.lang"]._format_when(record.create_date),
        )
        return f"{hint}{SEPARATOR}{already}"

    @api.model
    def _get_record_url(self, record):
        """Return the address of ``record`` in the backend."""
        model = record._name if "." in record._name else f"m-{record._name}"
        return f"/odoo/{model}/{record.id}"

    @api.model
    def _prepare_link(self, record):
        """Return the address of ``record`` in the backend, and its name."""
        name = as_label(record.display_name)
        return {"url": self._get_record_url(record), "name": name}

    # ------------------------------------------------------------
    # BROWSER
    # ------------------------------------------------------------

    def _to_store_defaults(self, target):
        return [
            "kind",
            "name",
            # The browser looks for words in them: texts, also where there is none.
            Store.Attr("argument_hint", lambda command: command.argument_hint or ""),
            Store.Attr("help", lambda command: command.help or ""),
            Store.Attr("aliases", lambda command: command._get_names()[1:]),
            Store.Attr(
                "has_choices", lambda command: bool(command._get_kind().choices)
            ),
            Store.Attr("adds", lambda command: command._get_kind().adds),
            Store.Attr("is_instant", lambda command: command._get_kind().is_instant),
            Store.Attr("tokens", lambda command: command._get_token_signs()),
            Store.Attr("is_seen", lambda command: command._get_kind().is_seen),
            Store.Attr(
                "needs_argument", lambda command: command._get_kind().needs_argument
            ),
            Store.Attr(
                "takes_title", lambda command: command._get_kind().argument == "title"
            ),
        ]

    def _notify_changed(self):
        """Tell browsers to ask again; what changed is not in the message."""
        for target in self._get_notified():
            target._bus_send("livechat_command/changed", {})

    def _get_notified(self):
        """Return whose browsers ask again when this changes: groups or users."""
        return self.env.ref("base.group_user")
