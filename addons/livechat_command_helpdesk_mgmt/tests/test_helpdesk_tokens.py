from odoo.tests import new_test_user, tagged

from .common import HelpdeskCommandCase


@tagged("post_install", "-at_install")
class TestHelpdeskTokens(HelpdeskCommandCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.member = cls._new_operator("mia", name="Mia Member")
        cls.team.user_ids = cls.member + cls.operator
        cls.tag = cls.env["helpdesk.ticket.tag"].create(
            {"name": "Refund", "company_id": False}
        )
        cls.response = cls.env["mail.canned.response"].create(
            {
                "source": "promise",
                "substitution": "Your number is {{ticket.number}}.",
                "group_ids": [(4, cls.env.ref("base.group_user").id)],
            }
        )

    def _count(self):
        return self.env["helpdesk.ticket"].search_count([])

    def test_whole_line(self):
        self._say(self.channel, "It fell down")
        answer = self.run_command("/helpdesk Broken screen !! #refund @mia :promise")
        self.assertStatus(answer, "done")
        ticket = self.env["helpdesk.ticket"].browse(answer["record"]["id"])
        self.assertEqual(ticket.name, "Broken screen")
        self.assertEqual(ticket.priority, "2")
        self.assertEqual(ticket.tag_ids, self.tag)
        self.assertEqual(ticket.user_id, self.member)
        self.assertEqual(ticket.team_id, self.team)
        self.assertIn("It fell down", ticket.description)
        text = answer["composer_response"]["text"]
        self.assertEqual(text, f"Your number is {ticket.number}.")

    def test_priority_is_as_many_options_up_as_there_are_signs(self):
        self.assertEqual(self.create_ticket("Screen !!!").priority, "3")
        ticket = self.create_ticket("Screen ! #refund")
        self.assertEqual((ticket.name, ticket.priority), ("Screen", "1"))
        ticket = self.create_ticket("Au secours !")
        self.assertEqual((ticket.name, ticket.priority), ("Au secours !", "1"))

    def test_agent_who_is_not_of_the_team_is_refused_by_name(self):
        self._new_operator("nina", name="Nina Stranger")
        count = self._count()
        answer = self.run_command("/helpdesk Broken screen @nina :promise")
        self.assertStatus(answer, "refused", "Nina Stranger")
        self.assertEqual(answer["code"], "other_agent")
        self.assertNotIn("composer_response", answer)
        self.assertEqual(self._count(), count)

    def test_who_may_have_own_tickets_alone_assigns_nobody_else(self):
        self._set_level(self.operator, "personal")
        sequence = self.env.ref("helpdesk_mgmt.helpdesk_ticket_sequence")
        before = sequence.number_next_actual
        answer = self.run_command("/helpdesk Broken screen @mia")
        self.assertStatus(answer, "refused", "No right to create")
        sequence.invalidate_recordset()
        self.assertEqual(sequence.number_next_actual, before, "burns no number")
        self.assertEqual(self.create_ticket("Mine @anna").user_id, self.operator)

    def test_tag_of_another_company_stays_title(self):
        company = self.env["res.company"].create({"name": "Elsewhere"})
        self.operator.company_ids += company
        self.tag.company_id = company
        channel = self.channel.with_context(
            allowed_company_ids=[self.env.company.id, company.id]
        )
        ticket = self.create_ticket("Screen #refund", channel=channel)
        self.assertEqual(ticket.name, "Screen #refund")
        self.team.company_id = company
        ticket = self.create_ticket("Screen #refund", channel=channel)
        self.assertEqual((ticket.name, ticket.tag_ids), ("Screen", self.tag))

    def test_tags_are_narrowed_by_postgresql(self):
        """Of many, only what could be typed so is read; however it is written."""
        Tag = self.env["helpdesk.ticket.tag"]
        names = ("Rückgabe", "Return label", "return_label 2", "Öl & Gas", "100%")
        tags = Tag.create([{"name": n, "company_id": False} for n in names])
        Tag.create([{"name": f"Tag {n}", "company_id": False} for n in range(20)])
        line = "Screen #ruckgabe #return-label #return_label-2 #ol-gas #100"
        ticket = self.create_ticket(line)
        self.assertEqual((ticket.name, ticket.tag_ids), ("Screen", tags))
        command = self.env["discuss.command"]._find("helpdesk")
        found = command._find_tags(self.channel, words=["return-label", "refund"])
        # What is beyond ASCII could be anything.
        self.assertEqual(found - tags, self.tag)
        self.assertEqual(found & tags, tags[:4])

    def test_tag_is_typed_as_the_agent_reads_it(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.tag.with_context(lang="fr_FR").name = "Remboursement"
        self.operator.lang = "fr_FR"
        channel = self.channel.with_context(lang="fr_FR")
        line = "Écran #remboursement"
        self.assertEqual(self.create_ticket(line, channel=channel).tag_ids, self.tag)
        self.assertFalse(self.create_ticket(line).tag_ids)

    def test_portal_user_is_no_agent(self):
        portal = new_test_user(self.env, "pia", groups="base.group_portal")
        self.team.user_ids += portal
        self.assertEqual(self.create_ticket("Screen @pia").name, "Screen @pia")

    def test_list_has_the_team_alone(self):
        self._new_operator("nina", name="Nina Stranger")
        command = self.env.ref(
            "livechat_command_helpdesk_mgmt.discuss_command_helpdesk"
        )
        data = command.with_user(self.operator)._get_token_data(
            self.channel.id, command.id
        )
        names = [row["name"] for row in data["@"]]
        self.assertCountEqual(names, ["Mia Member", "Anna Agent"])
        self.assertIn({"key": "refund", "name": "Refund"}, data["#"])
        self.assertEqual(
            [(row["key"], row["name"]) for row in data["!"]],
            [("!", "Medium"), ("!!", "High"), ("!!!", "Very High")],
        )

    def test_search_that_finds_one_speaks_of_it(self):
        ticket = self.create_ticket("Zanzibar")
        line = "/helpdesk_search zanzibar :promise"
        answer = self.run_command(line)
        self.assertStatus(answer, "done", ticket.number)
        self.assertIn(ticket.number, answer["composer_response"]["text"])
        answer = self.run_command("/helpdesk_search xylophone :promise")
        self.assertNotIn("composer_response", answer)
