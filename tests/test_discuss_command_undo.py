from unittest.mock import patch

from odoo import fields
from odoo.tests import new_test_user
from odoo.tools import SQL, mute_logger

from .undo import UndoCase

ANSWER_LOGGER = "odoo.addons.livechat_command.models.command.discuss_command_run_answer"


class TestUndo(UndoCase):
    """A contact stands for what is archived, a tag of contacts for what is deleted."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.operator.group_ids += cls.env.ref("base.group_partner_manager")
        cls.colleague = cls._new_operator(
            "colleague",
            groups="im_livechat.im_livechat_group_user,base.group_partner_manager",
            name="Ben Agent",
        )
        cls.channel._add_members(users=cls.colleague)
        cls.customer = cls.env["res.partner"].create(
            {"name": "Marie", "email": "marie@example.com"}
        )
        cls.env["im_livechat.conversation.tag"].create(
            [{"name": "zz-refund"}, {"name": "zz-angry"}]
        )
        cls.env["discuss.command"].create(
            [
                {
                    "name": "contact",
                    "kind": "create",
                    "model_name": "res.partner",
                    "transcript_field": "comment",
                },
                {
                    "name": "label",
                    "kind": "create",
                    "model_name": "res.partner.category",
                },
            ]
        )

    def _make_contact(self):
        request_id, answer = self.run_undoable("/contact Refund")
        return request_id, self.env["res.partner"].browse(answer["record"]["id"])

    def _get_conversation(self):
        self.channel.invalidate_recordset()
        return (
            self.channel.livechat_note,
            self.channel.livechat_status,
            self.channel.livechat_conversation_tag_ids,
        )

    def _keep(self, name, *lines):
        return (
            self.env["discuss.command"]
            .with_user(self.operator)
            .create({"name": name, "kind": "lines", "lines": "\n".join(lines)})
        )

    # ------------------------------------------------------------
    # WHAT RETURNS
    # ------------------------------------------------------------

    def test_record_is_archived_and_what_came_with_it_goes(self):
        file = self.env["ir.attachment"].create({"name": "screen.png", "raw": b"png"})
        self._say(self.channel, "See").attachment_ids = file
        request_id, contact = self._make_contact()
        attachments = self.env["ir.attachment"]
        on_contact = [("res_model", "=", "res.partner"), ("res_id", "=", contact.id)]
        self.assertEqual(attachments.search_count(on_contact), 1)
        with self.later():
            contact.with_user(self.operator).comment = "One's own change stops nothing"
            answer = self.assertUndone(request_id)
        self.assertIn("<s>/contact Refund</s>", answer["body"])
        self.assertFalse(contact.active)
        self.assertFalse(attachments.search_count(on_contact))
        self.assertFalse(self.env["discuss.channel.followup"].search(on_contact))
        self.assertTrue(file.exists(), "The conversation keeps its file.")

    def test_record_without_archive_is_deleted(self):
        request_id, answer = self.run_undoable("/label Refund")
        label = self.env["res.partner.category"].browse(answer["record"]["id"])
        # Contact tags can be archived: as if they could not.
        with patch.object(type(label), "_active_name", None):
            self.assertUndone(request_id)
        self.assertFalse(label.exists())

    def test_record_that_a_colleague_uses_is_not_deleted(self):
        request_id, answer = self.run_undoable("/label Refund")
        label = self.env["res.partner.category"].browse(answer["record"]["id"])
        with self.later():
            label.with_user(self.colleague).create(
                {"name": "Sub", "parent_id": label.id}
            )
            with patch.object(type(label), "_active_name", None):
                self.assertStays(request_id, "used", "Ben Agent")
        self.assertTrue(label.exists())

    def test_conversation_is_as_before(self):
        self.run_command("/note Before")
        self.run_command("/tag zz-angry")
        for line in ("/note Wrong <b>chat</b>", "/tag zz-refund", "/status waiting"):
            with self.subTest(line=line):
                before = self._get_conversation()
                request_id, _answer = self.run_undoable(line)
                self.assertNotEqual(self._get_conversation(), before)
                self.assertUndone(request_id)
                self.assertEqual(self._get_conversation(), before)

    def test_kept_line_goes_or_is_what_it_was(self):
        self.run_command("/note Tea")
        first, _answer = self.run_undoable("/save tea")
        command = self.env["discuss.command"].search([("name", "=", "tea")])
        self.run_command("/note Coffee")
        second, _answer = self.run_undoable("/save tea")
        self.assertEqual(command.lines, "/note Coffee")
        self.assertStays(first, "changed")
        self.assertUndone(second)
        self.assertEqual(command.lines, "/note Tea")
        self.assertUndone(first)
        self.assertFalse(command.exists())

    def test_lines_return_in_reverse_or_not_at_all(self):
        self._keep("both", "/note A", "/contact Refund", "/note B", "/tag zz-refund")
        self._keep("outer", "/both", "/status waiting")
        for line in ("/both", "/outer"):
            before = self._get_conversation()
            request_id, answer = self.run_undoable(line)
            contact = self.env["res.partner"].browse(answer["record"]["id"])
            self.assertUndone(request_id)
            self.assertEqual(self._get_conversation(), before)
            self.assertFalse(contact.active)
            run = self.get_run(request_id)
            parts = run.part_ids | run.part_ids.part_ids
            self.assertEqual(set(parts.mapped("outcome")), {"undone"})

        request_id, answer = self.run_undoable("/both")
        contact = self.env["res.partner"].browse(answer["record"]["id"])
        during = self._get_conversation()
        with self.later():
            contact.with_user(self.colleague).comment = "I call her"
            self.assertStays(request_id, "changed", "Ben Agent")
        self.assertTrue(contact.active)
        self.assertEqual(self._get_conversation(), during, "Nothing, not a part.")

    def test_what_has_no_undo_offers_none(self):
        self.run_command("/tag zz-refund")
        self._keep("bye", "/note Bye", "/leave")
        self._keep("inside", "/bye")
        for line in ("/help", "/tag zz-refund", "/note", "/nothing", "/inside"):
            request_id = "0123456789" + line
            answer = self.run_command(line, request_id=request_id)
            self.assertNotIn("can_undo", answer, line)
            self.assertStays(request_id, "nothing")

    # ------------------------------------------------------------
    # ONCE, BY ITS OWNER
    # ------------------------------------------------------------

    def test_twice_is_once(self):
        request_id, _contact = self._make_contact()
        first = self.assertUndone(request_id)
        self.assertEqual(self.undo(request_id), first)
        again = self.run_command("/contact Refund", request_id=request_id)
        self.assertEqual(again, first, "Sent again, the line does nothing.")

    def test_nobody_else_and_nothing_else(self):
        request_id, contact = self._make_contact()
        self.assertStays(request_id, "nothing", user=self.colleague)
        self.assertStays(request_id, "nothing", user=self.env.ref("base.user_admin"))
        portal = new_test_user(self.env, "portal", groups="base.group_portal")
        for user in (portal, self.env.ref("base.public_user")):
            self.assertStays(request_id, "bad_request", user=user)
        for wrong in (None, 7, "", "x" * 100, ["a"], "0" * 32, "\x00" * 10):
            self.assertEqual(self.undo(wrong)["status"], "refused")
        self.assertTrue(contact.active)

    def test_conversation_that_is_not_open_any_more(self):
        note, _answer = self.run_undoable("/note A")
        made, contact = self._make_contact()
        member = self.channel.channel_member_ids.filtered(
            lambda member: member.partner_id == self.operator.partner_id
        )
        member.unlink()
        self.channel.livechat_end_dt = fields.Datetime.now()
        self.operator.group_ids += self.env.ref("base.group_user")
        self.operator.group_ids -= self.env.ref("im_livechat.im_livechat_group_user")
        self.assertUndone(made)
        self.assertUndone(note)
        self.assertFalse(self.channel.livechat_note)
        self.assertFalse(contact.active)

    def test_channel_that_is_archived_or_gone(self):
        note, _answer = self.run_undoable("/note A")
        status, _answer = self.run_undoable("/status waiting")
        made, contact = self._make_contact()
        self.channel.active = False
        self.assertUndone(note)
        self.channel.unlink()
        self.assertStays(status, "gone")
        self.assertUndone(made)
        self.assertFalse(contact.active)

    # ------------------------------------------------------------
    # WHAT IS AGAINST IT
    # ------------------------------------------------------------

    def _write_later(self, contact):
        contact.with_user(self.colleague).comment = "I call her"

    def _post_later(self, contact):
        contact.with_user(self.colleague).message_post(body="I call her")

    def _reply_later(self, contact):
        contact.message_post(body="Thanks", author_id=self.customer.id)

    def _mail_in_later(self, contact):
        contact.message_post(body="Hi", author_id=False, email_from="x@example.com")

    def _plan_later(self, contact):
        contact.with_user(self.colleague).activity_schedule(
            "mail.mail_activity_data_todo"
        )

    def _attach_later(self, contact):
        self.env["ir.attachment"].with_user(self.colleague).create(
            {
                "name": "a",
                "raw": b"a",
                "res_model": contact._name,
                "res_id": contact.id,
            }
        )

    def _add_later(self, contact):
        chat = self._new_livechat(self.operator, guest=self.guest)
        chat.with_user(self.operator)._follow_up(contact)

    def _archive_later(self, contact):
        contact.with_user(self.operator).active = False

    def _notify_later(self, contact):
        contact.with_user(self.operator).message_notify(
            body="Look", partner_ids=self.colleague.partner_id.ids
        )

    def test_after_somebody_else_has_touched_the_record(self):
        for touch, code, text in (
            (self._write_later, "changed", "Ben Agent has changed Refund"),
            (self._post_later, "message", "Ben Agent has written on Refund"),
            (self._reply_later, "message", "Marie has written"),
            (self._mail_in_later, "message", "x@example.com has written"),
            (self._plan_later, "activity", "Ben Agent has planned"),
            (self._attach_later, "attachment", "Ben Agent has attached"),
            (self._add_later, "conversation", "another conversation"),
            (self._archive_later, "archived", "archived already"),
            (self._notify_later, "mailed", "an e-mail about Refund has left"),
        ):
            with self.subTest(touch.__name__):
                request_id, contact = self._make_contact()
                with self.later():
                    touch(contact)
                    self.assertStays(request_id, code, text)

    def test_what_the_system_and_oneself_do_later_stops_nothing(self):
        request_id, contact = self._make_contact()
        with self.later():
            contact.with_user(self.env.ref("base.user_root")).comment = "By a cron"
            contact.with_user(self.env.ref("base.user_root")).message_post(body="Bot")
            own = contact.with_user(self.operator)
            own.message_post(body="My own note")
            own.activity_schedule("mail.mail_activity_data_todo")
            contact.message_subscribe(self.colleague.partner_id.ids)
            self.assertUndone(request_id)

    def test_mail_to_a_customer_stops_it_from_the_first(self):
        Partner = type(self.env["res.partner"])
        create, customer = Partner.create, self.customer

        def create_and_write(records, vals_list):
            made = create(records, vals_list)
            made.message_notify(body="Welcome", partner_ids=customer.ids)
            return made

        with patch.object(Partner, "create", create_and_write):
            answer = self.run_command("/contact Refund", request_id="mail-to-customer")
        self.assertStatus(answer, "done")
        self.assertNotIn("can_undo", answer)
        self.assertStays("mail-to-customer", "mailed")

    def test_colleague_who_was_told_by_the_run_itself_stops_nothing(self):
        Partner = type(self.env["res.partner"])
        create, colleague = Partner.create, self.colleague.partner_id

        def create_and_tell(records, vals_list):
            made = create(records, vals_list)
            made.message_notify(body="Yours", partner_ids=colleague.ids)
            return made

        with patch.object(Partner, "create", create_and_tell):
            request_id, _contact = self._make_contact()
        with self.later():
            answer = self.assertUndone(request_id)
        self.assertIn("Ben Agent had been told of it already.", answer["body"])

    def test_after_eleven_minutes(self):
        request_id, contact = self._make_contact()
        with self.later(minutes=9):
            self.assertEqual(self._get_kept()[-1]["can_undo"], True)
        with self.later(minutes=11):
            self.assertStays(request_id, "too_late", "more than 10 minutes")
            self.assertEqual(self._get_kept()[-1]["can_undo"], False)
        self.assertTrue(contact.active)

    def test_what_was_changed_in_the_conversation_since(self):
        note, _answer = self.run_undoable("/note A")
        tag, _answer = self.run_undoable("/tag zz-refund")
        status, _answer = self.run_undoable("/status waiting")
        self.run_command("/note B", user=self.colleague)
        self.channel.livechat_conversation_tag_ids = False
        self._say(self.channel, "Now it is in progress again")
        for request_id, text in (
            (note, "the notes have been changed"),
            (tag, "the tags have been changed"),
            (status, "the status has changed"),
        ):
            self.assertStays(request_id, "changed", text)
        self.assertIn("A", self.channel.livechat_note)
        self.assertIn("B", self.channel.livechat_note)

    def test_kept_line_that_was_changed_shared_or_deleted(self):
        self.run_command("/note Tea")
        everybody = self.env.ref("base.group_user")
        for change in (
            lambda command: command.write({"lines": "/note Other"}),
            lambda command: command.write({"group_ids": [(4, everybody.id)]}),
            lambda command: command.write({"active": False}),
            lambda command: command.unlink(),
        ):
            request_id, _answer = self.run_undoable("/save tea")
            command = self.env["discuss.command"].search([("name", "=", "tea")])
            change(command)
            self.assertStays(request_id, "changed")
            command.exists().unlink()

    def test_record_or_rights_that_are_gone(self):
        request_id, contact = self._make_contact()
        contact.unlink()
        gone = self.assertStays(request_id, "gone")
        request_id, contact = self._make_contact()
        rule = {
            "name": "hidden",
            "model_id": self.env["ir.model"]._get_id("res.partner"),
            "domain_force": [("id", "!=", contact.id)],
        }
        rule = self.env["ir.rule"].create(rule)
        hidden = self.assertStays(request_id, "gone")
        self.assertEqual(gone["sentence"], hidden["sentence"])
        rule.unlink()
        self.operator.group_ids -= self.env.ref("base.group_partner_manager")
        self.assertStays(request_id, "no_right_to_create")
        self.assertTrue(contact.active)

    def test_right_to_tag_that_is_gone(self):
        request_id, _answer = self.run_undoable("/tag zz-refund")
        self.operator.group_ids = self.env.ref("base.group_user")
        self.assertStays(request_id, "no_right_to_write")
        self.assertTrue(self.channel.livechat_conversation_tag_ids)

    def test_command_or_app_that_is_gone(self):
        request_id, _contact = self._make_contact()
        command = self.env["discuss.command"].search([("name", "=", "contact")])
        self.env.flush_all()
        for table in ("discuss_command", "discuss_command_run"):
            column = "model_name" if table == "discuss_command" else "res_model"
            self.env.cr.execute(
                SQL(
                    "UPDATE %s SET %s = 'no.such' WHERE %s = 'res.partner'",
                    SQL.identifier(table),
                    SQL.identifier(column),
                    SQL.identifier(column),
                )
            )
        self.env.invalidate_all()
        self.assertStays(request_id, "gone")
        command.unlink()
        self.assertStays(request_id, "command_gone")

    def test_undo_that_raises_leaves_all_as_it_was(self):
        request_id, contact = self._make_contact()
        Partner = type(self.env["res.partner"])
        with (
            patch.object(Partner, "write", side_effect=ValueError("bridge")),
            mute_logger(ANSWER_LOGGER),
        ):
            answer = self.undo(request_id)
        self.assertStatus(answer, "failed", "nothing was done")
        self.assertTrue(self.env["discuss.channel.followup"].search([]))
        self.assertUndone(request_id)
        self.assertFalse(contact.active)

    # ------------------------------------------------------------
    # LOG
    # ------------------------------------------------------------

    def _get_kept(self):
        channel = self.channel.with_user(self.operator)
        return channel.env["discuss.command.run"]._get_kept_answers(channel)

    def test_reload_shows_what_can_be_and_what_was_undone(self):
        request_id, _answer = self.run_undoable("/note A")
        self.run_undoable("/note B")
        [first, second] = self._get_kept()
        self.assertEqual((first["status"], first["can_undo"]), ("done", True))
        self.assertUndone(second["request_id"])
        self.assertUndone(request_id)
        [first, second] = self._get_kept()
        self.assertEqual((first["status"], first["can_undo"]), ("undone", False))
        self.assertIn("Undone: <s>/note A</s>", first["body"])

    def test_what_was_undone_is_not_kept_as_a_line(self):
        self.run_command("/note A")
        request_id, _answer = self.run_undoable("/note B")
        self.assertUndone(request_id)
        self.run_undoable("/save tea")
        command = self.env["discuss.command"].search([("name", "=", "tea")])
        self.assertEqual(command.lines, "/note A")

    def test_what_undo_needs_is_read_by_nobody_and_forgotten(self):
        self._keep("both", "/note A", "/tag zz-refund")
        request_id, _answer = self.run_undoable("/both")
        run = self.get_run(request_id)
        admin = run.with_user(self.env.ref("base.user_admin"))
        for name in ("undo_values", "undo_barrier"):
            self.assertFalse(admin._has_field_access(run._fields[name], "read"))
        self.assertTrue(all(run.part_ids.mapped("undo_values")))
        self.env.cr.execute(
            "UPDATE discuss_command_run SET create_date = '2026-01-01' WHERE id = %s",
            [run.id],
        )
        run.invalidate_recordset()
        run._gc_answers()
        self.assertFalse(any((run | run.part_ids).mapped("undo_values")))


class TestRandomUndo(UndoCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.operator.group_ids += cls.env.ref("base.group_partner_manager")
        Tag = cls.env["im_livechat.conversation.tag"]
        cls.tags = ["zz-a", "zz-b", "zz-c"]
        Tag.create([{"name": name} for name in cls.tags])
        cls.env["discuss.command"].create(
            {
                "name": "contact",
                "kind": "create",
                "model_name": "res.partner",
                "transcript_field": "comment",
                "tag_field": "category_id",
            }
        )
        cls.env["res.partner.category"].create({"name": "zz-vip"})
        cls.env["discuss.command"].with_user(cls.operator).create(
            [
                {"name": name, "kind": "lines", "lines": "\n".join(lines)}
                for name, lines in (
                    ("one", ["/contact {argument} #zz-vip", "/tag zz-a", "/note N"]),
                    ("two", ["/note {argument}", "/note Again", "/status help"]),
                    (
                        "three",
                        ["/one {argument}", "/status waiting", "/two {argument}"],
                    ),
                )
            ]
        )

    def _make_line(self, rng):
        word = rng.choice(["Refund", "<b>a & b</b>", "ü 日本", "x" * 200, 'say "hi"'])
        return rng.choice(
            [
                f"/contact {word}",
                f"/contact {word} #zz-vip",
                f"/note {word}",
                f"/tag {rng.choice(self.tags)}",
                f"/tag {' '.join(rng.sample(self.tags, 2))}",
                f"/status {rng.choice(['help', 'waiting', 'in-progress'])}",
                f"/one {word}",
                f"/two {word}",
                f"/three {word}",
                f"/save kept-{rng.randrange(3)}",
            ]
        )

    def test_three_hundred_undos_leave_the_database_as_it_was(self):
        self.run_command("/note A line to keep")
        self.check_random_undos(self._make_line, 300, seed=13)
