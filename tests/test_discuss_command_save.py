from unittest.mock import patch

from odoo.exceptions import AccessError, ValidationError

from .lines import LinesCase

NAMES_LOGGER = "odoo.addons.livechat_command.models.command.discuss_command_names"


class TestKeptLines(LinesCase):
    """Which lines can be kept, by whom, and under which name."""

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

    def test_preview_shows_how_each_line_is_read(self):
        self.env["res.partner.category"].create({"name": "Return label"})
        command = self.env["discuss.command"].search([("name", "=", "contact")])
        command.write({"tag_field": "category_id", "user_field": "user_id"})
        preview = self.env["discuss.command"].new(
            {
                "name": "new",
                "kind": "lines",
                "lines": "/contact {argument} #return-label @carl :promise"
                "\n/contact B #nothing\n/contact C @carl @carl\n/note :promise",
            }
        )
        sentence = (
            "#nothing names nothing. As a part of the text it is written \\#nothing."
        )
        self.assertEqual(
            preview.with_user(self.creator).lines_preview.splitlines(),
            [
                "1. /contact {argument} · Return label · Carl Creator · then :promise",
                f"Line 2: {sentence}",
                "Line 3: @carl is there twice: keep one.",
                "4. /note :promise",
            ],
        )

    def test_form_tells_who_may_not_run_one_of_the_lines(self):
        audience = self.lines.with_user(self.manager).audience
        self.assertIn("Anna Agent", audience)
        self.assertIn("Line 1: No right to create", audience)
        self.assertNotIn("Carl Creator", audience)

    def test_lines_of_an_owner_are_looked_up_once_for_all_agents(self):
        self.manager.group_ids += self.env.ref("base.group_partner_manager")
        command = self._new_lines(
            "ours", "/contact {argument}", "/tag zz-refund", user=self.manager
        )
        commands = type(command)
        with patch.object(
            commands, "_find", autospec=True, side_effect=commands._find
        ) as find:
            self.assertIn("Line 1: No right to create", command.audience)
        self.assertEqual(find.call_count, len(command._get_lines()))

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

    def test_hint_shows_the_line_that_would_be_kept(self):
        save = self.env.ref("livechat_command.discuss_command_save")
        channel, save = (each.with_user(self.operator) for each in (self.channel, save))
        self.assertIn("Run the line that you want to keep", save._get_hint(channel))
        self.run_command("/note Of another", user=self.creator)
        self.run_command("/tag nothing")
        self.assertIn("Run the line that you want to keep", save._get_hint(channel))
        self.run_command("/note Call back #soon")
        self.assertEqual(save._get_hint(channel), "Keeps /note Call back #soon")
        self.run_command("/save mine")
        self.assertEqual(save._get_hint(channel), "Keeps /note Call back #soon")

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

    def test_name_that_becomes_an_alias_of_another_is_taken_too(self):
        self.run_command("/note x")
        self.run_command("/save mine")
        kept = self.env["discuss.command"].search([("owner_id", "=", self.operator.id)])
        kept.aliases = "own, memo"
        note = self.env.ref("livechat_command.discuss_command_note")
        with self.assertLogs(NAMES_LOGGER, "WARNING"):
            note.aliases = "own"
        self.assertEqual((kept.active, kept.aliases), (True, "memo"))
        with self.assertLogs(NAMES_LOGGER, "WARNING"):
            note.aliases = "mine"
        self.assertFalse(kept.active)

    def test_names_of_what_others_keep_are_not_gone_through(self):
        """Agents keep thousands of lines: a query looks for the names that count."""
        commands = self.env["discuss.command"]
        values = {"kind": "lines", "lines": "/note x", "owner_id": self.creator.id}
        others = commands.create(
            [{"name": f"other{number}", **values} for number in range(9)]
        )
        looked_at, get_names = [], self.registry["discuss.command"]._get_names

        def spy(command):
            looked_at.append(command.id)
            return get_names(command)

        with patch.object(self.registry["discuss.command"], "_get_names", spy):
            self.run_command("/note x")
            self.assertStatus(self.run_command("/save mine"), "done")
            self._new_lines("public", "/note x")
            inner = self._new_lines("inner", "/note x")
            inner.lines = "/public"
        self.assertTrue(looked_at)
        self.assertFalse(set(others.ids) & set(looked_at))

    def test_private_lines_of_others_hinder_nobody(self):
        """A manager cannot see them: who runs them is told that they are too deep."""
        self._new_lines("inner", "/note {argument}")
        self._new_lines("mine", "/refund x", user=self.creator, group_ids=False)
        self.lines.with_user(self.manager).lines = "/inner {argument}"
        answer = self.run_command("/mine", user=self.creator)
        self.assertStatus(answer, "failed", "too deep")

    def test_private_lines_make_no_other_browser_ask_again(self):
        kept = self._new_lines("mine", "/note x", user=self.operator, group_ids=False)
        kept = kept.sudo()
        for change, is_told_to_all in (
            (lambda: kept.write({"lines": "/note y"}), False),
            (lambda: kept.with_user(self.operator).copy(), False),
            (lambda: kept.write({"group_ids": self.everybody}), True),
            (lambda: kept.write({"lines": "/note z"}), True),
            (lambda: kept.write({"group_ids": False}), True),
            (kept.unlink, False),
        ):
            told = []

            def spy(records, name, *args, told=told):
                told.append((records._name, records.ids))

            with (
                patch.object(self.registry["res.users"], "_bus_send", spy),
                patch.object(self.registry["res.groups"], "_bus_send", spy),
            ):
                change()
            groups = [ids for model, ids in told if model == "res.groups"]
            with self.subTest(change=change):
                self.assertEqual(bool(groups), is_told_to_all)
                users = [ids for model, ids in told if model == "res.users"]
                self.assertLessEqual({*map(tuple, users)}, {(self.operator.id,)})
                self.assertTrue(told)

    def test_definition_of_the_same_name_later_takes_it(self):
        self.run_command("/note x")
        self.run_command("/save mine")
        kept = self.env["discuss.command"].search([("owner_id", "=", self.operator.id)])
        with self.assertLogs(NAMES_LOGGER, "WARNING"):
            self._new_lines("mine", "/tag zz-refund")
        self.assertFalse(kept.active)
        self.assertIn("/mine, which is for others too", kept.notice)
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

    def test_shared_lines_are_listed_for_who_may_run_all_of_them(self):
        self._new_lines("both", "/refund x", "/note x")
        self._new_lines("easy", "/note x")
        offered = self.get_offered(self.creator)
        self.assertLessEqual({"refund", "both", "easy"}, {*offered})
        offered = self.get_offered(self.operator)
        self.assertIn("easy", offered)
        self.assertFalse({"refund", "both"} & {*offered})
        for line in ("/refund x", "/both"):
            self.assertStatus(self.run_command(line), "failed", "No right to create")
        self.env.ref("livechat_command.discuss_command_note").active = False
        self.assertNotIn("easy", self.get_offered(self.operator))

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
