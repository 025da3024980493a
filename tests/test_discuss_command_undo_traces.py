from unittest.mock import patch

from odoo.tools import SQL, mute_logger

from .undo_contacts import ContactUndoCase

ANSWER_LOGGER = "odoo.addons.livechat_command.models.command.discuss_command_run_answer"


class TestUndoTraces(ContactUndoCase):
    """What is against taking back: somebody else, mails, time, rights."""

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
            (self._notify_later, "mailed", "an e-mail about Refund has been sent"),
        ):
            with self.subTest(touch.__name__):
                request_id, contact = self._make_contact()
                with self.later():
                    touch(contact)
                    self.assertStays(request_id, code, text)

    def test_after_somebody_who_was_deleted_has_touched_the_record(self):
        request_id, contact = self._make_contact()
        with self.later():
            self._write_later(contact)
            self.env.flush_all()
            self.colleague.unlink()
            self.env.invalidate_all()
            self.assertStays(request_id, "changed", "Unknown has changed Refund")

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
