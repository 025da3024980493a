from odoo.tests import tagged

from odoo.addons.livechat_command.tests.common import LivechatCommandCase


@tagged("post_install", "-at_install")
class TestCannedResponsePlaceholder(LivechatCommandCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.salesman = cls.env.ref("sales_team.group_sale_salesman")
        cls.operator.group_ids += cls.salesman

    def _get_lead_name(self):
        values = self.env["mail.canned.response.placeholder"].with_user(self.operator)
        return values._get_values(self.channel.with_user(self.operator))["lead.name"]

    def test_lead_of_the_conversation(self):
        self.assertEqual(self._get_lead_name(), "")
        self.run_command("/lead Interested in 50 desks")
        self.assertEqual(self._get_lead_name(), "Interested in 50 desks")

    def test_no_lead_without_sales_rights(self):
        self.run_command("/lead Interested in 50 desks")
        self.operator.group_ids -= self.salesman
        self.assertEqual(self._get_lead_name(), "")
