from odoo.tests import new_test_user, tagged

from odoo.addons.mail.tools.discuss import Store

from .common import HelpdeskCommandCase


@tagged("post_install", "-at_install")
class TestHelpdeskAdd(HelpdeskCommandCase):
    """``/helpdesk HT00012 what happened`` adds the conversation to a ticket."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ticket = cls._new_ticket("Broken screen", number="HT07012")
        cls._say(cls.channel, "My screen is <b>dark</b>")

    def _add(self, argument="HT07012 It broke", status="done", text=None, **kwargs):
        """Run ``/helpdesk`` and return the notes that came to the ticket."""
        before = self.ticket.message_ids
        count = self.env["helpdesk.ticket"].search_count([])
        answer = self.run_command(f"/helpdesk {argument}", **kwargs)
        self.assertStatus(answer, status, text)
        made = self.env["helpdesk.ticket"].search_count([]) - count
        self.assertFalse(made, "a ticket was made")
        return self.ticket.message_ids - before

    def _end(self):
        self.channel.livechat_end_dt = "2026-01-05 10:00:00"
        self.env["discuss.channel.followup"].search([("is_pending", "=", True)])._send()

    # What comes to the ticket

    def test_one_internal_note_with_text_transcript_and_files(self):
        self._say(self.channel, "See this").attachment_ids = self.env[
            "ir.attachment"
        ].create(
            {
                "name": "screen.txt",
                "raw": b"dark",
                "res_model": "discuss.channel",
                "res_id": self.channel.id,
            }
        )
        description = self.ticket.description
        note = self._add("HT07012 It <i>broke</i> again", text="Added to")
        self.assertEqual(len(note), 1)
        self.assertTrue(note.subtype_id.internal)
        self.assertEqual(note.author_id, self.operator.partner_id)
        self.assertLess(
            note.body.index("It &lt;i&gt;broke&lt;/i&gt; again"),
            note.body.index("My screen is"),
        )
        self.assertNotIn("access_token", note.body)
        file = note.attachment_ids
        self.assertEqual(file.mapped("name"), ["screen.txt"])
        self.assertFalse(self.ticket.attachment_ids, "its customer would see them")
        self.assertEqual(self.ticket.description, description)

    def test_text_may_be_left_out(self):
        self.assertIn("My screen is", self._add("HT07012").body)

    def test_conversation_without_messages(self):
        channel = self._new_livechat(self.operator, guest=self.guest)
        note = self._add("HT07012", channel=channel)
        self.assertIn("nothing was written yet", note.body)
        self.assertFalse(self._add("HT07012", channel=channel, text="Nothing new"))
        note = self._add("HT07012 Now text", channel=channel)
        self.assertNotIn("nothing was written", note.body)

    def test_the_answer_links_to_it_and_names_it_as_record(self):
        answer = self.run_command("/helpdesk HT07012 again")
        self.assertIn(f'href="/odoo/helpdesk.ticket/{self.ticket.id}"', answer["body"])
        self.assertIn("HT07012 Broken screen", answer["body"])
        self.assertEqual(answer["record"]["id"], self.ticket.id)

    def test_the_same_conversation_a_second_time(self):
        self._add("HT07012 First")
        self.assertFalse(self._add("HT07012", text="Nothing new"))
        self._say(self.channel, "It smokes")
        note = self._add("HT07012 Second")
        self.assertIn("It smokes", note.body)
        self.assertNotIn("My screen is", note.body)
        self.assertIn("Said since", note.body)
        links = self.channel._get_followups("helpdesk.ticket")
        self.assertEqual(links.res_id, self.ticket.id)

    def test_the_conversations_own_ticket_gets_what_is_new(self):
        ticket = self.create_ticket("Own")
        origin = ticket.origin_channel_id
        self._say(self.channel, "It smokes")
        self.ticket = ticket
        note = self._add(f"{ticket.number} More")
        self.assertIn("It smokes", note.body)
        self.assertNotIn("My screen is", note.body)
        self.assertEqual(ticket.origin_channel_id, origin)

    # The ticket belongs to the conversation

    def test_what_is_said_later_comes_at_the_end(self):
        self._add()
        self._say(self.channel, "It works again")
        before = self.ticket.message_ids
        self._end()
        note = self.ticket.message_ids - before
        self.assertIn("It works again", note.body)
        self.assertNotIn("My screen is", note.body)

    def test_panel_hint_and_search_have_it(self):
        self._add()
        channel = self.channel.with_user(self.operator)
        tickets = channel.env["helpdesk.ticket"]
        self.assertEqual(tickets._search_of_livechat(channel), self.ticket)
        self.assertIn("HT07012", self.run_command("/helpdesk_search")["body"])
        command = channel.env["discuss.command"]._find("helpdesk")
        self.assertIn("Already HT07012, Anna Agent, ", command._get_hint(channel))

    def test_view_chat_opens_the_last_conversation(self):
        ticket = self.create_ticket("Made from another")
        other = self._new_livechat(self.operator, guest=self.guest)
        self.run_command(f"/helpdesk {ticket.number}", channel=other)
        self.assertEqual(ticket.origin_channel_id, self.channel)
        ticket = ticket.with_user(self.operator)
        self.assertEqual(ticket._get_livechats()[ticket], self.channel | other)
        self._add()
        self.assertTrue(self.ticket.with_user(self.operator).can_open_livechat)
        self.ticket.with_user(self.operator).action_open_livechat()
        stranger = new_test_user(
            self.env, "desk", groups="helpdesk_mgmt.group_helpdesk_manager"
        )
        self.assertFalse(self.ticket.with_user(stranger).can_open_livechat)

    def test_placeholders_speak_of_it(self):
        self._add()
        response = self.env["mail.canned.response"].create(
            {"source": "promise", "substitution": "It is {{ticket.number}}."}
        )
        text = response._render_for(self.channel)["text"]
        self.assertEqual(text, "It is HT07012.")

    def test_who_gave_the_address_of_a_ticket_by_mail_stays_as_known(self):
        self.ticket.partner_email = "zoe@example.com"
        self._add()
        self.assertFalse(self.ticket.is_contact_unverified)
        self.assertFalse(self.ticket.origin_channel_id)

    # Which ticket

    def test_how_the_number_is_typed(self):
        for number in ("HT07012", "ht7012", "#7012", "#HT07012", "HT07012:"):
            with self.subTest(number=number):
                self.assertTrue(self._add(f"{number} It broke"))

    def test_what_is_a_title(self):
        self._new_ticket("Other", number="HT00012")
        for title in ("12", "12 mice", "#12abc", "7012", "T12 x", "Mouse HT07012"):
            with self.subTest(title=title):
                self.assertEqual(self.create_ticket(title).name, title)

    def test_number_with_a_year_in_its_prefix(self):
        sequence = self.env.ref("helpdesk_mgmt.helpdesk_ticket_sequence")
        sequence.prefix = "T/%(year)s/"
        self.ticket.number = "T/2024/00012"
        self.assertTrue(self._add("t/2024/12 It broke"))
        self._add("T/2023/00012 It broke", "usage", "does not exist")
        self.assertEqual(self.create_ticket("HT07012 x").name, "HT07012 x")

    def test_number_of_several(self):
        self._new_ticket("Imported", number="OLD7012")
        self._add("#7012", "usage", "type it in full")
        self.assertTrue(self._add("HT07012"))

    def test_closed_is_added_and_said(self):
        done = self.env.ref("helpdesk_mgmt.helpdesk_ticket_stage_done")
        self.ticket.stage_id = done
        self.assertTrue(self._add(text="Closed"))
        self.assertEqual(self.ticket.stage_id, done)

    def test_duplicate_is_added_and_said(self):
        first = self._new_ticket("First", number="HT07001")
        self.ticket.duplicate_id = first
        self.assertTrue(self._add(text="Duplicate of HT07001"))

    def test_archived_is_refused(self):
        self.ticket.active = False
        self.assertFalse(self._add(status="usage", text="HT07012 is archived"))

    def test_tokens_are_for_new_tickets(self):
        self.assertFalse(self._add("HT07012 It broke !!", "usage", "Type text alone"))

    def test_response_follows(self):
        self.env["mail.canned.response"].create(
            {
                "source": "promise",
                "substitution": "{{ticket.number}} is yours.",
                "group_ids": self.env.ref("base.group_user").ids,
            }
        )
        answer = self.run_command("/helpdesk HT07012 again :promise")
        self.assertEqual(answer["composer_response"]["text"], "HT07012 is yours.")

    # Rights

    def test_what_does_not_exist_and_may_not_be_read_is_answered_alike(self):
        company = self.env["res.company"].create({"name": "Second"})
        self._new_ticket("Secret", number="HT07077", company_id=company.id)
        self.run_command("/helpdesk HT07077 x")  # rules are kept in memory
        for number in ("HT%s", "ht%s", "#%s", "#HT%s"):
            answers, queries = [], []
            for digits in ("07077", "07078"):
                before = self.env.cr.sql_log_count
                answers.append(self.run_command(f"/helpdesk {number % digits} x"))
                queries.append(self.env.cr.sql_log_count - before)
            # Nor does the time tell: one looks whether one may read it.
            self.assertLessEqual(abs(queries[0] - queries[1]), 1)
            first, second = (
                {**answer, "body": answer["body"].replace(digits, "")}
                for answer, digits in zip(answers, ("07077", "07078"), strict=True)
            )
            first["sentence"] = second["sentence"] = ""
            self.assertEqual(first, second)
            self.assertStatus(answers[0], "usage", "does not exist or is not open")
            self.assertEqual(answers[0]["code"], "not_readable")

    def test_each_kind_of_user(self):
        """Who may read a ticket may post a note on it, and so add to it."""
        mine = {"user_id": self.operator.id}
        for level, values, is_added in (
            ("all", {"user_id": False}, True),
            ("team", {"user_id": False}, False),
            ("personal", {"user_id": False}, False),
            ("personal", mine, True),
        ):
            with self.subTest(level=level, values=values):
                self._set_level(self.operator, level)
                self.team.user_ids = [(5,)]
                self.ticket.message_unsubscribe(self.operator.partner_id.ids)
                self.ticket.write(values)
                status = "done" if is_added else "usage"
                self.assertEqual(bool(self._add(status=status)), is_added)
        self._set_level(self.operator, "none")
        self.assertFalse(self._add(status="refused", text="No right to create"))

    # What is listed while a title is typed

    def _get_alike(self, title, channel=None, user=None):
        env = self.env(user=user or self.operator)
        command = env["discuss.command"]._find("helpdesk")
        channel = channel or self.channel
        return command._get_alike_data(channel.id, command.id, title)

    def _get_numbers(self, *args, **kwargs):
        return [row["number"] for row in self._get_alike(*args, **kwargs)["rows"]]

    def _new_customer(self):
        customer = self.env["res.partner"].create({"name": "Zoé"})
        return customer, self._new_livechat(self.operator, partner=customer)

    def test_row_names_the_ticket(self):
        self.ticket.partner_name = "Marie"
        [row] = self._get_alike("Broken screen")["rows"]
        self.assertEqual(
            row,
            {
                "number": "HT07012",
                "label": "Add to HT07012",
                "help": "Broken screen · Marie, New",
            },
        )

    def test_open_ones_of_the_customer_come_first(self):
        customer, channel = self._new_customer()
        done = self.env.ref("helpdesk_mgmt.helpdesk_ticket_stage_done")
        self._new_ticket("Broken lamp", partner_id=customer.id, stage_id=done.id)
        keyboard = self._new_ticket("Keyboard", partner_id=customer.id)
        numbers = self._get_numbers("Broken screen", channel)
        self.assertEqual(numbers[:2], [keyboard.number, "HT07012"])
        screen = self._new_ticket("The broken screen", partner_id=customer.id)
        newest = self._new_ticket("Unlike", partner_id=customer.id)
        numbers = self._get_numbers("Broken screen", channel)
        expected = [screen.number, newest.number, keyboard.number]
        self.assertEqual(numbers, expected)

    def test_tickets_with_the_typed_address_and_of_the_conversation(self):
        self._say(self.channel, "I am marie@example.com")
        same = self._new_ticket("Lamp", partner_email="Marie <Marie@example.com>")
        self._new_ticket("Lamp", partner_email="annemarie@example.com")
        [row] = self._get_alike("Keyboard")["rows"]
        self.assertEqual(row["number"], same.number)
        self.assertEqual(row["help"], "Lamp · New · Same e-mail, not verified")
        own = self.create_ticket("Mouse")
        self.assertEqual(self._get_numbers("Keyboard"), [own.number, same.number])

    def test_only_what_one_may_read(self):
        self._set_level(self.operator, "personal")
        self.assertFalse(self._get_numbers("Broken screen"))
        self.ticket.user_id = self.operator
        self.assertEqual(self._get_numbers("Broken screen"), ["HT07012"])

    def test_whoever_may_not_run_the_command_is_told_nothing(self):
        stranger = self._new_operator("stranger")
        self._set_level(stranger, "all")
        for title in ("Broken screen", "HT07012 x"):
            data = self._get_alike(title, user=stranger)
            self.assertEqual(data, {"rows": [], "hint": []})
        commands = self.env["discuss.command"].with_user(self.operator)
        command = commands._find("helpdesk")
        for ids in ((None, None), ("1", "1"), (0, -1), (2**40, 2**40), (True, [1])):
            data = commands._get_alike_data(*ids, "Broken screen")
            self.assertEqual(data, {"rows": [], "hint": []})
        for title in (None, 12, ["x"], "", "\x00", "x" * 20_000, "%_\\'\""):
            data = commands._get_alike_data(self.channel.id, command.id, title)
            self.assertFalse(data["hint"])
        note = commands._find("note")
        data = commands._get_alike_data(self.channel.id, note.id, "Broken screen")
        self.assertFalse(data["rows"])

    def test_number_that_cannot_be_typed_is_not_listed(self):
        self.ticket.number = "12"
        self.assertEqual(self._get_numbers("Broken screen"), ["#12"])
        self.ticket.number = "none"
        self.assertFalse(self._get_numbers("Broken screen"))

    # The hint, when a number is typed

    def _get_hint(self, argument, **kwargs):
        data = self._get_alike(argument, **kwargs)
        self.assertFalse(data["rows"])
        return data["hint"]

    def test_hint_says_what_enter_does(self):
        sentence = "Adds this conversation to HT07012 Broken screen"
        self.assertEqual(self._get_hint("HT07012 x"), [sentence])
        self.assertEqual(self._get_hint("#7012"), [sentence])
        self.assertEqual(self._get_alike("7012")["hint"], [])
        self.assertEqual(self._get_hint("#99")[0], "")
        self.assertIn("#99 does not exist or", self._get_hint("#99")[1])

    def test_hint_warns_of_another_customer(self):
        customer, channel = self._new_customer()
        mine = {"partner_id": customer.id, "partner_name": "Zoé"}
        person = self.env["res.partner"].create(
            {"name": "Otto", "email": "otto@example.com"}
        )
        others = {"partner_id": person.id, "partner_name": "Otto"}
        self._say(self.channel, "I am marie@example.com")
        cases = [
            (channel, mine, []),
            (channel, others, ["Of another customer: Otto"]),
            (self.channel, others, ["Of another customer: Otto"]),
            # Whoever says so: a guest is nobody's customer.
            (
                self.channel,
                {"partner_id": False, "partner_name": "Marie Dupont"},
                ["Same name, not verified"],
            ),
            (
                self.channel,
                {"partner_name": "M", "partner_email": "M <marie@example.com>"},
                ["Same e-mail, not verified"],
            ),
        ]
        for where, values, warnings in cases:
            with self.subTest(where=where, values=values):
                self.ticket.write(values)
                self.assertEqual(self._get_hint("HT07012", channel=where)[1:], warnings)

    def test_hint_warns_of_what_is_closed(self):
        self.ticket.stage_id = self.env.ref("helpdesk_mgmt.helpdesk_ticket_stage_done")
        self.assertEqual(self._get_hint("HT07012")[1:], ["Closed"])
        self.ticket.active = False
        self.assertIn("is archived", self._get_hint("HT07012")[1])

    # What visitors call themselves, and their tickets

    def test_names_look_like_nothing_else(self):
        name = "Marie · Already HT07012\u202e · Closed"
        customer = self.env["res.partner"].create({"name": name})
        channel = self._new_livechat(self.operator, partner=customer)
        channel = channel.with_user(self.operator)
        hints = channel._get_command_store_fields()[1].value.values()
        self.assertIn("Ticket for Marie - Already HT07012 - Closed", str(hints))
        self.assertFalse([hint for hint in hints if " · " in hint])
        self._new_ticket("Lamp · Closed", partner_id=customer.id)
        [row] = self._get_alike("Keyboard", channel)["rows"]
        self.assertEqual(
            row["help"], "Lamp - Closed · Marie - Already HT07012 - Closed, New"
        )

    def test_names_and_titles_of_any_length_cost_little(self):
        """Portal users type them: 100 times a million would come with each chat."""
        customer = self.env["res.partner"].create({"name": "Zoé" * 40_000})
        channel = self._new_livechat(self.operator, partner=customer)
        channel = channel.with_user(self.operator)
        values = {"description": "x", "partner_id": customer.id}
        titles = ["Zebra " + "broken " * 20_000] * 12
        self.env["helpdesk.ticket"].create([{**values, "name": t} for t in titles])
        self.ticket.partner_id = customer
        sent = {
            "hints": Store()
            .add(channel, channel._get_command_store_fields())
            .get_result(),
            "panel": Store()
            .add(channel, channel._get_livechat_session_fields_to_store())
            .get_result(),
            "rows": self._get_alike("Zebra broken", channel),
            "hint": self._get_hint("HT07012", channel=channel),
            "found": self.run_command("/helpdesk_search zebra", channel=channel),
            "own": self.run_command("/helpdesk_search", channel=channel),
            "added": self.run_command("/helpdesk HT07012 x", channel=channel),
        }
        for name, data in sent.items():
            self.assertLess(len(str(data)), 20_000, name)

    # Did you mean

    def test_search_without_a_match_offers_the_nearest_words(self):
        for _n in range(3):
            self._new_ticket("Zebraprinter")
        answer = self.run_command("/helpdesk_search zebraprintr")
        self.assertStatus(answer, "done", "No ticket matches zebraprintr")
        offer, create = answer["offers"]
        self.assertEqual(
            offer,
            {
                "label": "Did you mean zebraprinter? (3)",
                "line": "/helpdesk_search zebraprinter",
                "is_run": True,
            },
        )
        self.assertEqual(create["line"], "/helpdesk zebraprintr")
        self.assertStatus(self.run_command(offer["line"]), "done", "Zebraprinter")
        self._set_level(self.operator, "personal")
        answer = self.run_command("/helpdesk_search zebraprintr")
        self.assertNotIn("Did you mean", str(answer["offers"]))

    # What the visitor wrote

    def test_no_visitor_chooses_the_ticket(self):
        """Tab and Enter make a ticket of what a visitor wrote first, whatever it is."""
        for sentence in (
            "HT07012 is all mine",
            "#7012: it is mine",
            "ht7012, thank you",
        ):
            with self.subTest(sentence=sentence):
                chat = self._new_livechat(self.operator, guest=self.guest)
                self._say(chat, sentence)
                title = chat.with_user(self.operator)._get_offered_title()
                self.assertIn(sentence.rstrip(".,"), title)
                ticket = self.create_ticket(title, channel=chat)
                self.assertNotEqual(ticket, self.ticket)
                self.assertEqual(ticket.name, title)

    def test_other_titles_are_offered_as_they_were_written(self):
        for sentence in (
            "12 screens are dark",
            "S00012 has not come",
            "#refund it please",
        ):
            with self.subTest(sentence=sentence):
                chat = self._new_livechat(self.operator, guest=self.guest)
                self._say(chat, sentence)
                title = chat.with_user(self.operator)._get_offered_title()
                self.assertEqual(title, sentence)
