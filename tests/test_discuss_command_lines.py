import tracemalloc
from unittest.mock import patch

from odoo.exceptions import ValidationError
from odoo.tools import html2plaintext
from odoo.tools.safe_eval import safe_eval

from .lines import LinesCase


class TestLines(LinesCase):
    """Lines that are run as a whole."""

    def test_all_lines_run_in_order_and_the_reply_is_ready(self):
        answer = self.run_command("/refund 4711", user=self.creator)
        self.assertStatus(answer, "done", "Refund 4711")
        self.assertIn("zz-refund", answer["body"])
        self.assertEqual(answer["record"]["name"], "Refund 4711")
        self.assertTrue(self.channel.livechat_conversation_tag_ids)
        text = answer["composer_response"]["text"]
        self.assertEqual(text, "I made Refund 4711.")

    def test_failure_of_any_line_undoes_all_and_names_it(self):
        for lines, sentence in (
            (("/contact A", "/tag nothing"), "Line 2, /tag nothing: There is no tag"),
            (
                ("/contact A", "/note B", "/contact"),
                "Line 3, /contact: What should follow /contact?",
            ),
            (("/status help", "/tag zz-refund", "/tag x"), "Line 3, /tag x"),
        ):
            with self.subTest(lines=lines):
                self.lines.lines = "\n".join(lines)
                before = self._get_state()
                answer = self.run_command("/refund", user=self.creator)
                self.assertStatus(answer, "failed", "Nothing was done")
                self.assertIn(sentence, answer["body"])
                self.assertNotIn("composer_response", answer)
                self.assertEqual(self._get_state(), before)

    def test_each_line_has_the_rights_of_who_runs_it(self):
        before = self._get_state()
        answer = self.run_command("/refund 4711", user=self.operator)
        self.assertStatus(answer, "failed", "Line 1")
        self.assertIn("No right to create", answer["body"])
        self.assertEqual(answer["code"], "no_right_to_create")
        self.assertEqual(self._get_state(), before)

    def test_unexpected_failure_is_undone_too(self):
        before = self._get_state()
        command = self.registry["discuss.command"]
        with (
            patch.object(command, "_run_tag", side_effect=ValueError("broken")),
            self.assertLogs("odoo.addons.livechat_command", "ERROR"),
        ):
            answer = self.run_command("/refund 4711", user=self.creator)
        self.assertStatus(answer, "failed", "Line 2")
        self.assertEqual(self._get_state(), before)

    def test_same_request_is_done_once(self):
        answers = [
            self.run_command("/refund 4711", user=self.creator, request_id="request-1")
            for _time in range(2)
        ]
        self.assertEqual(*answers)
        found = self.env["res.partner"].search_count([("name", "=", "Refund 4711")])
        self.assertEqual(found, 1)

    def test_log_holds_the_whole_and_its_parts(self):
        self.run_command("/refund 4711", user=self.creator)
        runs = self.env["discuss.command.run"].search(
            [("user_id", "=", self.creator.id)]
        )
        whole = runs.filtered(lambda run: not run.parent_id)
        self.assertEqual(whole.mapped("command_name"), ["/refund"])
        self.assertEqual(whole.record_name, "Refund 4711")
        names = whole.part_ids.mapped("command_name")
        self.assertCountEqual(names, ["/contact", "/tag"])
        self.assertEqual(set(whole.part_ids.mapped("outcome")), {"done"})
        self.assertEqual(runs, whole + whole.part_ids)

    def test_reports_count_the_whole_once(self):
        self.run_command("/refund 4711", user=self.creator)
        for name in ("report", "own"):
            action = self.env.ref(f"livechat_command.discuss_command_run_action_{name}")
            domain = safe_eval(action.domain, {"uid": self.creator.id})
            runs = self.env["discuss.command.run"].search(domain)
            self.assertEqual(runs.mapped("command_name"), ["/refund"])

    def test_lines_run_in_their_order(self):
        self._new_lines("both", "/note First {argument}", "/note Second")
        self.run_command("/both one")
        note = html2plaintext(self.channel.livechat_note)
        self.assertLess(note.index("First one"), note.index("Second"))

    def test_argument_is_asked_for_and_refused_where_it_has_no_place(self):
        self.assertStatus(self.run_command("/refund", user=self.creator), "usage")
        self._new_lines("mark", "/tag zz-refund")
        answer = self.run_command("/mark this")
        self.assertStatus(answer, "usage", "takes nothing")
        self.assertStatus(self.run_command("/mark"), "done")

    def test_argument_is_put_in_once_and_is_one_line(self):
        self._new_lines("keep", "/note {argument}")
        answer = self.run_command("/keep {argument} /end")
        self.assertStatus(answer, "done", "{argument} /end")
        self.assertFalse(self.channel.livechat_end_dt)

    def test_long_argument_in_many_places_is_refused_before_it_is_put_in(self):
        line = f"/note {'{argument}' * 1900}"
        self._new_lines("long", *(line,) * 10)
        tracemalloc.start()
        answer = self.run_command(f"/long {'x' * 19_000}")
        _now, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        self.assertStatus(answer, "usage", "A command has 20000 characters at most")
        self.assertLess(peak, 10_000_000)

    def test_last_line_may_leave(self):
        self._new_lines("bye", "/note Done", "/leave")
        answer = self.run_command("/bye")
        self.assertStatus(answer, "done")
        self.assertTrue(answer["left"])
        self.assertNotIn(self.operator.partner_id, self.channel.channel_partner_ids)

    def test_what_a_line_needs_has_gone(self):
        for gone in (
            self.env["im_livechat.conversation.tag"].search([]),
            self.env["discuss.command"].search([("name", "=", "contact")]),
        ):
            gone.unlink()
            before = self._get_state()
            answer = self.run_command("/refund 4711", user=self.creator)
            self.assertStatus(answer, "failed", "Nothing was done. Line")
            self.assertEqual(self._get_state(), before)

    def test_tag_and_agent_that_have_gone_are_no_title(self):
        tag = self.env["res.partner.category"].create({"name": "Return label"})
        command = self.env["discuss.command"].search([("name", "=", "contact")])
        command.write({"tag_field": "category_id", "user_field": "user_id"})
        self.lines.lines = "/contact A {argument} #return-label @carl"
        self.assertStatus(self.run_command("/refund 1", user=self.creator), "done")
        namesake = self.creator.copy({"name": "Carl X", "login": "x"})
        before = self._get_state()
        answer = self.run_command("/refund 1", user=self.creator)
        self.assertStatus(answer, "failed", "Line 1: @carl names nothing")
        self.assertEqual(self._get_state(), before)
        namesake.active = False
        tag.active = False
        answer = self.run_command("/refund 1", user=self.creator)
        self.assertStatus(answer, "failed", "Line 1: #return-label names nothing")

    def test_reply_that_one_may_not_read_is_refused(self):
        """Shared lines name a response that is for others: nothing is half done."""
        self.response.group_ids = self.env.ref("base.group_system")
        before = self._get_state()
        answer = self.run_command("/refund 4711", user=self.creator)
        self.assertStatus(answer, "failed", "Line 1: :promise names nothing")
        self.assertEqual(self._get_state(), before)

    def test_two_that_call_each_other_are_refused_and_run_nothing(self):
        first = self._new_lines("first", "/tag zz-refund")
        second = self._new_lines("second", "/first")
        with self.assertRaises(ValidationError):
            first.lines = "/second"
        self.env.cr.execute(
            "UPDATE discuss_command SET lines = %s WHERE id = %s",
            ["/note x\n/second", first.id],
        )
        (first + second).invalidate_recordset()
        before = self._get_state()
        for name in ("first", "second"):
            self.assertStatus(self.run_command(f"/{name}"), "failed", "too deep")
            self.assertEqual(self._get_state(), before)

    def test_private_lines_of_another_are_no_line_of_ones_own(self):
        """Whoever runs shared lines means what they can type themselves."""
        self.run_command("/note x", user=self.creator)
        self.run_command("/save secret", user=self.creator)
        kept = self._new_lines("open", "/secret", user=self.creator, group_ids=False)
        kept.sudo().group_ids = self.everybody
        self.assertStatus(self.run_command("/open", user=self.creator), "done")
        answer = self.run_command("/open", user=self.operator)
        self.assertStatus(answer, "failed", "There is no command /secret here")

    def test_reply_that_has_gone_is_no_title(self):
        self.response.unlink()
        before = self._get_state()
        answer = self.run_command("/refund 4711", user=self.creator)
        self.assertStatus(answer, "failed", "Line 1: :promise names nothing")
        self.assertEqual(self._get_state(), before)

    def test_text_of_the_argument_stays_text(self):
        self._new_lines("make", "/contact {argument}", "/contact \\:none")
        answer = self.run_command("/make Acme :)", user=self.creator)
        self.assertStatus(answer, "done", "Acme :)")
        self.assertIn(":none", answer["body"])
        self.assertNotIn("\\", answer["body"])

    def test_text_that_looks_like_a_token_is_kept_as_text(self):
        self.run_command("/contact Acme :none :promise", user=self.creator)
        self.run_command("/save again", user=self.creator)
        answer = self.run_command("/again", user=self.creator)
        self.assertStatus(answer, "done", "Acme :none")
        self.assertIn("Acme :none", answer["composer_response"]["text"])

    def test_lines_in_lines_of_lines_are_too_deep_when_run(self):
        inner = self._new_lines("inner", "/tag zz-refund")
        self._new_lines("outer", "/inner")
        self.assertStatus(self.run_command("/outer"), "done")
        # As if both had been saved at the same moment.
        self.env.cr.execute(
            "UPDATE discuss_command SET lines = '/outer' WHERE id = %s", [inner.id]
        )
        inner.invalidate_recordset()
        self.assertStatus(self.run_command("/outer"), "failed", "too deep")
