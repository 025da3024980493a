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

    def test_rest_of_the_conversation_comes_as_a_note(self):
        answer = self.run_command("/contact X", user=self.creator)
        self._say(self.channel, "One thing more")
        record = self.env["res.partner"].browse(answer["record"]["id"])
        self.env["discuss.channel.followup"].search(
            [("res_model", "=", "res.partner"), ("res_id", "=", record.id)]
        )._send()
        self.assertIn("One thing more", record.message_ids[0].body)

    def test_strangers_do_not_follow_what_holds_the_transcript(self):
        stranger = new_test_user(self.env, "stranger", groups="base.group_portal")
        visitor = new_test_user(self.env, "portal_visitor", groups="base.group_portal")
        channel = self._new_livechat(self.creator, partner=visitor.partner_id)
        followers = stranger.partner_id + visitor.partner_id

        def subscribe(records, *args, **kwargs):
            records.message_subscribe(followers.ids)

        self.patch(self.registry["res.partner"], "_message_auto_subscribe", subscribe)
        answer = self.run_command("/contact X", user=self.creator, channel=channel)
        record = self.env["res.partner"].browse(answer["record"]["id"])
        self.assertEqual(record.message_partner_ids & followers, visitor.partner_id)

    def test_title_is_asked_for(self):
        answer = self.run_command("/contact", user=self.creator)
        self.assertStatus(answer, "usage", "What should follow /contact?")

    def test_no_right_gained(self):
        self.assertNotIn("contact", self.get_offered())
        self.assertIn("contact", self.get_offered(self.creator))
        count = self.env["res.partner"].search_count([])
        self.assertStatus(
            self.run_command("/contact X"), "refused", "No right to create"
        )
        self.assertEqual(self.env["res.partner"].search_count([]), count)


class TestCustomer(LivechatCommandCase):
    """A model that takes its customer from elsewhere, as a task from its project."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.stranger = cls.env["res.partner"].create({"name": "Acme"})
        group = cls.env.ref("base.group_user").id
        rights = {"perm_read": True, "perm_create": True, "perm_write": True}
        partner = {"ttype": "many2one", "relation": "res.partner", "store": True}
        computed = {
            **partner,
            "compute": "for job in self: job['x_customer_id'] = job.x_project_id",
            "depends": "x_project_id",
            "readonly": False,
        }
        names = {
            "x_name": {"ttype": "char"},
            "x_note": {"ttype": "html"},
            "x_project_id": partner,
        }
        model = cls.env["ir.model"].create(
            {
                "name": "Job",
                "model": "x_job",
                "access_ids": [(0, 0, {"name": "job", "group_id": group, **rights})],
                "field_id": [
                    (0, 0, {"name": name, "field_description": name, **values})
                    for name, values in names.items()
                ],
            }
        )
        cls.env["ir.model.fields"].create(
            {
                "name": "x_customer_id",
                "field_description": "Customer",
                "model_id": model.id,
                **computed,
            }
        )
        project = {"field_name": "x_project_id", "value": str(cls.stranger.id)}
        cls.command = cls.env["discuss.command"].create(
            {
                "name": "job",
                "kind": "create",
                "model_name": "x_job",
                "transcript_field": "x_note",
                "value_ids": [(0, 0, project)],
            }
        )

    def _create_job(self, **kwargs):
        answer = self.run_command("/job Repair", **kwargs)
        self.assertStatus(answer, "done")
        return self.env["x_job"].browse(answer["record"]["id"])

    def test_a_guest_is_not_the_customer_of_the_project(self):
        for field in (False, "x_customer_id"):
            with self.subTest(field):
                self.command.partner_field = field
                job = self._create_job()
                self.assertEqual(job.x_project_id, self.stranger)
                self.assertFalse(job.x_customer_id)

    def test_nor_is_a_visitor_who_is_logged_in(self):
        portal = new_test_user(self.env, "portal_visitor", groups="base.group_portal")
        channel = self._new_livechat(self.operator, partner=portal.partner_id)
        self.assertFalse(self._create_job(channel=channel).x_customer_id)
        self.command.partner_field = "x_customer_id"
        job = self._create_job(channel=channel)
        self.assertEqual(job.x_customer_id, portal.partner_id)

    def test_without_a_transcript_the_model_decides(self):
        self.command.transcript_field = False
        self.assertEqual(self._create_job().x_customer_id, self.stranger)

    def test_what_the_admin_chose_is_the_customer(self):
        customer = {"field_name": "x_customer_id", "value": str(self.stranger.id)}
        self.command.value_ids = [(0, 0, customer)]
        self.assertEqual(self._create_job().x_customer_id, self.stranger)

    def test_a_project_that_is_shared_with_customers(self):
        """They follow the project, not the task, and its model lets them read it."""
        portal = new_test_user(self.env, "collaborator", groups="base.group_portal")
        self.stranger.message_subscribe(portal.partner_id.ids)
        self._create_job()
        job = self.env["ir.model"]._get("x_job")
        group = self.env.ref("base.group_portal")
        values = {"name": "portal", "model_id": job.id}
        self.env["ir.model.access"].create(
            {**values, "group_id": group.id, "perm_read": True}
        )
        self._create_rule(values, group, portal.partner_id.id + 1)
        self._create_job()
        self._create_rule(values, group, portal.partner_id.id)
        count = self.env["x_job"].search_count([])
        answer = self.run_command("/job Repair")
        self.assertStatus(answer, "failed", "could read this conversation")
        self.assertEqual(self.env["x_job"].search_count([]), count)
        self.command.transcript_field = False
        self._create_job()

    def _create_rule(self, values, group, partner_id):
        domain = [("x_project_id.message_partner_ids", "in", [partner_id])]
        values = {**values, "groups": [(4, group.id)], "domain_force": str(domain)}
        self.env["ir.rule"].create(values)

    def test_any_other_way_to_a_customer_creates_nothing(self):
        Job = self.registry["x_job"]
        self.patch(Job, "_mail_get_partner_fields", lambda *args: ["x_project_id"])
        self.command.value_ids.unlink()
        project = self.env["ir.default"]
        project.set("x_job", "x_project_id", self.stranger.id)
        self.patch(type(self.command), "_get_guessed_customers", lambda self: set())
        answer = self.run_command("/job Repair")
        self.assertStatus(answer, "failed", "would belong to another customer")
        self.assertEqual(answer["code"], "other_customer")
        self.assertFalse(self.env["x_job"].search_count([]))


class TestRemovedApp(LivechatCommandCase):
    """What is left of a definition when the app of its model is removed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.model = cls.env["ir.model"].create(
            {
                "name": "Parcel",
                "model": "x_parcel",
                "access_ids": [
                    (
                        0,
                        0,
                        {
                            "name": "parcel",
                            "group_id": cls.env.ref("base.group_user").id,
                            "perm_read": True,
                            "perm_create": True,
                        },
                    )
                ],
                "field_id": [
                    (
                        0,
                        0,
                        {
                            "name": "x_name",
                            "ttype": "char",
                            "field_description": "Name",
                        },
                    ),
                    (
                        0,
                        0,
                        {
                            "name": "x_note",
                            "ttype": "html",
                            "field_description": "Note",
                        },
                    ),
                ],
            }
        )
        cls.command = cls.env["discuss.command"].create(
            {
                "name": "parcel",
                "kind": "create",
                "model_name": "x_parcel",
                "transcript_field": "x_note",
            }
        )

    def _remove(self, records):
        records.unlink()
        self.env.flush_all()

    def test_with_the_app(self):
        answer = self.run_command("/parcel Box")
        self.assertStatus(answer, "done", 'href="/odoo/m-x_parcel/')
        self.assertEqual(self.command.model_id, self.model)
        self.assertFalse(self.command.problem)

    def test_without_its_field(self):
        self._remove(self.command.transcript_field_id)
        self.assertNotIn("parcel", self.get_offered())
        self.assertIn("help", self.get_offered())
        self.assertStatus(
            self.run_command("/parcel Box"), "refused", "no field “x_note”"
        )
        self.assertIn("no field “x_note”", self.command.problem)

    def test_without_its_model(self):
        self.run_command("/parcel Box")
        run = self.env["discuss.command.run"].search([], limit=1)
        self._remove(self.model)
        self.assertNotIn("parcel", self.get_offered())
        self.assertIn("help", self.get_offered())
        self.assertStatus(
            self.run_command("/parcel Box"), "refused", "no model “x_parcel”"
        )
        self.command.write({"active": False, "aliases": "box"})
        self.command.write({"active": True})
        view = self.env["discuss.command"].get_view(view_type="form")
        self.assertIn("problem", view["arch"])
        values = self.command.web_read(
            {
                "model_id": {"fields": {"display_name": {}}},
                "transcript_field_id": {"fields": {"display_name": {}}},
                "problem": {},
                "audience": {},
            }
        )[0]
        self.assertFalse(values["model_id"])
        self.assertIn("no model “x_parcel”", values["problem"])
        self.assertFalse(run.record_name)
