from datetime import datetime

from odoo.tests import tagged

from odoo.addons.livechat_command.tests.common import LivechatCommandCase


@tagged("post_install", "-at_install")
class TestCannedResponsePlaceholder(LivechatCommandCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.website = cls.env["website"].search([], limit=1)
        cls.website.domain = "https://shop.example.com"
        cls.visitor = cls.env["website.visitor"].create(
            {"access_token": "f" * 32, "website_id": cls.website.id}
        )
        cls.channel.livechat_visitor_id = cls.visitor

    def _get_values(self):
        values = self.env["mail.canned.response.placeholder"].with_user(self.operator)
        return values._get_values(self.channel.with_user(self.operator))

    def test_website_and_page_of_the_visitor(self):
        self.assertEqual(self._get_values()["website"], "https://shop.example.com")
        self.assertEqual(self._get_values()["page"], "")
        self.env["website.track"].create(
            {
                "visitor_id": self.visitor.id,
                "url": "https://evil.example.org/shop/desk?token=secret",
                "visit_datetime": datetime(2026, 3, 1, 12, 0),
            }
        )
        self.assertEqual(
            self._get_values()["page"], "https://shop.example.com/shop/desk"
        )

    def test_a_page_without_website_is_no_value(self):
        """No part of an address, such as "False/shop", goes to a customer."""
        self.visitor.website_id = False
        self.env.company.website = False
        self.env["website.track"].create(
            {
                "visitor_id": self.visitor.id,
                "url": "https://shop.example.com/desk",
                "visit_datetime": datetime(2026, 3, 1, 12, 0),
            }
        )
        self.assertFalse(self._get_values()["website"])
        self.assertFalse(self._get_values()["page"])
