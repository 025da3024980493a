import json
import logging
from datetime import timedelta

import psycopg2
from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import (
    AccessError,
    ConcurrencyError,
    UserError,
)
from odoo.tools import SQL

from ...tools import syntax
from ...tools.errors import (
    CommandError,
    CommandFailedError,
    CommandRefusedError,
    CommandUnknownError,
    CommandUsageError,
)
from ...tools.sudo import clean_sudo

_logger = logging.getLogger(__name__)

REQUEST_ID_LENGTH = range(8, 65)
RETENTION_DAYS = 365
GC_LIMIT = 10_000


class DiscussCommandRun(models.Model):
    """One request to run a command: claimed before anything is done, then the log.

    Nobody has write access; only :meth:`_handle` writes, after its own checks.
    """

    _name = "discuss.command.run"
    _description = "Live Chat Command Run"
    _order = "id desc"
    _rec_name = "command_name"

    user_id = fields.Many2one(
        "res.users", "Agent", required=True, ondelete="cascade", readonly=True
    )
    request_id = fields.Char(required=True, readonly=True, groups="base.group_system")
    channel_id = fields.Many2one(
        "discuss.channel",
        "Conversation",
        ondelete="set null",
        index="btree_not_null",
        readonly=True,
    )
    command_id = fields.Many2one(
        "discuss.command", ondelete="set null", index="btree_not_null", readonly=True
    )
    command_name = fields.Char("Name", readonly=True)
    argument = fields.Text(readonly=True)
    outcome = fields.Selection(
        [
            ("done", "Done"),
            ("usage", "Argument Missing"),
            ("unknown", "Unknown"),
            ("refused", "Refused"),
            ("failed", "Failed"),
        ],
        readonly=True,
    )
    res_model = fields.Char("Record Model", readonly=True)
    res_id = fields.Many2oneReference("Record", model_field="res_model", readonly=True)
    record_ref = fields.Reference(
        "_selection_record_models", "Created", compute="_compute_record_ref"
    )
    # The answer may name records that a Live Chat manager may not read: it serves the
    # repeats of its own user's request, through _handle alone.
    answer = fields.Text(readonly=True, groups=fields.NO_ACCESS)

    _user_request_unique = models.UniqueIndex("(user_id, request_id)")
    _create_date_index = models.Index("(create_date)")

    @api.depends("res_model", "res_id")
    def _compute_record_ref(self):
        for run in self:
            # A link to a model whose app was removed cannot be read, even as a name.
            has_record = run.res_id and run.res_model in self.env
            run.record_ref = f"{run.res_model},{run.res_id}" if has_record else False

    @api.model
    def _selection_record_models(self):
        groups = self._read_group([("res_model", "!=", False)], ["res_model"])
        IrModel = self.env["ir.model"]
        return [
            (name, IrModel._get(name).name) for (name,) in groups if name in self.env
        ]

    def action_open_record(self):
        """Open the record that was created, with the rights of the current user."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "res_model": self.res_model,
            "res_id": self.res_id,
            "views": [[False, "form"]],
        }

    @api.autovacuum
    def _gc_old_runs(self):
        """Remove what is older than the settings say, at least a day old."""
        # sudo: ir.config_parameter - one number
        text = (
            self.env["ir.config_parameter"]
            .sudo()
            .get_param("livechat_command.retention_days")
        )
        days = max(int(text), 1) if text and text.isdecimal() else RETENTION_DAYS
        limit = fields.Datetime.now() - timedelta(days=days)
        runs = self.search([("create_date", "<", limit)], limit=GC_LIMIT, order="id")
        runs.unlink()
        return len(runs), len(runs) == GC_LIMIT

    @api.model
    def _handle(self, channel, line, request_id):
        """Run ``line`` in ``channel`` once for ``request_id``, and return the answer.

        :param channel: a ``discuss.channel`` recordset, not yet checked
        :param str line: what the operator typed
        :param str request_id: 8 to 64 characters, chosen by the browser for this line
        :return: the dict that ``discuss.channel.run_command`` documents
        """
        if refusal := self._get_request_refusal(line, request_id):
            return self._prepare_answer("refused", refusal)
        # sudo: discuss.command.run - rows are of the current user and this request
        run_sudo = clean_sudo(self)._claim(request_id)
        if run_sudo.outcome == "done" and run_sudo.answer:
            return json.loads(run_sudo.answer)
        answer, values = self._perform(channel._get_requested(), line)
        run_sudo.write(values)
        return answer

    def _get_request_refusal(self, line, request_id):
        if not self.env.user._is_internal():
            return self.env._("Commands are for agents only.")
        if not isinstance(request_id, str) or len(request_id) not in REQUEST_ID_LENGTH:
            return self.env._("This request has no valid id. Reload the page.")
        if not isinstance(line, str):
            return self.env._("This request holds no text. Reload the page.")
        return ""

    def _claim(self, request_id):
        """Return the locked row of this user's request, made if it is the first.

        Inserted before anything is done: of two transactions with the same id the later
        waits on the index, then fails to serialize, is retried by Odoo and finds the
        answer. The ORM has neither ``ON CONFLICT`` nor a lock that waits, hence SQL.
        """
        request_id = syntax.clean(request_id)
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO discuss_command_run
                       (user_id, request_id, create_uid, create_date,
                        write_uid, write_date)
                VALUES (%(uid)s, %(request_id)s, %(uid)s, %(now)s, %(uid)s, %(now)s)
                ON CONFLICT (user_id, request_id) DO NOTHING
                RETURNING id
                """,
                uid=self.env.uid,
                request_id=request_id,
                now=self.env.cr.now(),
            )
        )
        if row := self.env.cr.fetchone():
            return self.browse(row[0])
        self.env.cr.execute(
            SQL(
                """
                SELECT id FROM discuss_command_run
                 WHERE user_id = %s AND request_id = %s FOR UPDATE
                """,
                self.env.uid,
                request_id,
            )
        )
        return self.browse(self.env.cr.fetchone()[0])

    # ------------------------------------------------------------
    # PERFORM
    # ------------------------------------------------------------

    def _perform(self, channel, line):
        """Parse, find, authorise and run.

        :return: the answer for the browser, and the values to record
        """
        command = self.env["discuss.command"]
        known = self.env["discuss.channel"]
        try:
            channel = known = channel._check_command_access()
            parsed = self._parse(line)
            command = self._find(channel, parsed.name)
            reply = self._run_in_savepoint(command, channel, parsed.argument)
        except CommandError as error:
            answer = self._prepare_answer(error.outcome, str(error), command)
            values = self._prepare_error_values(line, error)
        else:
            answer = self._prepare_done_answer(command, channel, reply)
            values = self._prepare_done_values(parsed, reply)
            values["answer"] = not reply.is_volatile and json.dumps(answer)
        return answer, {
            "channel_id": (known or channel.exists()).id,
            "command_id": command.id,
            "outcome": answer["status"],
            **values,
        }

    def _parse(self, line):
        if len(line) > syntax.MAX_LINE_LENGTH:
            raise CommandUsageError(
                self.env._(
                    "A command has %(limit)s characters at most, this one has"
                    " %(length)s. Shorten it and try again.",
                    limit=syntax.MAX_LINE_LENGTH,
                    length=len(line),
                )
            )
        parsed = syntax.parse(line)
        if not parsed or not parsed.name:
            raise CommandUnknownError(
                self.env._("Type / followed by the name of a command, such as /help.")
            )
        return parsed

    def _find(self, channel, name):
        """Return the command that may be run by ``name`` here.

        :raise CommandUnknownError: when no command has this name
        :raise CommandRefusedError: when it may not be run, with the reason
        """
        command = self.env["discuss.command"]._find(name)
        if not command:
            raise CommandUnknownError(self._get_unknown_sentence(channel, name))
        if refusal := command._get_refusal(channel):
            raise CommandRefusedError(refusal)
        return command

    def _get_unknown_sentence(self, channel, name):
        available = self.env["discuss.command"]._get_available(channel)
        names = [each for command in available for each in command._get_names()]
        if nearest := syntax.nearest(name, names):
            return self.env._(
                "There is no command /%(name)s here. Did you mean /%(nearest)s?",
                name=name[:64],
                nearest=nearest,
            )
        return self.env._(
            "There is no command /%(name)s here. Type /help to see them all.",
            name=name[:64],
        )

    def _run_in_savepoint(self, command, channel, argument):
        """Run the handler; when it fails, nothing that it began remains.

        A savepoint undoes rows and bus messages, not what was put off until after the
        commit (mails, web hooks): that is cut back here.

        :raise CommandError: whatever went wrong, as a sentence for the operator
        """
        postcommit_length = len(self.env.cr.postcommit)
        try:
            with self.env.cr.savepoint():
                return command._run(channel, argument)
        except (psycopg2.OperationalError, ConcurrencyError):
            raise  # Odoo retries the whole request
        except Exception as error:
            while len(self.env.cr.postcommit) > postcommit_length:
                self.env.cr.postcommit._funcs.pop()
            raise self._as_command_error(error) from error

    def _as_command_error(self, error):
        if isinstance(error, CommandError):
            return error
        if isinstance(error, AccessError):
            return CommandRefusedError(
                self.env._(
                    "You do not have the rights that this command needs."
                    " Ask an administrator for them."
                )
            )
        if isinstance(error, UserError):
            return CommandFailedError(str(error))
        if isinstance(error, psycopg2.IntegrityError):
            return CommandFailedError(self._get_integrity_sentence(error))
        _logger.error("A command failed unexpectedly", exc_info=error)
        return CommandFailedError(
            self.env._(
                "Something went wrong on the server, and nothing was done."
                " Try again; if it happens again, tell an administrator."
            )
        )

    def _get_integrity_sentence(self, error):
        """Return what Odoo says to a value that is missing or there twice."""
        table = error.diag.table_name
        model = next(
            (name for name, model in self.pool.items() if model._table == table), "base"
        )
        return self.env[model]._sql_error_to_message(error)

    # ------------------------------------------------------------
    # REPLY, RECORD
    # ------------------------------------------------------------

    def _prepare_answer(self, status, sentence, command=None):
        return {
            "status": status,
            "name": command.name if command else False,
            "body": Markup("<p class='mb-0'>%s</p>") % sentence,
        }

    def _prepare_done_answer(self, command, channel, reply):
        body = self.env["ir.qweb"]._render(reply.template, reply.values)
        answer = {
            **command._get_answer_extra(channel, reply),
            "status": "done",
            "name": command.name,
            "body": body,
        }
        if reply.record:
            answer["record"] = {
                "model": reply.record._name,
                "id": reply.record.id,
                "name": reply.record.display_name,
            }
        return answer

    def _prepare_error_values(self, line, error):
        """Of a refused or unknown line only its first word is kept."""
        is_kept = error.outcome in ("usage", "failed")
        return {
            "argument": is_kept and syntax.clean(line)[: syntax.MAX_LINE_LENGTH],
            "command_name": syntax.first_word(line),
        }

    def _prepare_done_values(self, parsed, reply):
        return {
            "argument": parsed.argument or False,
            "command_name": "/" + parsed.name,
            "res_model": reply.record._name if reply.record else False,
            "res_id": reply.record.id if reply.record else False,
        }

    @api.model
    def _get_use_counts(self, commands):
        """Return how often the current user ran each of ``commands``, by its id."""
        groups = self._read_group(
            [
                ("user_id", "=", self.env.uid),
                ("command_id", "in", commands.ids),
                ("outcome", "=", "done"),
            ],
            ["command_id"],
            ["__count"],
        )
        return {command.id: count for command, count in groups}
