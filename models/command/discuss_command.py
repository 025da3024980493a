from odoo import api, fields, models
from odoo.tools import format_time

from odoo.addons.mail.tools.discuss import Store

from ...tools import syntax
from ...tools.errors import CommandUsageError
from ...tools.reply import Reply

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
        self._notify_changed()
        return commands

    def write(self, vals):
        result = super().write(vals)
        self._notify_changed()
        return result

    def unlink(self):
        self._notify_changed()
        return super().unlink()

    # ------------------------------------------------------------
    # DECLARE, FIND, AUTHORISE
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
    def _find(self, name):
        """Return the active command with this folded name or alias, or nothing."""
        for command in self._search_active():
            if name and name in command._get_names():
                return command
        return self.browse()

    @api.model
    def _get_all_names(self):
        """Return the folded names of all active commands, permitted or not.

        They decide what counts as a slip, so nobody's rights narrow them.
        """
        # sudo: discuss.command - names are compared with what was typed, not shown
        commands = self.sudo()._search_active()
        return {name for command in commands for name in command._get_names()}

    @api.model
    def _get_available(self, channel):
        """Return the commands that the current user may run in ``channel`` now."""
        if channel._get_command_refusal():
            return self.browse()
        commands = self._search_active()
        return commands.filtered(lambda command: not command._refuse(channel))

    def _get_refusal(self, channel):
        """Tell why the current user may not run this command in ``channel``.

        The list, running, buttons and Odoo's ``execute_command_*`` all ask here.

        :return: a sentence for the operator, or ``""`` where the command may be run
        """
        self.ensure_one()
        return channel._get_command_refusal() or self._refuse(channel)

    def _refuse(self, channel):
        """Tell what in this command, not in the conversation, is against running it."""
        if refusal := self._get_agent_refusal():
            return refusal
        is_livechat = channel.channel_type == "livechat"
        if self.scope == ("internal" if is_livechat else "livechat"):
            return self.env._("/%(name)s does not work here.", name=self.name)
        return self._call_kind("_get_refusal", channel) or ""

    def _get_agent_refusal(self):
        """Tell why the current user may run this command in no conversation at all.

        The form shows it to admins, so it speaks of no *you*.

        :return: a sentence, or ``""``
        """
        self.ensure_one()
        # The form asks before saving, when the groups are new records too.
        groups = self.group_ids._origin
        if groups and not groups & self.env.user.all_group_ids:
            return self.env._(
                "/%(name)s is for members of other groups.", name=self.name
            )
        return self._call_kind("_get_agent_refusal") or ""

    @api.model
    def _get_access_refusal(self, model_name, operation):
        """Tell why the current user may not do this with records of a model.

        :param str operation: ``"create"`` or ``"read"``
        :return: a sentence, or ``""``
        """
        if self.env[model_name].has_access(operation):
            return ""
        label = self._get_label_of(model_name, self.env.lang)
        if operation == "create":
            return self.env._(
                "No right to create “%(model)s” records. Ask an administrator for it.",
                model=label,
            )
        return self.env._(
            "No right to read “%(model)s” records. Ask an administrator for it.",
            model=label,
        )

    def _call_kind(self, prefix, *args):
        """Call ``<prefix>_<kind>`` if the kind has such a method."""
        method = getattr(self, f"{prefix}_{self.kind}", None)
        return method(*args) if method else None

    def _get_hint(self, channel):
        """Return the sentence of the hint line: for whom, and what is already there."""
        self.ensure_one()
        return self._call_kind("_get_hint", channel) or ""

    # ------------------------------------------------------------
    # DEFINED BY ADMINS
    # ------------------------------------------------------------

    @api.model
    def _get_definable_kinds(self):
        """Return the kinds that an admin chooses from; the others are built in.

        To be extended by whoever adds a kind that is defined by filling in a form.
        """
        return []

    @api.model
    def _get_definition_fields(self):
        """Return the names of the fields that say what a command does."""
        return ["kind"]

    def _get_problem(self):
        """Tell what is wrong with the definition itself, whoever runs it and where.

        Saving, the list of commands, running and the form ask here. A kind may have
        ``_get_problem_<kind>()``, without queries, and ``_get_saving_problem_<kind>()``
        for what only saving should ask.

        :return: a sentence for the admin, or ``""``
        """
        self.ensure_one()
        return self._call_kind("_get_problem") or ""

    # ------------------------------------------------------------
    # RUN
    # ------------------------------------------------------------

    def _run(self, channel, argument):
        """Do what this command is for, as the current user.

        :return: a :class:`~...tools.reply.Reply`
        :raise CommandError: with the sentence for the operator
        """
        self.ensure_one()
        return getattr(self, f"_run_{self.kind}")(channel, argument)

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

    def _add_already_made(self, hint, record, name):
        """Return ``hint`` with the last record that was made from this conversation.

        :param record: with ``create_uid`` and ``create_date``, may be empty
        :param str name: what the record is called
        """
        if not record:
            return hint
        already = self.env._(
            "Already %(number)s, %(agent)s, %(time)s",
            number=name,
            agent=record.create_uid.name,
            time=format_time(self.env, record.create_date, time_format="short"),
        )
        return f"{hint} · {already}"

    def _get_usage(self):
        """Return the sentence that says what to type."""
        return self.env._(
            "Type /%(name)s followed by: %(argument)s",
            name=self.name,
            argument=self.argument_hint or "",
        )

    def _run_help(self, channel, argument):
        return Reply(
            "livechat_command.answer_help",
            {
                "commands": self._get_available(channel),
                "is_livechat": channel.channel_type == "livechat",
            },
            is_volatile=True,
        )

    def _run_history(self, channel, argument):
        is_online = channel._is_visitor_online()
        if is_online:
            channel.execute_command_history()
        return Reply(
            "livechat_command.answer_history",
            {"is_online": is_online, "parts": self._get_history_parts(channel)},
            is_volatile=True,
            extra={"awaits_history": is_online},
        )

    def _get_history_parts(self, channel):
        """Return what the server knows of the visitor's pages; bridges extend.

        :return: a list of dicts with ``title`` (what this part is) and ``pages``, a
            list of dicts with ``path``, ``title`` and ``date`` (local time as text)
        """
        return []

    def _run_note(self, channel, argument):
        if not argument:
            raise CommandUsageError(self._get_usage())
        channel._add_note(argument)
        return Reply("livechat_command.answer_note", {"note": argument})

    def _run_leave(self, channel, argument):
        if channel.channel_type != "livechat" or channel.livechat_end_dt:
            channel.execute_command_leave()
            return Reply("livechat_command.answer_left", extra={"left": True})
        if argument:
            channel._add_note(argument)
        channel._leave_open()
        return Reply(
            "livechat_command.answer_left",
            {"visitor": channel._get_visitor_name()},
            extra={"left": True, "can_rejoin": channel._has_answered()},
        )

    def _get_hint_leave(self, channel):
        return channel._get_leave_hint()

    def _run_end(self, channel, argument):
        channel._end_by_agent()
        return Reply("livechat_command.answer_end")

    def _get_refusal_end(self, channel):
        if channel.livechat_end_dt:
            return self.env._("This conversation has already ended.")
        return ""

    # ------------------------------------------------------------
    # BROWSER
    # ------------------------------------------------------------

    def _to_store_defaults(self, target):
        counts = self.env["discuss.command.run"]._get_use_counts(self)
        return [
            "argument_hint",
            "help",
            "kind",
            "name",
            Store.Attr("aliases", lambda command: command._get_names()[1:]),
            Store.Attr(
                "takes_title", lambda command: bool(command._call_kind("_takes_title"))
            ),
            Store.Attr("use_count", lambda command: counts.get(command.id, 0)),
        ]

    @api.model
    def _notify_changed(self):
        """Tell all browsers to ask again; what changed is not in the message."""
        self.env.ref("base.group_user")._bus_send("livechat_command/changed", {})
