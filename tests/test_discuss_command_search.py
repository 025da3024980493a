from .common import LivechatCommandCase


class TestSearchRecords(LivechatCommandCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.command = cls.env["discuss.command"].create(
            {"name": "contacts", "kind": "search", "model_name": "res.partner"}
        )
        cls.env["res.partner"].create(
            [{"name": f"Zebra {number:02}"} for number in range(12)]
        )

    def test_links(self):
        answer = self.run_command("/contacts zebra 07")
        self.assertStatus(answer, "done", "Zebra 07")
        record = self.env["res.partner"].search([("name", "=", "Zebra 07")])
        self.assertIn(f'href="/odoo/res.partner/{record.id}"', answer["body"])

    def test_ten_at_most(self):
        answer = self.run_command("/contacts zebra")
        self.assertEqual(answer["body"].count("href="), 10)
        self.assertStatus(answer, "done", "There are more")
        self.assertNotIn(
            "There are more", self.run_command("/contacts zebra 0")["body"]
        )

    def test_wildcards_are_text(self):
        for argument in ("%", "Z_bra", "zebra%", "\\", "'", "<b>", "x" * 5000):
            with self.subTest(argument[:10]):
                answer = self.run_command(f"/contacts {argument}")
                self.assertStatus(answer, "done", "Nothing found for")
                self.assertNotIn("<b>", answer["body"])

    def test_words_are_asked_for(self):
        self.assertStatus(self.run_command("/contacts"), "usage", "searched for?")

    def test_only_what_the_agent_may_read(self):
        self.env["ir.rule"].create(
            {
                "name": "No zebra 07",
                "model_id": self.env["ir.model"]._get("res.partner").id,
                "domain_force": "[('name', '!=', 'Zebra 07')]",
            }
        )
        self.assertStatus(self.run_command("/contacts zebra 07"), "done", "Nothing")

    def test_without_access_it_is_refused(self):
        self.command.model_name = "ir.model.access"
        self.assertNotIn("contacts", self.get_offered())
        self.assertStatus(
            self.run_command("/contacts x"), "refused", "No right to read"
        )

    def test_answer_is_made_anew(self):
        answer = self.run_command("/contacts zebra 07", request_id="request-1")
        self.env["res.partner"].search([("name", "=", "Zebra 07")]).unlink()
        again = self.run_command("/contacts zebra 07", request_id="request-1")
        self.assertIn("Zebra 07</a>", answer["body"])
        self.assertStatus(again, "done", "Nothing found for")
