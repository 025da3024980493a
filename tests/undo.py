"""Taking back, tested: by role and case, and by comparing whole databases."""

import json
import random
import uuid
from contextlib import contextmanager
from datetime import timedelta

from freezegun import freeze_time

from odoo.tools import SQL

from .common import LivechatCommandCase

# What a run leaves although it was undone: its log, the numbers that it used up, and
# what waits for browsers and scheduled actions.
LEFT = {
    "bus_bus",
    "discuss_command_run",
    "ir_cron_trigger",
    "ir_sequence",
    "ir_sequence_date_range",
}


# How many lines are run before they are taken back, the last one first.
RUNS = (1, 2, 5)


class UndoCase(LivechatCommandCase):
    """Runs commands and takes them back; others do so at later times."""

    def undo(self, request_id, user=None):
        runs = self.env["discuss.command.run"].with_user(user or self.operator)
        return runs.undo(request_id)

    def run_undoable(self, line, **kwargs):
        """Run ``line``, which must succeed and offer Undo; return id and answer."""
        request_id = uuid.uuid4().hex
        answer = self.run_command(line, request_id=request_id, **kwargs)
        self.assertStatus(answer, "done")
        self.assertTrue(answer.get("can_undo"), answer["body"])
        return request_id, answer

    def get_run(self, request_id):
        return self.env["discuss.command.run"].search([("request_id", "=", request_id)])

    @contextmanager
    def later(self, minutes=1):
        """What is done inside is done in a later transaction."""
        cr = self.env.cr
        self.env.flush_all()
        before = cr.now()
        with freeze_time(before + timedelta(minutes=minutes)):
            cr._now = before + timedelta(minutes=minutes)
            try:
                yield
                self.env.flush_all()
            finally:
                cr._now = before

    def assertUndone(self, request_id, user=None):
        answer = self.undo(request_id, user)
        self.assertEqual(answer["status"], "undone", answer["body"])
        self.assertEqual(self.get_run(request_id).outcome, "undone")
        return answer

    def assertStays(self, request_id, code, text="", user=None):
        """Check that a run is not undone, and what is said of it."""
        answer = self.undo(request_id, user)
        self.assertEqual(answer["status"], "refused", answer["body"])
        self.assertEqual(answer["code"], code, answer["sentence"])
        self.assertIn(text, answer["sentence"])
        self.assertFalse(self.get_run(request_id).filtered(_is_undone))
        return answer

    # ------------------------------------------------------------
    # RANDOM RUNS
    # ------------------------------------------------------------

    def check_random_undos(self, make_line, count, seed, left=()):
        """Undo ``count`` random runs, and compare the database before and after.

        :param make_line: function ``(rng)`` that returns a line
        :param left: further tables that keep what belongs to archived records
        """
        rng = random.Random(seed)
        database = Database(self.env, LEFT.union(left))
        undone = 0
        while undone < count:
            if not undone or rng.random() < 0.1:  # transcripts stay short
                self._say(self.channel, f"Message {undone}")
            database.look()
            requests = [
                self._run_random(make_line(rng)) for _ in range(rng.choice(RUNS))
            ]
            requests = [request_id for request_id in requests if request_id]
            for request_id in reversed(requests):
                self.assertUndone(request_id)
            undone += len(requests)
            self.assertEqual(database.find_differences(self._get_taken_back()), [])

    def _run_random(self, line):
        """Run ``line``, and return the id of the request if it changed something."""
        request_id = uuid.uuid4().hex
        answer = self.run_command(line, request_id=request_id)
        # Lines of lines of lines are not kept.
        if not line.startswith("/save"):
            self.assertStatus(answer, "done")
        return request_id if answer.get("can_undo") else None

    def _get_taken_back(self):
        """Return the records that were made and taken back, as (model, id)."""
        runs = self.env["discuss.command.run"].search([("outcome", "=", "undone")])
        return {(run.res_model, run.res_id) for run in runs if run.res_id}


def _is_undone(run):
    return run.outcome == "undone"


class Database:
    """All rows of all tables, compared before and after."""

    def __init__(self, env, left):
        self.env, self.left = env, left
        self.links = self._get_links()
        self.rows = {table: self._read(table) for table in self._get_tables()}

    def look(self):
        """Remember how the tables are that this transaction wrote to."""
        self.rows.update(self._read_written())

    def find_differences(self, taken_back):
        """Return what is other than at the last look, and hangs on no archived record.

        :param taken_back: the records that were archived, as (model, id)
        """
        kept, differences = {}, []
        for table, rows in self._read_written().items():
            before = self.rows.get(table, {})
            for key in before.keys() - rows.keys():
                differences.append(f"{table} lost {before[key]}")
            for key in before.keys() & rows.keys():
                if rows[key] != before[key]:
                    differences.append(f"{table}: {before[key]} is {rows[key]}")
            kept[table] = {
                key: json.loads(rows[key]) for key in rows.keys() - before.keys()
            }
        return differences + self._find_strangers(kept, taken_back)

    def _find_strangers(self, new, taken_back):
        """Return the new rows that hang on no record that was taken back."""
        own = {(self.env[model]._table, key) for model, key in taken_back}
        hanging = {
            (table, key)
            for table, rows in new.items()
            for key, row in rows.items()
            if _get_target(row) in taken_back or (table, key) in own
        }
        known = -1
        while known != len(hanging):
            known = len(hanging)
            for table, rows in new.items():
                for key, row in rows.items():
                    if any(
                        (target, row.get(column)) in hanging
                        for column, target in self.links.get(table, ())
                    ):
                        hanging.add((table, key))
        return [
            f"{table} has {row}"
            for table, rows in new.items()
            for key, row in rows.items()
            if (table, key) not in hanging
        ]

    def _get_tables(self):
        self.env.cr.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = current_schema"
        )
        return [table for (table,) in self.env.cr.fetchall()]

    def _get_links(self):
        self.env.cr.execute(
            """
            SELECT c.conrelid::regclass::text, a.attname, c.confrelid::regclass::text
              FROM pg_constraint c
              JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
             WHERE c.contype = 'f'
            """
        )
        links = {}
        for table, column, target in self.env.cr.fetchall():
            links.setdefault(table, []).append((column, target))
        return links

    def _read_written(self):
        """Read the tables that this transaction has written to."""
        self.env.flush_all()
        self.env.cr.execute(
            """
            SELECT relname FROM pg_stat_xact_user_tables
             WHERE n_tup_ins + n_tup_upd + n_tup_del > 0
            """
        )
        tables = {table for (table,) in self.env.cr.fetchall()} - self.left
        return {table: self._read(table) for table in tables}

    def _read(self, table):
        """Return the rows as JSON, without who wrote them last and when.

        By id, or by themselves where they have none.
        """
        row = SQL("to_jsonb(t) - 'write_date' - 'write_uid'")
        query = SQL(
            "SELECT %s->'id', (%s)::text FROM %s t", row, row, SQL.identifier(table)
        )
        self.env.cr.execute(query)
        return {key or text: text for key, text in self.env.cr.fetchall()}


def _get_target(row):
    return (row.get("res_model") or row.get("model"), row.get("res_id"))
