from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from odoo.addons.livechat_command.tests.common import LivechatCommandCase

AGENT_GROUPS = "im_livechat.im_livechat_group_user,sales_team.group_sale_salesman"


@tagged("post_install", "-at_install")
class TestLead(LivechatCommandCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.operator.group_ids += cls.env.ref("sales_team.group_sale_salesman")

    def _run_lead(self, title="Broken mouse", **kwargs):
        answer = self.run_command(f"/lead {title}", **kwargs)
        self.assertStatus(answer, "done")
        self.assertEqual(answer["record"]["model"], "crm.lead")
        return self.env["crm.lead"].browse(answer["record"]["id"])

    def test_lead_has_transcript_source_and_title(self):
        self._say(self.channel, "My mouse is broken")
        lead = self._run_lead()
        self.assertEqual(lead.name, "Broken mouse")
        self.assertEqual(
            lead.source_id, self.env.ref("crm_livechat.utm_source_livechat")
        )
        self.assertEqual(lead.origin_channel_id, self.channel)
        self.assertIn("My mouse is broken", lead.description)

    def test_answer_links_to_the_lead(self):
        answer = self.run_command("/lead Broken mouse")
        self.assertIn(f'href="/odoo/crm.lead/{answer["record"]["id"]}"', answer["body"])

    def test_title_is_plain_text(self):
        for title in ("a < b & c", "<b>bold</b>", "5 * 3 _x_", "&lt;", "[1] http://x"):
            with self.subTest(title=title):
                self.assertEqual(self._run_lead(title).name, title)

    def test_tokens_set_priority_tag_and_salesperson(self):
        tag = self.env["crm.tag"].create({"name": "Big deal"})
        lead = self._run_lead("50 desks !!! #big-deal @anna")
        self.assertEqual(lead.name, "50 desks")
        self.assertEqual(lead.priority, "3")
        self.assertEqual(lead.tag_ids, tag)
        self.assertEqual(lead.user_id, self.operator)

    def test_salesperson_one_may_not_choose_is_refused(self):
        self._new_operator("other", groups=AGENT_GROUPS, name="Otto Other")
        answer = self.run_command("/lead 50 desks @otto")
        self.assertStatus(answer, "refused", "No right to create")
        self.assertFalse(self.channel.sudo().lead_ids)

    def test_title_is_needed(self):
        self.assertStatus(self.run_command("/lead"), "usage", "the lead about?")
        self.assertFalse(self.channel.lead_ids)

    def test_empty_conversation(self):
        lead = self._run_lead()
        self.assertEqual(lead.name, "Broken mouse")
        self.assertNotIn("<strong>", lead.description)

    def test_guest_is_no_contact(self):
        self._say(self.channel, "Write to marie@example.com")
        partners = self.env["res.partner"].search_count([])
        lead = self._run_lead()
        self.assertFalse(lead.partner_id)
        self.assertEqual(lead.contact_name, "Marie Dupont")
        self.assertEqual(lead.email_from, "marie@example.com")
        double = lead.copy()
        self.channel.sudo().unlink()
        self.env.invalidate_all()
        self.assertFalse(lead.origin_channel_id)
        self.assertTrue(lead.is_contact_unverified and double.is_contact_unverified)
        lead.partner_id = self.operator.partner_id
        self.assertFalse(lead.is_contact_unverified)
        self.assertEqual(self.env["res.partner"].search_count([]), partners)

    def test_address_of_a_guest_guesses_no_contact(self):
        known = self.env["res.partner"].create(
            {"name": "Known", "email": "marie@example.com"}
        )
        self._say(self.channel, "Write to marie@example.com")
        lead = self._run_lead()
        self.assertFalse(lead.partner_id)
        self.assertNotIn(known, lead.message_partner_ids)

    def test_default_guest_name_is_no_name(self):
        self.guest.name = "Visitor #12"
        lead = self._run_lead()
        self.assertFalse(lead.contact_name)
        self.assertFalse(lead.is_contact_unverified)

    def test_logged_in_visitor_is_the_customer(self):
        portal = new_test_user(self.env, "portal", groups="base.group_portal")
        channel = self._new_livechat(self.operator, partner=portal.partner_id)
        lead = self._run_lead(channel=channel)
        self.assertEqual(lead.partner_id, portal.partner_id)

    def test_operators_are_never_the_customer(self):
        former = self._new_operator("former")
        self.channel._add_members(users=former)
        former.active = False
        self.assertFalse(self._run_lead().partner_id)

    def test_created_once_with_what_is_known(self):
        """Automation at creation sees the guest, and no customer that Odoo guesses."""
        self._say(self.channel, "Write to marie@example.com")
        seen = []
        CrmLead = self.registry["crm.lead"]
        create, write = CrmLead.create, CrmLead.write

        def spy_create(records, vals_list):
            leads = create(records, vals_list)
            seen.extend((lead.name, lead.contact_name) for lead in leads)
            return leads

        def spy_write(records, vals):
            seen.extend(vals.keys() & {"name", "partner_id", "description"})
            return write(records, vals)

        self.patch(CrmLead, "create", spy_create)
        self.patch(CrmLead, "write", spy_write)
        self._run_lead("<b>Mouse</b>")
        self.assertEqual(seen, [("<b>Mouse</b>", "Marie Dupont")])

    def test_odoo_callers_get_the_same_lead(self):
        channel = self.channel.with_user(self.operator)
        lead = channel._convert_visitor_to_lead(
            self.operator.partner_id, "/lead  A  &lt; b"
        )
        self.assertEqual(lead.name, "A &lt; b")
        self.assertEqual(lead.contact_name, "Marie Dupont")
        self.assertNotIn("livechat_command_lead", lead.env.context)

    def test_context_of_a_client_changes_no_lead(self):
        values = {"values": {"name": "Forged"}}
        channel = self.channel.with_context(livechat_command_lead=values)
        self.assertEqual(self._run_lead("Mouse", channel=channel).name, "Mouse")
        lead = channel.env["crm.lead"].create({"name": "Mine"})
        self.assertEqual(lead.name, "Mine")

    def test_customers_who_follow_the_team_do_not_get_the_lead(self):
        stranger = new_test_user(self.env, "stranger", groups="base.group_portal")

        def subscribe(leads, *args, **kwargs):
            leads.message_subscribe(stranger.partner_id.ids)

        self.patch(self.registry["crm.lead"], "_message_auto_subscribe", subscribe)
        lead = self._run_lead()
        self.assertNotIn(stranger.partner_id, lead.message_partner_ids)

    def test_no_tracking_message_of_the_creation(self):
        lead = self._run_lead()
        self.env.flush_all()
        self.env.cr.precommit.run()
        self.assertFalse(lead.message_ids.tracking_value_ids)

    def test_files_belong_to_the_lead(self):
        message = self._say(self.channel, "See the picture")
        message.attachment_ids = self.env["ir.attachment"].create(
            {
                "name": "blank.png",
                "raw": b"png",
                "res_model": "discuss.channel",
                "res_id": self.channel.id,
            }
        )
        lead = self._run_lead()
        copy = self.env["ir.attachment"].search(
            [("res_model", "=", "crm.lead"), ("res_id", "=", lead.id)]
        )
        self.assertEqual(copy.name, "blank.png")
        self.assertFalse(copy.access_token)
        self.assertIn("blank.png", lead.description)
        self.assertNotIn("access_token", lead.description)

    def test_rest_of_the_conversation_comes_at_its_end(self):
        self._say(self.channel, "My mouse is broken")
        lead = self._run_lead()
        self._say(self.channel, "It works again")
        self.channel.livechat_end_dt = fields.Datetime.now()
        self.env["discuss.channel.followup"].search([("is_pending", "=", True)])._send()
        note = lead.message_ids[0]
        self.assertTrue(note.subtype_id.internal)
        self.assertIn("It works again", note.body)
        self.assertNotIn("My mouse is broken", note.body)

    def test_refused_without_sales_rights(self):
        other = self._new_operator("other")
        self.channel._add_members(users=other)
        self.assertNotIn("lead", self.get_offered(other))
        self.assertStatus(
            self.run_command("/lead x", user=other), "refused", "“Lead” records. Ask"
        )
        self.assertFalse(self.channel.lead_ids)

    def test_odoo_command_follows_the_same_rule(self):
        outsider = self._new_operator("outsider", groups=AGENT_GROUPS)
        command = self.env.ref("livechat_command_crm.discuss_command_lead")
        with self.assertRaises(AccessError):
            self.channel.with_user(outsider).execute_command_lead(body="/lead x")
        self.channel.with_user(self.operator).execute_command_lead(body="/lead x")
        self.assertEqual(self.channel.lead_ids.name, "x")
        command.active = False
        with self.assertRaises(AccessError):
            self.channel.with_user(self.operator).execute_command_lead(body="/lead y")
        self.assertEqual(len(self.channel.lead_ids), 1)

    def test_hint_names_customer_and_leads(self):
        command = self.env.ref("livechat_command_crm.discuss_command_lead")
        command = command.with_user(self.operator)
        channel = self.channel.with_user(self.operator)
        self.assertEqual(command._get_hint(channel), "Lead for Marie Dupont")
        self._run_lead("Mouse")
        name = self.operator.name
        self.assertRegex(
            command._get_hint(channel),
            rf"^Lead for Marie Dupont · Already Mouse, {name}, \d+:\d\d",
        )
        self._run_lead("Cat · dog")
        self.assertIn("· Already Cat - dog,", command._get_hint(channel))
