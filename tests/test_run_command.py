from unittest.mock import patch

from odoo.tests import new_test_user
from odoo.tools import mute_logger

from ..tools.errors import CommandFailedError
from .common import LivechatCommandCase

RUN = "odoo.addons.livechat_command.models.command.kind_note.DiscussCommand._run_note"


class TestRunCommand(LivechatCommandCase):
    def _get_run(self, request_id):
        return self.env["discuss.command.run"].search([("request_id", "=", request_id)])

    def test_help_lists_what_may_be_run(self):
        answer = self.run_command("/help")
        self.assertStatus(answer, "done", "/note")
        self.assertEqual(answer["name"], "help")

    def test_name_without_case_and_accents(self):
        self.assertStatus(self.run_command("/Hélp"), "done")

    def test_alias(self):
        self.env.ref("livechat_command.discuss_command_note").aliases = "memo, n"
        self.assertEqual(self.run_command("/memo Likes tea")["name"], "note")
        self.assertEqual(self.run_command("/n Likes coffee")["name"], "note")

    def test_unknown_names_the_nearest(self):
        answer = self.run_command("/nota Likes tea", request_id="request-1")
        self.assertStatus(answer, "unknown", "Did you mean /note?")
        run = self._get_run("request-1")
        self.assertEqual(run.command_name, "/nota")
        self.assertFalse(run.argument)

    def test_missing_argument(self):
        self.assertStatus(
            self.run_command("/note   "), "usage", "What should the note say?"
        )

    def test_done_is_recorded(self):
        self.run_command("/note Likes tea", request_id="request-1")
        run = self._get_run("request-1")
        self.assertEqual(run.outcome, "done")
        self.assertEqual(run.argument, "Likes tea")
        self.assertEqual(run.channel_id, self.channel)
        self.assertEqual(run.user_id, self.operator)

    def test_same_request_does_nothing_twice(self):
        first = self.run_command("/note Likes tea", request_id="request-1")
        note = self.channel.livechat_note
        self.assertEqual(
            self.run_command("/note Likes tea", request_id="request-1"), first
        )
        self.assertEqual(self.channel.livechat_note, note)

    def test_same_request_of_another_user_is_another(self):
        other = self._new_operator("other")
        self.channel._add_members(users=other)
        self.run_command("/note Likes tea", request_id="request-1")
        answer = self.run_command("/help", user=other, request_id="request-1")
        self.assertNotIn("Likes tea", answer["body"])
        self.assertEqual(answer["name"], "help")

    def test_repeat_after_leaving_gives_the_first_answer(self):
        colleague = new_test_user(self.env, "colleague", groups="base.group_user")
        self.channel._add_members(users=colleague)
        first = self.run_command("/leave", user=colleague, request_id="request-1")
        self.assertStatus(first, "done")
        self.assertEqual(
            self.run_command("/leave", user=colleague, request_id="request-1"), first
        )

    def test_failed_request_can_be_retried(self):
        def fail(*args):
            raise CommandFailedError("The moon is full.")

        with patch(RUN, fail):
            answer = self.run_command("/note Tea", request_id="request-1")
        self.assertStatus(answer, "failed", "The moon is full.")
        self.assertEqual(self._get_run("request-1").argument, "Tea")
        self.assertStatus(self.run_command("/note Tea", request_id="request-1"), "done")
        self.assertEqual(self._get_run("request-1").outcome, "done")

    def test_what_was_tried_stays_in_the_log(self):
        """Another line with the id of one that did nothing takes no row away."""
        reading = ("/help", "/history", "/help", "/help")
        for line in ("", "", "/nota x", "/note", *reading, "/note x"):
            self.run_command(line, request_id="request-1")
        runs = self.env["discuss.command.run"].search(
            [("user_id", "=", self.operator.id)], order="id"
        )
        self.assertEqual(
            [(run.command_name or "", run.argument, run.outcome) for run in runs],
            [
                ("", False, "unknown"),
                ("/nota", False, "unknown"),
                ("/note", False, "usage"),
                ("/help", False, "done"),
                ("/history", False, "done"),
                ("/help", False, "done"),
                ("/note", "x", "done"),
            ],
        )
        self.assertEqual(self._get_run("request-1"), runs[-1])
        self.assertStatus(self.run_command("/help", request_id="request-1"), "done")
        self.assertEqual(self._get_run("request-1").command_name, "/note")

    def test_failure_undoes_everything(self):
        def fail(command, channel, argument):
            channel._add_note(argument)
            channel.env.cr.postcommit.add(lambda: None)
            raise ZeroDivisionError

        length = len(self.env.cr.postcommit)
        with (
            patch(RUN, fail),
            mute_logger(
                "odoo.addons.livechat_command.models.command.discuss_command_run_answer"
            ),
        ):
            answer = self.run_command("/note Tea")
        self.assertStatus(answer, "failed", "nothing was done")
        self.assertFalse(self.channel.livechat_note)
        self.assertEqual(len(self.env.cr.postcommit), length)

    def test_bad_requests_get_a_sentence(self):
        for request_id in (None, 7, "short", "x" * 65, ["request-1"]):
            with self.subTest(request_id=request_id):
                answer = self.channel.with_user(self.operator).run_command(
                    "/help", request_id
                )
                self.assertStatus(answer, "refused", "id")
        self.assertStatus(self.run_command(None), "refused")

    def test_bad_lines_get_a_sentence(self):
        for line in (
            "",
            "/",
            "/ helpdesk x",
            "help",
            "   ",
            "//help",
            "\x00",
            "/\ud800",
        ):
            with self.subTest(line=line):
                self.assertStatus(self.run_command(line), "unknown")
        self.assertStatus(self.run_command("/note " + "x" * 100_000), "usage", "20000")

    def test_notes_are_full_some_day(self):
        """Each is stored, cleaned and kept for Undo with all that were there before."""
        answers = [self.run_command(f"/note {'x' * 15_000}") for _note in range(4)]
        self.assertEqual([each["status"] for each in answers[:3]], ["done"] * 3)
        self.assertStatus(answers[3], "failed", "full: they have 50000 characters")
        self.assertStatus(self.run_command("/note Short"), "done")
        answer = self.run_command(f"/leave {'x' * 15_000}")
        self.assertStatus(answer, "failed", "full")
        self.assertIn(self.operator.partner_id, self.channel.channel_partner_ids)

    def test_what_was_typed_is_text(self):
        answer = self.run_command("/note <img src=x onerror=alert(1)>\x00")
        self.assertStatus(answer, "done", "&lt;img src=x onerror=alert(1)&gt;")
        self.assertNotIn("<img", self.channel.livechat_note)
        answer = self.run_command("/<b>x</b>")
        self.assertNotIn("<b>", answer["body"])

    def test_unreadable_and_missing_conversation_read_the_same(self):
        stranger = new_test_user(self.env, "stranger", groups="base.group_user")
        missing = self.env["discuss.channel"].browse(self.channel.id + 1_000_000)
        answers = [
            self.run_command("/help", user=stranger, channel=channel)
            for channel in (self.channel, missing)
        ]
        self.assertEqual(*answers)
        self.assertStatus(answers[0], "refused", "not open to you")

    def test_ids_that_are_none_get_a_sentence(self):
        for ids in (("x",), (None,), (1.5,), (2**40,), (self.channel.id, 1)):
            with self.subTest(ids=ids):
                channel = self.env["discuss.channel"].browse(ids)
                answer = self.run_command("/help", channel=channel)
                self.assertStatus(answer, "refused", "not open to you")

    def test_group_decides(self):
        command = self.env.ref("livechat_command.discuss_command_note")
        command.group_ids = self.env.ref("im_livechat.im_livechat_group_manager")
        self.assertNotIn("note", self.get_offered())
        self.assertStatus(self.run_command("/note x"), "refused", "other groups")

    def test_switched_off_is_unknown(self):
        self.env.ref("livechat_command.discuss_command_note").active = False
        self.assertNotIn("note", self.get_offered())
        self.assertStatus(self.run_command("/note x"), "unknown")

    def test_switched_off_whatever_the_context_asks_for(self):
        self.env.ref("livechat_command.discuss_command_note").active = False
        channel = self.channel.with_context(active_test=False)
        self.assertStatus(self.run_command("/note x", channel=channel), "unknown")
        self.assertNotIn("note", self.get_offered(channel=channel))

    def test_nothing_reaches_the_conversation(self):
        messages = self.channel.message_ids
        for line in ("/help", "/note Secret", "/histori", "/history", "/note"):
            self.run_command(line)
        self.assertEqual(self.channel.message_ids, messages)
