from unittest.mock import patch

from odoo.exceptions import AccessError, ValidationError

from .common import LivechatCommandCase

NAMES_LOGGER = "odoo.addons.livechat_command.models.command.discuss_command_names"


class TestLines(LivechatCommandCase):
    """Lines that are run as a whole, with contacts, notes, tags and statuses."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.creator = cls._new_operator(
            "creator",
            groups="im_livechat.im_livechat_group_user,base.group_partner_manager",
            name="Carl Creator",
        )
        cls.manager = cls._new_operator(
            "manager", groups="im_livechat.im_livechat_group_manager"
        )
        cls.channel._add_members(users=cls.creator + cls.manager)
        cls.env["im_livechat.conversation.tag"].create({"name": "zz-refund"})
        cls.everybody = cls.env.ref("base.group_user")
        cls.response = cls.env["mail.canned.response"].create(
            {
                "source": "promise",
                "substitution": "I made {{record.name}}.",
                "group_ids": [(4, cls.everybody.id)],
            }
        )
        cls.env["discuss.command"].create(
            {"name": "contact", "kind": "create", "model_name": "res.partner"}
        )
        cls.lines = cls._new_lines(
            "refund", "/contact Refund {argument} :promise", "/tag zz-refund"
        )

    @classmethod
    def _new_lines(cls, name, *lines, user=None, **values):
        return (
            cls.env["discuss.command"]
            .with_user(user or cls.env.user)
            .create(
                {
                    "name": name,
                    "kind": "lines",
                    "lines": "\n".join(lines),
                    "group_ids": [(4, cls.everybody.id)],
                    **values,
                }
            )
        )

    def _get_state(self):
        self.channel.invalidate_recordset()
        return (
            self.env["res.partner"].search_count([]),
            self.channel.livechat_conversation_tag_ids,
            self.channel.livechat_note,
            self.channel.livechat_status,
            self.channel.channel_member_ids,
        )

    # ------------------------------------------------------------
    # RUN
    # ------------------------------------------------------------

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

    # ------------------------------------------------------------
    # DEFINE
    # ------------------------------------------------------------

    def test_bad_lines_are_refused_when_saved(self):
        self._new_lines("one", "/refund x")
        for lines, sentence in (
            ((), "Type the lines"),
            (("/note x",) * 11, "10 lines at most"),
            (("/note x", "hello"), "Line 2 is no command: hello"),
            (("//note x",), "Line 1 is no command"),
            (("/{argument}",), "Line 1 is no command"),
            (("/nothing x",), "Line 1: there is no command /nothing"),
            (("/leave", "/note x"), "Line 1: /leave can only be the last"),
            (("/end", "/note x"), "Line 1: /end can only be the last"),
            (("/bad",), "no deeper"),
            (("/one",), "no deeper"),
        ):
            with self.subTest(lines=lines):
                with self.assertRaises(ValidationError) as caught:
                    self._new_lines("bad", *lines)
                self.assertIn(sentence, str(caught.exception))
        with self.assertRaises(ValidationError) as caught:
            self.lines.lines = "/one"
        self.assertIn("no deeper", str(caught.exception))
        inner = self._new_lines("inner", "/tag zz-refund")
        with self.assertRaises(ValidationError) as caught:
            self.lines.lines = "/inner"
        self.assertIn("run by other kept lines", str(caught.exception))
        self.assertTrue(inner)

    def test_what_the_owner_may_not_run_is_refused_when_saved(self):
        with self.assertRaises(ValidationError) as caught:
            self._new_lines("mine", "/contact x", user=self.operator, group_ids=False)
        self.assertIn("No right to create", str(caught.exception))

    def test_preview_shows_the_mistake_on_its_line(self):
        command = self.env["discuss.command"].new(
            {"name": "new", "kind": "lines", "lines": "/note x\nhello\n/tag y"}
        )
        self.assertEqual(
            command.lines_preview.splitlines(),
            ["1. /note x", "Line 2 is no command: hello", "3. /tag y"],
        )

    # ------------------------------------------------------------
    # SAVE
    # ------------------------------------------------------------

    def test_last_line_is_kept_for_its_owner_alone(self):
        self.run_command("/contact Acme", user=self.creator)
        answer = self.run_command("/save /Acme", user=self.creator)
        self.assertStatus(answer, "done", "Kept as /acme, for you alone")
        kept = self.env["discuss.command"].search([("owner_id", "=", self.creator.id)])
        self.assertEqual((kept.name, kept.lines), ("acme", "/contact Acme"))
        self.assertIn("acme", self.get_offered(self.creator))
        self.assertStatus(self.run_command("/acme", user=self.creator), "done", "Acme")
        for user in (self.operator, self.manager):
            self.assertNotIn("acme", self.get_offered(user))
            self.assertStatus(self.run_command("/acme", user=user), "unknown")
            names = self.env["discuss.command"].with_user(user)._get_all_names()
            self.assertNotIn("acme", names)

    def test_failed_lines_and_lines_of_others_are_not_kept(self):
        self.run_command("/note Of another", user=self.creator)
        self.run_command("/tag nothing")
        answer = self.run_command("/save mine")
        self.assertStatus(answer, "failed", "none of yours succeeded")
        self.assertStatus(self.run_command("/save"), "usage")

    def test_kept_again_replaces_what_was_kept(self):
        for note in ("One", "Two"):
            self.run_command(f"/note {note}")
            self.assertStatus(self.run_command("/save mine"), "done")
        kept = self.env["discuss.command"].search([("owner_id", "=", self.operator.id)])
        self.assertEqual(kept.lines, "/note Two")

    def test_two_agents_keep_the_same_name(self):
        for user in (self.operator, self.creator):
            self.run_command(f"/note Of {user.name}", user=user)
            self.assertStatus(self.run_command("/save mine", user=user), "done")
        for user in (self.operator, self.creator):
            answer = self.run_command("/mine", user=user)
            self.assertStatus(answer, "done", f"Of {user.name}")

    def test_names_that_are_taken_are_refused(self):
        self.run_command("/note x")
        for name, sentence in (
            ("note", "already a command"),
            ("refund", "already a command"),
            ("who", "Odoo"),
            ("two words", "one word"),
        ):
            self.assertStatus(self.run_command(f"/save {name}"), "failed", sentence)

    def test_definition_of_the_same_name_later_takes_it(self):
        self.run_command("/note x")
        self.run_command("/save mine")
        kept = self.env["discuss.command"].search([("owner_id", "=", self.operator.id)])
        with self.assertLogs(NAMES_LOGGER, "WARNING"):
            self._new_lines("mine", "/tag zz-refund")
        self.assertFalse(kept.active)
        self.assertIn("/mine", kept.notice)
        self.assertStatus(self.run_command("/mine"), "done", "zz-refund")

    # ------------------------------------------------------------
    # WHO
    # ------------------------------------------------------------

    def test_truth_table(self):
        """Who sees, runs, changes, shares and deletes a private and a shared one."""
        admin = self._new_operator(
            "administrator",
            groups="im_livechat.im_livechat_group_manager,base.group_system",
        )
        self.channel._add_members(users=admin)
        group = [(6, 0, self.everybody.ids)]
        everything = {"see", "run", "change", "share", "delete"}
        table = {
            (False, "owner"): everything - {"share"},
            (False, "operator"): set(),
            (False, "manager"): set(),
            (False, "admin"): set(),
            (True, "owner"): {"see", "run"},
            (True, "operator"): {"see", "run"},
            (True, "manager"): everything,
            (True, "admin"): everything,
        }
        users = {
            "owner": self.creator,
            "operator": self.operator,
            "manager": self.manager,
            "admin": admin,
        }
        actions = {
            "change": lambda kept: kept.write({"lines": "/note changed"}),
            "share": lambda kept: kept.write({"group_ids": group}),
            "delete": lambda kept: kept.unlink(),
        }
        for (is_shared, role), allowed in table.items():
            user = users[role]
            kept = self._new_lines(
                "mine", "/note x", user=self.creator, group_ids=False
            )
            if is_shared:
                kept.sudo().group_ids = self.everybody
            kept = kept.with_user(user)
            done = set()
            if kept.search([("id", "=", kept.id)]):
                done.add("see")
            if self.run_command("/mine", user=user)["status"] == "done":
                done.add("run")
            for action, act in actions.items():
                try:
                    act(kept)
                    self.env.flush_all()
                    done.add(action)
                except AccessError:
                    self.env.invalidate_all()
            with self.subTest(is_shared=is_shared, role=role):
                self.assertEqual(done, allowed)
            kept.sudo().exists().unlink()

    def test_manager_shares_own_lines(self):
        kept = self._new_lines("mine", "/note x", user=self.manager, group_ids=False)
        self.assertStatus(self.run_command("/mine"), "unknown")
        kept.group_ids = self.everybody
        self.assertStatus(self.run_command("/mine"), "done")

    def test_nobody_defines_more_than_before(self):
        vals = {"name": "more", "model_name": "res.partner"}
        for user in (self.operator, self.manager):
            commands = self.env["discuss.command"].with_user(user)
            for kind in ("create", "search", "action", "note"):
                with self.subTest(user=user.login, kind=kind):
                    with self.assertRaises(AccessError):
                        commands.create({**vals, "kind": kind})
            kept = commands.create({"name": "more", "lines": "/note x"})
            self.assertEqual((kept.kind, kept.owner_id), ("lines", user))
            with self.assertRaises(AccessError):
                kept.write({"kind": "create", "model_name": "res.partner"})
            kept.write({"owner_id": self.creator.id})
            self.assertEqual(kept.owner_id, user)
            kept.unlink()
        with self.assertRaises(AccessError):
            self._new_lines("shared", "/note x", user=self.operator)
