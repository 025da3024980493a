import json
import uuid
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ...tools import syntax

RETENTION_DAYS = 365
ANSWER_DAYS = 1
GC_LIMIT = 10_000


class DiscussCommandRun(models.Model):
    """One request to run a command: claimed before anything is done, then the log.

    Nobody has write access: :meth:`_answer_once` and :meth:`undo` write, after checks
    of their own, and ``_bar_undo`` marks what can no longer be taken back.
    """

    _name = "discuss.command.run"
    _description = "Live Chat Command Run"
    _order = "id desc"
    _rec_name = "command_name"

    user_id = fields.Many2one(
        "res.users", "Agent", required=True, ondelete="cascade", readonly=True
    )
    request_id = fields.Char(required=True, readonly=True, groups="base.group_system")
    # The name of a conversation is not for everybody who may see the log.
    channel_id = fields.Many2one(
        "discuss.channel",
        ondelete="set null",
        index="btree_not_null",
        readonly=True,
        groups="base.group_system",
    )
    conversation_id = fields.Many2one(
        "discuss.channel",
        compute="_compute_conversation_id",
        search="_search_conversation_id",
        help="Where it was run, for those who may read that conversation.",
    )
    command_id = fields.Many2one(
        "discuss.command", ondelete="set null", index="btree_not_null", readonly=True
    )
    command_name = fields.Char("Name", readonly=True)
    argument = fields.Text(readonly=True)
    parent_id = fields.Many2one(
        "discuss.command.run",
        "Part Of",
        ondelete="cascade",
        index="btree_not_null",
        readonly=True,
        help="The run of lines that this was a line of.",
    )
    part_ids = fields.One2many("discuss.command.run", "parent_id", "Parts")
    outcome = fields.Selection(
        [
            ("done", "Done"),
            ("usage", "Argument Missing"),
            ("unknown", "Unknown"),
            ("refused", "Refused"),
            ("failed", "Failed"),
            ("undone", "Undone"),
        ],
        readonly=True,
    )
    res_model = fields.Char("Record Model", readonly=True)
    res_id = fields.Many2oneReference(
        "Record ID", model_field="res_model", readonly=True
    )
    record_name = fields.Char("Record", compute="_compute_record_name")
    # The answer may name records that a Live Chat manager may not read: it serves the
    # repeats of its own user's request, through _answer_once alone, for a day.
    answer = fields.Text(readonly=True, groups=fields.NO_ACCESS)
    # What taking it back has to know, and what makes that impossible.
    undo_values = fields.Text(readonly=True, groups=fields.NO_ACCESS)
    undo_barrier = fields.Char(readonly=True, groups=fields.NO_ACCESS)

    _user_request_unique = models.UniqueIndex("(user_id, request_id)")
    _create_date_index = models.Index("(create_date)")
    _answer_date_index = models.Index("(create_date) WHERE answer IS NOT NULL")

    @api.depends("channel_id")
    @api.depends_context("uid")
    def _compute_conversation_id(self):
        # sudo: discuss.command.run - the link alone; what it shows is asked below
        runs_sudo = self.sudo()
        readable = runs_sudo.channel_id.with_env(self.env)._filtered_access("read")
        for run, run_sudo in zip(self, runs_sudo, strict=True):
            run.conversation_id = run_sudo.channel_id & readable

    @api.model
    def _search_conversation_id(self, operator, value):
        """Find runs in conversations that the current user may read."""
        if operator not in ("any", "in"):
            return NotImplemented
        domain = value if operator == "any" else [("id", "in", value)]
        channels = self.env["discuss.channel"]._search(domain)
        # sudo: discuss.command.run - the link alone; the rules of the log come after
        runs = self.sudo()._search([("channel_id", "in", channels)])
        return [("id", "in", runs)]

    @api.depends("res_model", "res_id")
    @api.depends_context("uid")
    def _compute_record_name(self):
        """Name the record that was made or added to, to those who may read it."""
        for model, runs in self.grouped("res_model").items():
            # A record of a model whose app was removed cannot be read.
            records = self.env[model if model in self.env else self._name]
            if model in self.env:
                records = records.browse(runs.mapped("res_id")).exists()
            names = {
                record.id: record.display_name
                for record in records._filtered_access("read")
            }
            for run in runs:
                run.record_name = names.get(run.res_id, False)

    def _get_typed_line(self):
        """Return what was typed: the command's name and what followed."""
        return f"{self.command_name} {self.argument or ''}".strip()

    def action_open_record(self):
        """Open the record, with the rights of the current user."""
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
        runs = self._search_older("create_date", days)
        runs.unlink()
        return len(runs), len(runs) == GC_LIMIT

    @api.autovacuum
    def _gc_answers(self):
        """Forget answers, with the names and texts in them, after a day.

        They serve requests that are sent again. One that comes later still does nothing
        twice: its row says that it was done.
        """
        runs = self._search_older("answer", ANSWER_DAYS)
        parts = runs.part_ids | runs.part_ids.part_ids
        (runs | parts).write({"answer": False, "undo_values": False})
        return len(runs), len(runs) == GC_LIMIT

    def _search_older(self, field, days):
        """Return the oldest rows that have ``field`` and are older than ``days``."""
        limit = fields.Datetime.now() - timedelta(days=days)
        return self.search(
            [("create_date", "<", limit), (field, "!=", False)],
            limit=GC_LIMIT,
            order="create_date",
        )

    # ------------------------------------------------------------
    # CLAIM
    # ------------------------------------------------------------

    def _claim(self, request_id):
        """Return the locked row of this user's request, made if it is the first.

        Inserted before anything is done: of two transactions with the same id the later
        waits on the index, then fails to serialize, is retried by Odoo and finds the
        answer. The ORM has neither ``ON CONFLICT`` nor a lock that waits, hence SQL.

        :return: the row, and whether it was made now
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
            return self.browse(row[0]), True
        return self._lock(request_id), False

    def _lock(self, request_id):
        """Return the locked row of this user's request, or none."""
        self.env.cr.execute(
            SQL(
                """
                SELECT id FROM discuss_command_run
                 WHERE user_id = %s AND request_id = %s FOR UPDATE
                """,
                self.env.uid,
                syntax.clean(request_id),
            )
        )
        return self.browse(row[0] for row in self.env.cr.fetchall())

    def _reopen(self, values):
        """Return the row for ``values``: this one's request has changed nothing yet.

        It is this one where the same line is tried again. Another line with the same
        id gets a row of its own: what was tried before stays in the log.
        """
        if self._is_same_line(values):
            self._date_anew()
            return self
        request_id, self.request_id = self.request_id, uuid.uuid4().hex
        self.flush_recordset(["request_id"])
        return self._claim(request_id)[0]

    def _is_same_line(self, values):
        return (
            self.channel_id.id == values["channel_id"]
            and self.command_name == values["command_name"]
            and self.argument == (values["argument"] or False)
        )

    def _date_anew(self):
        """Date the row by this transaction, which is the one that does something.

        How long it can be undone, and what was made by it, is told by this date. The
        ORM does not write it, hence SQL.
        """
        self.env.cr.execute(
            SQL(
                "UPDATE discuss_command_run SET create_date = %s WHERE id = %s",
                self.env.cr.now(),
                self.id,
            )
        )
        self.invalidate_recordset(["create_date"])

    def _is_settled(self):
        """Tell whether the request was done before, and doing it again would change."""
        kind = self.command_id._get_kind()
        is_done = self.outcome in ("done", "undone")
        return is_done and not (kind and kind.only_reads)

    def _get_first_answer(self):
        """Return the answer that was given, or, after a day, that it was given."""
        if self.answer:
            return self._offer_undo(json.loads(self.answer))
        sentence = self.env._(
            "This was done already. You will find it under My Commands."
        )
        return {**self._word(sentence), "status": self.outcome, "name": False}
