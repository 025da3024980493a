import psycopg2

from odoo.exceptions import ConcurrencyError
from odoo.tests.common import tagged
from odoo.tools import mute_logger

from odoo.addons.livechat_command.tools.placeholders import Placeholder

from .test_canned_response import CannedResponseCase

LOGGER = (
    "odoo.addons.livechat_command.models.canned_response"
    ".mail_canned_response_placeholder"
)


@tagged("post_install", "-at_install")
class TestPlaceholderLanguage(CannedResponseCase):
    """A visitor speaks what the database does not."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.italian = (
            cls.env["res.lang"]
            .with_context(active_test=False)
            .search([("code", "=", "it_IT")])
        )
        cls.italian.active = False

    def _list(self):
        return self.Response._get_picker_data(self.channel.id, "hello")

    def test_list_and_reply_of_a_visitor_whose_language_is_not_active(self):
        response = self._new_response("hello", "Hi {{visitor.language}}, {{date}}")
        self.assertFalse(self.italian.active)
        for livechat_lang, guest_lang in (
            (self.italian, False),
            (self.env["res.lang"], "it_IT"),
        ):
            with self.subTest(guest_lang):
                self.channel.livechat_lang_id = livechat_lang
                self._set_guest_lang(guest_lang)
                data = self._list()
                self.assertEqual(data["rows"][0]["source"], "hello")
                label, value = data["placeholders"]["visitor.language"]
                self.assertEqual((label, value), ("visitor's language", "Italiano"))
                channel = self.channel.with_user(self.operator)
                text = response._render_for(channel)["text"]
                self.assertIn("Hi Italiano", text)

    def _set_guest_lang(self, code):
        # By SQL, as a language that was switched off later leaves it.
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE mail_guest SET lang = %s WHERE id = %s", [code, self.guest.id]
        )
        self.env.invalidate_all()

    def test_text_of_a_language_that_was_switched_off_is_still_chosen(self):
        self.italian.active = True
        self._new_response(
            "hello",
            "Hello",
            text_ids=[(0, 0, {"lang_id": self.italian.id, "substitution": "Ciao"})],
        )
        self.italian.active = False
        self.channel.livechat_lang_id = self.italian
        self.assertEqual(self._list()["rows"][0]["text"], "Ciao")
        self.channel.livechat_lang_id = self.english
        self.assertEqual(self._list()["rows"][0]["text"], "Hello")

    def test_active_code(self):
        Lang = self.env["res.lang"]
        for code, active in [
            ("fr_FR", "fr_FR"),
            ("fr_CH", "fr_BE"),
            ("it_IT", False),
            (False, False),
            ("", False),
            (None, False),
        ]:
            with self.subTest(code):
                self.assertEqual(Lang._get_active_code(code), active)


class TestPlaceholderFailure(CannedResponseCase):
    """A bridge's placeholder fails: its own value is a blank, nothing else is lost."""

    def _break(self, get_value):
        Model = self.registry["mail.canned.response.placeholder"]
        get_placeholders = Model._get_placeholders
        self.patch(
            Model,
            "_get_placeholders",
            lambda model: {
                **get_placeholders(model),
                "broken": Placeholder("broken part", "x", get_value),
            },
        )

    def _fail_in_python(self, source):
        raise KeyError("bridge")

    def _fail_in_postgresql(self, source):
        self.env.cr.execute("SELECT 1 / 0")

    @mute_logger("odoo.sql_db")
    def test_failure_is_a_blank_and_a_line_in_the_log(self):
        for get_value in (self._fail_in_python, self._fail_in_postgresql):
            with self.subTest(get_value.__name__):
                self._break(get_value)
                response = self._new_response(
                    get_value.__name__,
                    "Hello {{broken}}, {{visitor.name}} {{broken|x}} {{date}}",
                )
                self._new_response(f"sane {get_value.__name__}", "{{company}}")
                with self.assertLogs(LOGGER, "ERROR") as log:
                    data = self.Response._get_picker_data(self.channel.id, "")
                self.assertIn("{{broken}}", log.output[0])
                values = data["placeholders"]
                self.assertEqual(values["broken"], ["broken part", ""])
                self.assertEqual(values["visitor.name"][1], "Marie Dupont")
                self.assertEqual(values["company"][1], self.env.company.name)
                channel = self.channel.with_user(self.operator)
                with self.assertLogs(LOGGER, "ERROR"):
                    text = response._render_for(channel)["text"]
                self.assertIn("Hello ⟦broken part⟧, Marie Dupont x ", text)
                response.unlink()

    def test_who_does_not_use_it_does_not_pay(self):
        self._break(self._fail_in_python)
        response = self._new_response("sane", "Hello {{visitor.name}}")
        data = self.Response._get_picker_data(self.channel.id, "sane")
        self.assertEqual(list(data["placeholders"]), ["visitor.name"])
        channel = self.channel.with_user(self.operator)
        with self.assertNoLogs(LOGGER, "ERROR"):
            response._render_for(channel)

    def test_what_odoo_tries_again_passes(self):
        self._break(self._fail_in_python)
        self._new_response("hello", "{{broken}}")
        for error in (
            psycopg2.errors.SerializationFailure,
            psycopg2.errors.ReadOnlySqlTransaction,
            ConcurrencyError,
        ):
            with self.subTest(error.__name__):

                def fail(source, error=error):
                    raise error("again")

                self._break(fail)
                with self.assertRaises(error):
                    self.Response._get_picker_data(self.channel.id, "hello")

    def test_placeholder_whose_bridge_is_gone_is_a_blank(self):
        response = self._new_response("hello", "Order")
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE mail_canned_response SET substitution = %s WHERE id = %s",
            ["Order {{gone.number}} of {{gone.date|today}}", response.id],
        )
        self.env.invalidate_all()
        data = self.Response._get_picker_data(self.channel.id, "hello")
        self.assertEqual(data["placeholders"], {})
        channel = self.channel.with_user(self.operator)
        text = response._render_for(channel)["text"]
        self.assertEqual(text, "Order ⟦gone.number⟧ of today")
