from datetime import datetime
from unittest.mock import patch

from odoo import fields
from odoo.tests.common import tagged

from .common import LivechatCommandCase


@tagged("post_install", "-at_install")
class TestLanguageNotActive(LivechatCommandCase):
    """An agent's language that is not active any more stops nothing."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ben = cls._new_operator("ben")
        cls.livechat_channel.user_ids += cls.ben
        cls.env.flush_all()
        # By SQL, as an import or an older version leaves it: Odoo would refuse.
        cls.env.cr.execute(
            "UPDATE res_partner SET lang = 'it_IT' WHERE id IN %s",
            [(cls.operator.partner_id.id, cls.ben.partner_id.id)],
        )
        cls.env.invalidate_all()

    def test_follow_up_is_sent(self):
        record = self.env["res.partner"].create({"name": "Record"})
        self.channel.with_user(self.operator)._follow_up(record)
        self._say(self.channel, "One more thing")
        followup = self.env["discuss.channel.followup"].search([])
        before = record.message_ids
        followup._send()
        self.assertIn("One more thing", (record.message_ids - before).body)

    def test_colleagues_are_told_who_needs_help(self):
        Channel = type(self.livechat_channel)
        with patch.object(Channel, "available_operator_ids", self.ben):
            self.channel.with_user(self.operator)._notify_need_help()
        self.assertEqual(len(self._get_sent("simple_notification")), 1)

    def test_times_of_today_have_no_day(self):
        lang = self.env["res.lang"].with_user(self.operator)
        self.operator.tz = "UTC"
        now = fields.Datetime.now()
        time, other = lang._format_when(now), lang._format_when(datetime(2026, 1, 5, 9))
        self.assertRegex(time, r"^\d\d?:\d\d(\s[AP]M)?$")
        self.assertRegex(other, r"^\S*2026\S* \d\d?:\d\d(\s[AP]M)?$")
        self.assertIn(time, lang._format_when(now, has_day=True))
        self.assertNotEqual(time, lang._format_when(now, has_day=True))

    def test_times_are_written_as_in_messages(self):
        self.env["res.lang"]._activate_lang("de_DE")
        self.operator.tz = "UTC"
        Lang = self.env["res.lang"].with_user(self.operator)
        evening = datetime(2026, 1, 5, 19, 4, 30)
        self._say(self.channel, "Hello").date = evening
        for code, expected in (("en_US", r"(?<!\d)7:04\sPM$"), ("de_DE", " 19:04$")):
            self.operator.lang = code
            shown = Lang.with_context(lang=code)._format_when(evening)
            self.assertRegex(shown, expected)
            channel = self.channel.with_user(self.operator).with_context(lang=code)
            self.assertIn(shown.split(" ")[1], channel._get_channel_history())

    def test_reported_pages_are_shown(self):
        partner = self.operator.partner_id
        partner._bus_send_history_message(self.channel, ["/shop"])
        self.assertEqual(len(self._get_sent("livechat_command/history")), 1)

    def _get_sent(self, kind):
        self.env.cr.precommit.run()
        messages = self.env["bus.bus"].sudo().search([]).mapped("message")
        return [message for message in messages if f'"{kind}"' in message]
