import tracemalloc
from datetime import datetime, timedelta
from unittest.mock import patch

from markupsafe import Markup

from odoo.tests import BaseCase, new_test_user

from ..models.discuss import discuss_channel_transcript
from ..models.discuss.discuss_channel_transcript import MESSAGE_LENGTH
from ..tools import transcript_layout
from .common import LivechatCommandCase

MONDAY = datetime(2026, 1, 5, 14, 2)


class TestTranscriptText(BaseCase):
    def _render(self, *entries):
        return transcript_layout.render(
            entries, lambda date: (f"{date:%d %B}", f"{date:%H:%M}"), "UTC"
        )

    def test_consecutive_messages_of_one_author_are_together(self):
        html = self._render(
            transcript_layout.Entry(1, "Marie", MONDAY, "Hello"),
            transcript_layout.Entry(1, "Marie", MONDAY, "My mouse is broken"),
            transcript_layout.Entry(2, "Anna", MONDAY, "Hi"),
        )
        self.assertEqual(html.count("Marie"), 1)
        self.assertIn("Hello<br>My mouse is broken", html)

    def test_a_pause_starts_anew(self):
        html = self._render(
            transcript_layout.Entry(1, "Marie", MONDAY, "Hello"),
            transcript_layout.Entry(
                1, "Marie", MONDAY + timedelta(hours=1), "Still there?"
            ),
        )
        self.assertIn("14:02", html)
        self.assertIn("15:02", html)

    def test_each_day_stands_once_and_the_time_zone_with_the_first(self):
        html = self._render(
            transcript_layout.Entry(1, "Marie", MONDAY, "Hello"),
            transcript_layout.Entry(2, "Anna", MONDAY, "Hi"),
            transcript_layout.Entry(1, "Marie", MONDAY + timedelta(days=1), "Hello?"),
            transcript_layout.Entry(2, "Anna", MONDAY + timedelta(days=1), "Yes"),
        )
        self.assertEqual(html.count("05 January (UTC)"), 1)
        self.assertEqual(html.count("06 January"), 1)
        self.assertEqual(html.count("UTC"), 1)
        self.assertLess(html.index("Hi"), html.index("06 January"))

    def test_everything_is_text(self):
        html = self._render(
            transcript_layout.Entry(1, "<b>", MONDAY, "<script>\n{{x}}", ("<img>.png",))
        )
        for markup in ("<b>", "<script>", "<img>"):
            self.assertNotIn(markup, html)

    def test_simple_text(self):
        for body, text in (
            ("Hello", "Hello"),
            ("a<br>b", "a\nb"),
            ("<p>a</p><p>b &lt;i&gt;</p>", "a\nb <i>"),
            ('<a href="/x">x</a>', None),
        ):
            with self.subTest(body=body):
                self.assertEqual(transcript_layout.simple_text(body), text)


class TestTranscript(LivechatCommandCase):
    def test_who_said_what_and_when(self):
        self.operator.tz = "Europe/Paris"
        self.operator.livechat_username = "Anna"
        first = self._say(self.channel, "Hello <i>you</i>")
        first.date = "2026-01-05 13:02:00"
        second = self._say(
            self.channel, Markup("Look at <a href='/x'>this</a>"), self.operator
        )
        second.date = "2026-01-05 13:03:00"
        html = self.channel.with_user(self.operator)._get_channel_history()
        self.assertIn("<strong>Marie Dupont</strong>", html)
        self.assertIn("<strong>Anna</strong>", html)
        self.assertIn("Hello &lt;i&gt;you&lt;/i&gt;", html)
        self.assertIn("Look at this", html)
        self.assertIn("2:02", html)
        self.assertIn("(Europe/Paris)", html)

    def test_a_chatbot_s_lead_has_the_time_of_the_agent(self):
        """It is made in the request of the visitor, whose browser names a time zone."""
        self.operator.write({"tz": "Asia/Tokyo"})
        self._say(self.channel, "Hello").date = "2026-01-05 13:02:00"
        public = self.env.ref("base.public_user")
        channel = self.channel.with_user(public).with_context(
            guest=self.guest, tz="America/New_York"
        )
        self.assertIn("10:02", channel._get_channel_history())
        self.channel.livechat_operator_id = False
        self.env.company.partner_id.tz = "Europe/Paris"
        self.assertIn("2:02", channel._get_channel_history())

    def test_notifications_and_deleted_messages_are_left_out(self):
        self.channel.message_post(body="joined", message_type="notification")
        message = self._say(self.channel, "Oops")
        self.channel._message_update_content(message, body="", attachment_ids=[])
        self.assertEqual(self.channel._get_channel_history(), "")

    def test_as_far_as_anybody_reads(self):
        """Visitors may write gigabytes: the record is made, and can be opened."""
        self._say(self.channel, "First")
        self._say(self.channel, "x" * MESSAGE_LENGTH + "end")
        self._say(self.channel, "<b>y</b>" * 2 * MESSAGE_LENGTH)
        self._say(self.channel, "Last")
        channel = self.channel.with_user(self.operator)
        html = channel._get_transcript()
        self.assertIn("x…<br>", html)
        self.assertNotIn("end", html)
        self.assertLess(len(html), 3 * MESSAGE_LENGTH)
        self.assertIn("Last", html)
        with patch.object(
            discuss_channel_transcript, "TRANSCRIPT_LENGTH", MESSAGE_LENGTH // 2
        ):
            html = channel._get_transcript()
        self.assertIn("First", html)
        self.assertNotIn("x…", html)
        self.assertIn("The rest is too long: it is in the conversation.", html)

    def test_lines_and_messages_without_end(self):
        """Each costs time and memory, however short: and none is read for nothing."""
        self._say(self.channel, "First")
        self._say(self.channel, Markup("<br>").join("a" * 20_000))
        channel = self.channel.with_user(self.operator)
        limit = patch.object(discuss_channel_transcript, "TRANSCRIPT_LENGTH", 100_000)
        rest = "The rest is too long: it is in the conversation."
        with limit:
            html = channel._get_transcript()
        self.assertTrue("First" in html and rest in html)
        self.assertLess(html.count("<br>"), 10_000)

    def test_what_is_left_out_is_not_fetched(self):
        bodies = [*[False] * 10, "First", "é" * 1_000, *["x" * MESSAGE_LENGTH] * 200]
        values = {
            "model": "discuss.channel",
            "res_id": self.channel.id,
            "message_type": "comment",
            "author_guest_id": self.guest.id,
        }
        Message = self.env["mail.message"].with_user(self.env.ref("base.user_root"))
        Message.create([{**values, "body": body} for body in bodies])
        self.env.flush_all()
        self.env.invalidate_all()
        channel = self.channel.with_user(self.operator)
        with patch.object(discuss_channel_transcript, "TRANSCRIPT_LENGTH", 60_000):
            channel._get_transcript()  # what is loaded once
            tracemalloc.start()
            html = channel._get_transcript()
            _now, peak = tracemalloc.get_traced_memory()
            tracemalloc.stop()
        self.assertIn("First", html)
        self.assertIn("é" * 1_000, html)
        self.assertIn("The rest is too long: it is in the conversation.", html)
        self.assertLess(peak, 3_000_000)

    def test_names_of_any_length(self):
        """A name stands at each turn; some are nothing but blanks."""
        portal = new_test_user(self.env, "portal", groups="base.group_portal")
        chat = self._new_livechat(self.operator, partner=portal.partner_id)
        for name, shown in (("Zoé" * 40_000, "ZoéZoé"), (" ", "Unknown")):
            portal.partner_id.name = name
            for _turn in range(5):
                message = self._say(chat, "Hello", portal.partner_id)
                self._say(chat, "Hi", self.operator)
            message.attachment_ids = self.env["ir.attachment"].create(
                {
                    "name": "file" * 40_000,
                    "res_model": "discuss.channel",
                    "res_id": chat.id,
                }
            )
            html = chat.with_user(self.operator)._get_transcript()
            self.assertIn(f"<strong>{shown}", html)
            self.assertLess(len(html), 20_000)

    def test_files_by_name_without_tokens(self):
        attachment = self.env["ir.attachment"].create(
            {"name": "mouse.png", "raw": b"x", "mimetype": "image/png"}
        )
        self.channel.message_post(attachment_ids=attachment.ids, message_type="comment")
        html = self.channel._get_channel_history()
        self.assertIn("mouse.png", html)
        self.assertNotIn("token", html)

    def test_queries_do_not_grow_with_messages(self):
        counts = []
        for number in (10, 200):
            channel = self._new_livechat(self.operator, guest=self.guest)
            self.env["mail.message"].create(
                [
                    {
                        "model": "discuss.channel",
                        "res_id": channel.id,
                        "body": f"message {i}",
                        "message_type": "comment",
                        "author_guest_id": self.guest.id,
                    }
                    for i in range(number)
                ]
            )
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            channel.with_user(self.operator)._get_channel_history()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(*counts)
