from .undo import UndoCase


class TestRandomUndo(UndoCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.operator.group_ids += cls.env.ref("base.group_partner_manager")
        Tag = cls.env["im_livechat.conversation.tag"]
        cls.tags = ["zz-a", "zz-b", "zz-c"]
        Tag.create([{"name": name} for name in cls.tags])
        cls.env["discuss.command"].create(
            {
                "name": "contact",
                "kind": "create",
                "model_name": "res.partner",
                "transcript_field": "comment",
                "tag_field": "category_id",
            }
        )
        cls.env["res.partner.category"].create({"name": "zz-vip"})
        cls.env["discuss.command"].with_user(cls.operator).create(
            [
                {"name": name, "kind": "lines", "lines": "\n".join(lines)}
                for name, lines in (
                    ("one", ["/contact {argument} #zz-vip", "/tag zz-a", "/note N"]),
                    ("two", ["/note {argument}", "/note Again", "/status help"]),
                    (
                        "three",
                        ["/one {argument}", "/status waiting", "/two {argument}"],
                    ),
                )
            ]
        )

    def _make_line(self, rng):
        word = rng.choice(["Refund", "<b>a & b</b>", "ü 日本", "x" * 200, 'say "hi"'])
        return rng.choice(
            [
                f"/contact {word}",
                f"/contact {word} #zz-vip",
                f"/note {word}",
                f"/tag {rng.choice(self.tags)}",
                f"/tag {' '.join(rng.sample(self.tags, 2))}",
                f"/status {rng.choice(['help', 'waiting', 'in-progress'])}",
                f"/one {word}",
                f"/two {word}",
                f"/three {word}",
                f"/save kept-{rng.randrange(3)}",
            ]
        )

    def test_three_hundred_undos_leave_the_database_as_it_was(self):
        self.run_command("/note A line to keep")
        self.check_random_undos(self._make_line, 300, seed=13)
