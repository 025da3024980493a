from odoo.tests import new_test_user

from .common import LivechatCommandCase


class TestCreateRecord(LivechatCommandCase):
    """Commands that create records, with ``res.partner`` as the example model."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.creator = cls._new_operator(
            "creator",
            groups="im_livechat.im_livechat_group_user,base.group_partner_manager",
            name="Carl Creator",
        )
        cls.channel._add_members(users=cls.creator)
        cls.category = cls.env["res.partner.category"].create({"name": "From chat"})
        cls.command = cls.env["discuss.command"].create(
            {
                "name": "contact",
                "kind": "create",
                "model_name": "res.partner",
                "transcript_field": "comment",
                "partner_field": "parent_id",
                "value_ids": [
                    (0, 0, {"field_name": "type", "value": "other"}),
                    (0, 0, {"field_name": "color", "value": "7"}),
                    (
                        0,
                        0,
                        {"field_name": "category_id", "value": str(cls.category.id)},
                    ),
                ],
            }
        )

    def test_record_has_title_transcript_and_values(self):
        self._say(self.channel, "My <b>mouse</b> is broken")
        answer = self.run_command("/contact Marie  Dupont", user=self.creator)
        self.assertStatus(answer, "done", "Marie Dupont")
        record = self.env["res.partner"].browse(answer["record"]["id"])
        self.assertIn(f"/odoo/res.partner/{record.id}", answer["body"])
        self.assertEqual(record.name, "Marie Dupont")
        self.assertEqual(record.create_uid, self.creator)
        self.assertIn("mouse", record.comment)
        self.assertNotIn("<b>", record.comment)
        self.assertEqual(record.type, "other")
        self.assertEqual(record.color, 7)
        self.assertEqual(record.category_id, self.category)
        self.assertFalse(record.parent_id, "a guest is no contact")

    def test_customer_is_the_contact_of_the_visitor(self):
        portal = new_test_user(self.env, "portal_visitor", groups="base.group_portal")
        channel = self._new_livechat(self.creator, partner=portal.partner_id)
        answer = self.run_command("/contact X", user=self.creator, channel=channel)
        self.assertStatus(answer, "done")
        record = self.env["res.partner"].browse(answer["record"]["id"])
        self.assertEqual(record.parent_id, portal.partner_id)

    def test_title_is_asked_for(self):
        self.assertStatus(self.run_command("/contact", user=self.creator), "usage")

    def test_no_right_gained(self):
        self.assertNotIn("contact", self.get_offered())
        self.assertIn("contact", self.get_offered(self.creator))
        count = self.env["res.partner"].search_count([])
        self.assertStatus(
            self.run_command("/contact X"), "refused", "No right to create"
        )
        self.assertEqual(self.env["res.partner"].search_count([]), count)
