import json
from unittest.mock import patch

from psycopg2.errors import QueryCanceled, SerializationFailure

from odoo.exceptions import RedirectWarning
from odoo.tools import mute_logger

from ..tools.reply import Reply
from .common import LivechatCommandCase

MODULE = "odoo.addons.livechat_command.models.command"
NOTE = f"{MODULE}.kind_note.DiscussCommand._run_note"
LOGGER = MODULE
QWEB = "odoo.addons.base.models.ir_qweb"


class TestAlwaysAnAnswer(LivechatCommandCase):
    """Whatever fails after a command did its work, the work stays and is told."""

    def _note(self, reply, line="/note Tea", request_id="request-1"):
        """Run /note with a handler that makes a note and returns ``reply``."""

        def run(command, channel, argument):
            channel._add_note(argument)
            return reply(command) if callable(reply) else reply

        with patch(NOTE, run), mute_logger(LOGGER, QWEB, "odoo.sql_db"):
            return self.run_command(line, request_id=request_id)

    def _check_done(self, answer, text):
        self.assertStatus(answer, "done", text)
        self.assertIn("Tea", self.channel.livechat_note)
        json.dumps(answer)
        run = self.env["discuss.command.run"].search([("request_id", "=", "request-1")])
        self.assertEqual(run.outcome, "done")

    def test_template_that_is_broken(self):
        record = self.operator.partner_id
        for template in ("livechat_command.no_such", "livechat_command.answer_created"):
            with self.subTest(template):
                answer = self._note(Reply(template, record=record), request_id=template)
                self.assertStatus(answer, "done", f"/odoo/res.partner/{record.id}")
                self.assertEqual(answer["record"]["id"], record.id)
        self._check_done(self._note(Reply("livechat_command.no_such")), "Done.")

    def test_repeat_gives_the_same_answer(self):
        reply = Reply("livechat_command.no_such", record=self.operator.partner_id)
        answer = self._note(reply)
        note = self.channel.livechat_note
        self.assertEqual(self._note(reply), answer)
        self.assertEqual(self.channel.livechat_note, note)

    def test_reply_that_raises(self):
        def fail(*args):
            raise ZeroDivisionError

        def cancel(command, *args):
            command.env.cr.execute("SET LOCAL statement_timeout = 1")
            command.env.cr.execute("SELECT pg_sleep(1)")

        Command = type(self.env["discuss.command"])
        for name, method in (("raises", fail), ("times out", cancel)):
            with self.subTest(name), patch.object(Command, "_get_answer_extra", method):
                answer = self._note(Reply("livechat_command.answer_end"))
                self._check_done(answer, "You ended")
                self.channel.livechat_note = False
                self.env["discuss.command.run"].search([]).unlink()

    def test_extra_that_no_browser_gets(self):
        reply = Reply("livechat_command.answer_end", extra={"when": object()})
        self._check_done(self._note(reply), "You ended")

    def test_name_of_the_record_that_raises(self):
        Partner = type(self.env["res.partner"])

        def fail(*args):
            raise ZeroDivisionError

        reply = Reply("livechat_command.answer_end", record=self.operator.partner_id)
        with patch.object(Partner, "_compute_display_name", fail):
            self.operator.partner_id.invalidate_recordset(["display_name"])
            answer = self._note(reply)
        self._check_done(answer, f"#{self.operator.partner_id.id}")

    def test_time_out_of_a_command_is_a_sentence(self):
        def cancel(command):
            command.env.cr.execute("SET LOCAL statement_timeout = 1")
            command.env.cr.execute("SELECT pg_sleep(1)")

        answer = self._note(cancel)
        self.assertStatus(answer, "failed", "nothing was done")
        self.assertEqual(answer["code"], "broken")
        self.assertFalse(self.channel.livechat_note)

    def test_warning_that_offers_a_way_out_is_its_sentence(self):
        sentence = "Configure a journal first."

        def fail(command):
            raise RedirectWarning(sentence, 1, "Go there")

        self.assertStatus(self._note(fail), "failed", sentence)

    def test_what_odoo_retries_is_left_to_it(self):
        def fail(command):
            raise SerializationFailure

        self.assertFalse(issubclass(QueryCanceled, SerializationFailure))
        with self.assertRaises(SerializationFailure):
            self._note(fail)

    def test_rule_that_raises_is_a_sentence(self):
        def fail(*args):
            raise ZeroDivisionError

        Channel = type(self.env["discuss.channel"])
        with patch.object(Channel, "_get_command_refusal", fail), mute_logger(LOGGER):
            self.assertStatus(self.run_command("/note Tea"), "failed", "nothing was")

    def test_what_waits_for_the_commit_is_undone_too(self):
        postcommit = self.env.cr.postcommit
        postcommit.data["test.kept"] = ["before"]
        self.addCleanup(postcommit.data.pop, "test.kept", None)

        def fail(command):
            postcommit.data["test.kept"].append("during")
            postcommit.data["test.new"] = {"during"}
            postcommit.add(lambda: None)
            raise ZeroDivisionError

        length = len(postcommit)
        self._note(fail)
        self.assertEqual(postcommit.data["test.kept"], ["before"])
        self.assertNotIn("test.new", postcommit.data)
        self.assertEqual(len(postcommit), length)

    def test_hostile_requests(self):
        for request_id in (["request-1"], {"a": 1}, True, 10**9, "\ud800" * 10):
            answer = self.channel.with_user(self.operator).run_command(
                "/help", request_id
            )
            self.assertIn(answer["status"], ("refused", "done"))
        for line in ("/" + "x" * 10**6, "x" * 10**6, "/note " + "\ud800" * 10**6):
            self.assertStatus(self.run_command(line), "usage", "20000")
        self.assertStatus(self.run_command("/note a\ud800b\x00c"), "done", "a b c")

    def test_context_of_the_browser_decides_nothing(self):
        def run(command, channel, argument):
            for records in (command, channel):
                self.assertFalse(
                    [key for key in records.env.context if key.startswith("default_")]
                )
            return Reply("livechat_command.answer_end")

        forged = {"default_res_model": "res.users", "default_name": "x"}
        with patch(NOTE, run):
            channel = self.channel.with_context(**forged)
            answer = self.run_command("/note Tea", channel=channel)
        self.assertStatus(answer, "done", "You ended")
