from datetime import datetime, timedelta

from odoo.tests import HttpCase, new_test_user, tagged

from odoo.addons.livechat_command.tests.common import LivechatCommandCase


@tagged("post_install", "-at_install")
class TestHistory(LivechatCommandCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.visitor = cls.env["website.visitor"].create({"access_token": "f" * 32})
        cls.channel.livechat_visitor_id = cls.visitor

    def _track(self, url, page=None, **values):
        return self.env["website.track"].create(
            {
                "visitor_id": self.visitor.id,
                "url": url,
                "page_id": page and page.id,
                "visit_datetime": datetime(2026, 3, 1, 12, 0),
                **values,
            }
        )

    def _get_pages(self, user=None):
        command = self.env.ref("livechat_command.discuss_command_history")
        command = command.with_user(user or self.operator)
        [part] = command._get_history_parts(self.channel.with_user(command.env.user))
        return part["pages"]

    def test_newest_first_without_query(self):
        first = datetime(2026, 3, 1, 12, 0)
        self._track("https://example.com/a?token=secret#x", visit_datetime=first)
        self._track(
            "https://example.com/b", visit_datetime=first + timedelta(minutes=1)
        )
        answer = self.run_command("/history")
        self.assertStatus(answer, "done", "Website")
        self.assertNotIn("secret", answer["body"])
        self.assertLess(
            answer["body"].index('href="/b"'), answer["body"].index('href="/a"')
        )

    def test_at_most_fifteen(self):
        for number in range(20):
            self._track(f"https://example.com/{number}")
        self.assertEqual(
            [page["path"] for page in self._get_pages()],
            [f"/{number}" for number in range(19, 4, -1)],
        )

    def test_time_of_the_operator_and_title(self):
        self.operator.tz = "Asia/Tokyo"
        view = self.env["ir.ui.view"].create(
            {"name": "Prices", "type": "qweb", "key": "website.prices", "arch": "<p/>"}
        )
        page = self.env["website.page"].create(
            {"view_id": view.id, "url": "/prices", "name": "Our prices"}
        )
        self._track("https://example.com/prices", page)
        [shown] = self._get_pages()
        self.assertEqual(shown["title"], "Our prices")
        self.assertIn("9:00", shown["date"])

    def test_link_never_leaves_the_site(self):
        for url in (
            "https://example.com//evil.example",
            "https://example.com/\\evil.example",
            "https://example.com///evil.example",
            "https://example.com/\t/evil.example",
            "https://example.com/\n\\evil.example",
            "javascript:alert(1)",
            "http://[",
        ):
            with self.subTest(url=url):
                page = self.env["discuss.command"]._prepare_tracked_page(
                    self._track(url)
                )
                self.assertFalse(page["is_link"])
        answer = self.run_command("/history")
        self.assertNotIn("<a ", answer["body"])
        self.assertIn("evil.example", answer["body"])

    def test_conversation_without_visitor_has_no_page_of_others(self):
        for number in range(20):
            self._track(f"https://example.com/{number}")
        self.channel.livechat_visitor_id = False
        command = self.env["discuss.command"].with_user(self.operator)
        tracks = command._search_tracks(self.channel.with_user(self.operator))
        self.assertFalse(tracks)

    def test_path_is_short_and_text(self):
        self._track('https://example.com/"><script>alert(1)</script>' + "x" * 300)
        answer = self.run_command("/history")
        self.assertNotIn("<script", answer["body"])
        self.assertEqual(len(self._get_pages()[0]["path"]), 200)

    def test_conversation_without_website_visitor(self):
        self._track("https://example.com/of-somebody-else")
        self.channel.livechat_visitor_id = False
        answer = self.run_command("/history")
        self.assertStatus(answer, "done", "offline")
        self.assertNotIn("somebody", answer["body"])

    def test_invited_colleague_gets_the_browser_part_alone(self):
        self._track("https://example.com/a")
        colleague = new_test_user(self.env, "colleague", groups="base.group_user")
        self.channel._add_members(users=colleague)
        answer = self.run_command("/history", user=colleague)
        self.assertStatus(answer, "done", "offline")
        self.assertNotIn("Website", answer["body"])


@tagged("post_install", "-at_install")
class TestTranslations(HttpCase):
    def test_visitors_get_nothing_of_this_addon(self):
        response = self.url_open("/website/translations?lang=en_US")
        self.assertIn("website_livechat", response.text)
        self.assertNotIn("livechat_command", response.text)
