"""Lines that fail anywhere, in any way: nothing of them is left."""

import os
import uuid
from itertools import cycle, islice, product
from unittest.mock import patch

from psycopg2 import errors

from odoo.exceptions import ConcurrencyError, UserError
from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from ..tools.errors import CommandFailedError
from ..tools.transaction import RETRIED, undoing
from .common import LivechatCommandCase

# How many times something fails; each error once at each place is 48.
FAILURES = int(os.environ.get("LINE_FAILURES") or 48)
RUN_LOGGER = "odoo.addons.livechat_command.models.command.discuss_command_run_answer"
LINES = ("_run_create", "_run_note", "_run_tag")


def _break_a_rule(cr):
    cr.execute("INSERT INTO res_partner_category (name) VALUES (NULL)")


def _divide(cr):
    cr.execute("SELECT 1 / 0")


def _raise(error):
    def fail(cr):
        raise error

    return fail


# What Odoo answers by another try of the whole request, and what it does not.
PASSED_ON = (
    _raise(errors.SerializationFailure()),
    _raise(errors.DeadlockDetected()),
    _raise(ConcurrencyError()),
)
FINAL = (
    _raise(UserError("No.")),
    _raise(CommandFailedError("No.")),
    _raise(ValueError("broken")),
    _break_a_rule,
    _divide,
)


class _RolledBack(Exception):
    """Odoo undoes the whole request, and would now try it again."""


@tagged("post_install", "-at_install")
class TestLinesFailures(LivechatCommandCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.operator.group_ids += cls.env.ref("base.group_partner_manager")
        cls.env["im_livechat.conversation.tag"].create({"name": "zz-refund"})
        cls._say(cls.channel, "Hello?")
        commands = cls.env["discuss.command"]
        commands.create(
            {
                "name": "contact",
                "kind": "create",
                "model_name": "res.partner",
                "transcript_field": "comment",
            }
        )
        commands.create(
            {
                "name": "all",
                "kind": "lines",
                "lines": "/contact Of {argument}\n/note Of {argument}\n/tag zz-refund",
            }
        )

    def setUp(self):
        super().setUp()
        self.env.cr.flush()
        self.tables = self._get_tables()

    def _get_tables(self):
        """Return the tables that hold what is made, not what the addons are made of."""
        self.env.cr.execute(
            SQL(
                """
                SELECT tablename FROM pg_tables
                 WHERE schemaname = 'public'
                   AND tablename !~ '^(ir_(model|ui|module)|res_(country|lang))'
                   AND tablename <> 'discuss_command_run'
                """
            )
        )
        return [name for [name] in self.env.cr.fetchall()]

    def _get_state(self):
        """Return how many rows each table has, and the sum of their hashes."""
        # What waits for the commit is rows, too.
        self.env.cr.flush()
        query = SQL(" UNION ALL ").join(
            SQL(
                "SELECT %s, count(*), sum(hashtextextended(t::text, 0)) FROM %s t",
                table,
                SQL.identifier(table),
            )
            for table in self.tables
        )
        self.env.cr.execute(query)
        return {table: rest for table, *rest in self.env.cr.fetchall()}

    def _get_waiting(self):
        return len(self.env.cr.postcommit._funcs)

    def _injecting(self, line, position, fail):
        """Have the method of this line fail, before or after it did its work."""
        commands = self.registry["discuss.command"]
        work = getattr(commands, line)

        def run(command, *args):
            if position == "before":
                fail(self.env.cr)
            reply = work(command, *args)
            command.env.cr.postcommit.add(lambda: None)
            if position == "after":
                fail(self.env.cr)
            return reply

        return patch.object(commands, line, run)

    def _get_places(self):
        places = product(LINES, ("before", "after"), (*FINAL, *PASSED_ON))
        return islice(cycle(places), FAILURES)

    @mute_logger("odoo.sql_db", RUN_LOGGER)
    def test_nothing_is_half_done(self):
        before, waiting = self._get_state(), self._get_waiting()
        count = 0
        for line, position, fail in self._get_places():
            request_id = uuid.uuid4().hex
            with self._injecting(line, position, fail):
                if fail in PASSED_ON:
                    self._assert_passed_on(request_id)
                else:
                    self._assert_told(request_id)
            self.assertEqual(self._get_state(), before, (line, position, fail))
            self.assertEqual(self._get_waiting(), waiting, (line, position, fail))
            count += 1
        self.assertEqual(count, FAILURES)

    def _run(self, request_id):
        return self.run_command("/all 4711", request_id=request_id)

    def _assert_told(self, request_id):
        """The answer names the line, and the log holds the whole, once."""
        answer = self._run(request_id)
        self.assertStatus(answer, "failed", "Nothing was done. Line ")
        self.assertFalse({"composer_response", "record"} & answer.keys())
        run = self.env["discuss.command.run"].search([], limit=1)
        self.assertEqual((run.request_id, run.outcome), (request_id, "failed"))
        self.assertFalse(run.part_ids)
        run.unlink()

    def _assert_passed_on(self, request_id):
        """Odoo rolls back and tries the whole request again: not even a log is left."""
        count = self.env["discuss.command.run"].search_count([])
        with self.assertRaises(_RolledBack):
            with undoing(self.env.cr):
                try:
                    self._run(request_id)
                except RETRIED as error:
                    raise _RolledBack from error
        self.assertEqual(self.env["discuss.command.run"].search_count([]), count)

    def test_next_try_does_it_once(self):
        """As Odoo does: the same request again, after what made it fail has passed."""
        request_id = uuid.uuid4().hex
        for fail in PASSED_ON:
            with self._injecting("_run_tag", "after", fail):
                self._assert_passed_on(request_id)
        answers = [self._run(request_id) for _time in range(2)]
        self.assertStatus(answers[0], "done", "Of 4711")
        self.assertEqual(*answers)
        made = self.env["res.partner"].search_count([("name", "=", "Of 4711")])
        self.assertEqual(made, 1)
