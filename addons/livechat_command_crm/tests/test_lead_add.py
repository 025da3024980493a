from unittest.mock import patch

from odoo.tests import tagged

from odoo.addons.base_word_search.tests.common import lift_time_limits
from odoo.addons.livechat_command.tests.common import LivechatCommandCase

SALES = "sales_team.group_sale_salesman"


@tagged("post_install", "-at_install")
class TestLeadAdd(LivechatCommandCase):
    """``/lead #7 what happened`` adds the conversation to a lead."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        lift_time_limits(cls)
        cls.operator.group_ids += cls.env.ref(
            "sales_team.group_sale_salesman_all_leads"
        )
        cls.lead = cls.env["crm.lead"].create({"name": "Fifty desks for Otto"})
        cls._say(cls.channel, "I want fifty desks")

    def _add(self, argument, status="done", text=None):
        before = self.lead.message_ids
        count = self.env["crm.lead"].search_count([])
        self.assertStatus(self.run_command(f"/lead {argument}"), status, text)
        self.assertEqual(self.env["crm.lead"].search_count([]), count)
        return self.lead.message_ids - before

    def test_added_as_a_note_and_belongs_to_the_conversation(self):
        note = self._add(f"#{self.lead.id} He called", text="Added to")
        self.assertTrue(note.subtype_id.internal)
        self.assertLess(note.body.index("He called"), note.body.index("fifty desks"))
        self.assertFalse(self._add(f"#{self.lead.id}", text="Nothing new"))
        lead = self.lead.with_user(self.operator)
        self.assertFalse(lead.origin_channel_id)
        self.assertEqual(lead._search_of_livechat(self.channel), lead)
        self.assertTrue(lead.can_open_livechat)
        lead.action_open_livechat()

    def test_a_lead_opens_the_conversation_to_nobody(self):
        """Odoo opens a live chat to all of Sales only where a lead was made from it."""
        self._add(f"#{self.lead.id}")
        seller = self._new_operator("seller", groups=SALES)
        seller.group_ids -= self.env.ref("im_livechat.im_livechat_group_user")
        self.lead.user_id = seller
        lead = self.lead.with_user(seller)
        self.assertFalse(lead.can_open_livechat)

    def test_without_the_right_to_write_on_it(self):
        self.operator.group_ids -= self.env.ref(
            "sales_team.group_sale_salesman_all_leads"
        )
        self.operator.group_ids += self.env.ref(SALES)
        self.lead.user_id = self.env.ref("base.user_admin")
        self.lead.message_unsubscribe(self.operator.partner_id.ids)
        missing = self.run_command(f"/lead #{self.lead.id + 1000}")
        self.assertFalse(self._add(f"#{self.lead.id}", "usage", "does not exist or"))
        answer = self.run_command(f"/lead #{self.lead.id}")
        self.assertEqual(answer["code"], missing["code"])

    def test_what_is_a_title(self):
        for title in (f"{self.lead.id}", "LEAD7 x", f"#{self.lead.id}abc", "#x"):
            with self.subTest(title=title):
                answer = self.run_command(f"/lead {title}")
                lead = self.env["crm.lead"].browse(answer["record"]["id"])
                self.assertEqual(lead.name, title)
        for number in ("#0", "#99999999", "#" + "9" * 20):
            self.assertStatus(self.run_command(f"/lead {number}"), "usage")

    def test_won_is_added_and_said(self):
        self.lead.action_set_won()
        self.assertTrue(self._add(f"#{self.lead.id}", text="Closed"))
        self.lead.active = False
        self._add(f"#{self.lead.id}", "usage", "is archived")

    def _get_rows(self, title, channel=None):
        commands = self.env["discuss.command"].with_user(self.operator)
        command = commands._find("lead")
        channel = channel or self.channel
        return commands._get_alike_data(channel.id, command.id, title)["rows"]

    def test_like_leads_are_listed(self):
        self.lead.contact_name = "Otto"
        [row] = self._get_rows("fifty desks")
        self.assertEqual(row["number"], f"#{self.lead.id}")
        self.assertEqual(row["label"], "Add to Fifty desks for Otto")
        self.assertEqual(row["help"], f"Otto, {self.lead.stage_id.name}")

    def test_leads_of_the_customer_come_first(self):
        customer = self.env["res.partner"].create({"name": "Zoé"})
        channel = self._new_livechat(self.operator, partner=customer)
        theirs = self.env["crm.lead"].create(
            {"name": "Lamps", "partner_id": customer.id, "type": "opportunity"}
        )
        numbers = [row["number"] for row in self._get_rows("fifty desks", channel)]
        self.assertEqual(numbers, [f"#{theirs.id}", f"#{self.lead.id}"])

    def test_typing_errors_and_order_are_forgiven(self):
        [row] = self._get_rows("desks fiftey")
        self.assertEqual(row["number"], f"#{self.lead.id}")

    def test_merged_leads_keep_their_conversations(self):
        """The one that is left gets what is said later, once for each conversation."""
        other = self.lead.create({"name": "Fifty desks again"})
        self._add(f"#{self.lead.id}")
        self.run_command(f"/lead #{other.id}")
        elsewhere = self._new_livechat(self.operator, self.guest)
        self.run_command(f"/lead #{other.id}", channel=elsewhere)
        leads = (self.lead + other).with_user(self.operator)
        merged = leads._merge_opportunity().sudo()
        self.assertFalse((self.lead + other - merged).exists())
        before = merged.message_ids
        for channel, said in ((self.channel, "And lamps"), (elsewhere, "And chairs")):
            self.assertEqual(merged._search_of_livechat(channel), merged)
            self._say(channel, said)
            channel.livechat_end_dt = "2026-01-01 12:00:00"
        with patch.object(type(self.env["ir.cron"]), "_commit_progress"):
            self.env["discuss.channel.followup"]._send_pending()
        bodies = (merged.message_ids - before).mapped("body")
        self.assertEqual(len(bodies), 2, bodies)
        for said in ("And lamps", "And chairs"):
            [body] = [each for each in bodies if said in each]
            self.assertNotIn("I want fifty desks", body)
