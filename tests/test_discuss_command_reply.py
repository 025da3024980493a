from .common import LivechatCommandCase


class TestReply(LivechatCommandCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.creator = cls._new_operator(
            "creator",
            groups="im_livechat.im_livechat_group_user,base.group_partner_manager",
        )
        cls.channel._add_members(users=cls.creator)
        cls.response = cls.env["mail.canned.response"].create(
            {
                "source": "created",
                "substitution": "Hello {{visitor.first_name}}, I made {{record.name}}"
                " {{record.number|for you}}. {{record.link|}}",
                "group_ids": [(4, cls.env.ref("base.group_partner_manager").id)],
            }
        )
        cls.command = cls.env["discuss.command"].create(
            {
                "name": "contact",
                "kind": "create",
                "model_name": "res.partner",
                "canned_response_id": cls.response.id,
            }
        )

    def test_reply_comes_with_the_answer(self):
        messages = self.channel.message_ids
        answer = self.run_command("/contact Acme", user=self.creator)
        self.assertStatus(answer, "done")
        self.assertEqual(
            answer["composer_response"]["text"], "Hello Marie, I made Acme for you. "
        )
        self.assertEqual(self.channel.message_ids, messages, "never sent by itself")

    def test_same_request_same_reply(self):
        answers = [
            self.run_command("/contact Acme", user=self.creator, request_id="request-1")
            for __ in range(2)
        ]
        self.assertEqual(*answers)

    def test_no_reply_without_success(self):
        answer = self.run_command("/contact", user=self.creator)
        self.assertStatus(answer, "usage")
        self.assertNotIn("composer_response", answer)

    def test_no_reply_after_the_end(self):
        """Nothing can be sent any more: the text could only be deleted."""
        self._say(self.channel, "Hello", self.creator)
        self.env["discuss.command"].with_user(self.creator).create(
            {"name": "bye", "kind": "lines", "lines": "/contact Acme\n/end"}
        )
        for line in ("/bye", "/contact Acme", "/contact Acme :created"):
            with self.subTest(line=line):
                answer = self.run_command(line, user=self.creator)
                self.assertStatus(answer, "done")
                self.assertTrue(self.channel.livechat_end_dt)
                self.assertNotIn("composer_response", answer)

    def test_who_may_not_read_the_response_gets_none(self):
        self.response.group_ids = self.env.ref("base.group_system")
        answer = self.run_command("/contact Acme", user=self.creator)
        self.assertStatus(answer, "done")
        self.assertNotIn("composer_response", answer)

    def test_builtin_command_with_a_reply(self):
        self.env.ref("livechat_command.discuss_command_note").write(
            {"canned_response_id": self.response.id}
        )
        answer = self.run_command("/note Tea", user=self.creator)
        self.assertIn("Hello Marie", answer["composer_response"]["text"])

    def test_response_that_becomes_private(self):
        self.command.active = False
        self.response.group_ids = False
        self.assertFalse(self.command.canned_response_id)

    def test_deleted_response(self):
        self.response.unlink()
        answer = self.run_command("/contact Acme", user=self.creator)
        self.assertStatus(answer, "done")
        self.assertNotIn("composer_response", answer)
