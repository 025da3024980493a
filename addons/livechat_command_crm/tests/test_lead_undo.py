from odoo.tests import tagged

from odoo.addons.livechat_command.tests.undo import UndoCase


@tagged("post_install", "-at_install")
class TestLeadUndo(UndoCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.operator.group_ids += cls.env.ref("sales_team.group_sale_salesman")
        cls.env["crm.tag"].create({"name": "zz-big"})

    def test_lead_is_archived_and_opens_the_conversation_to_nobody(self):
        salesman = self._new_operator("sales", groups="sales_team.group_sale_salesman")
        chat = self.channel.with_user(salesman)
        request_id, answer = self.run_undoable("/lead 50 desks")
        lead = self.env["crm.lead"].browse(answer["record"]["id"])
        self.assertTrue(chat.has_access("read"))
        self.assertUndone(request_id)
        self.assertFalse(lead.active)
        self.assertEqual(lead.won_status, "pending")
        self.assertFalse(chat.has_access("read"))

    def test_lead_that_another_salesperson_took_is_out_of_reach(self):
        salesman = self._new_operator("sales", groups="sales_team.group_sale_salesman")
        request_id, answer = self.run_undoable("/lead 50 desks")
        lead = self.env["crm.lead"].browse(answer["record"]["id"])
        with self.later():
            lead.user_id = salesman
            self.assertStays(request_id, "gone")
        self.assertTrue(lead.active)

    def _make_line(self, rng):
        word = rng.choice(["50 desks", "<b>a & b</b>", "ü 日本", "x" * 200])
        tokens = rng.sample(["!!", "#zz-big", "@anna"], rng.randrange(3))
        return rng.choice([" ".join(["/lead", word, *tokens]), f"/note {word}"])

    def test_hundred_undos_leave_the_database_as_it_was(self):
        # An archived lead stays in the index.
        left = {"crm_lead_search_word"}
        self.check_random_undos(self._make_line, 100, seed=2, left=left)
