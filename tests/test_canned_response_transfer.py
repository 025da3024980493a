import csv

from lxml.etree import fromstring

from odoo.tools.misc import file_open

from odoo.addons.mail.tests.common import MailCase

from ..hooks import uninstall_hook
from .test_canned_response import CannedResponseCase


class TestCannedResponseTransfer(CannedResponseCase, MailCase):
    """Responses come by file, are used, and stay when the addon goes."""

    # ------------------------------------------------------------
    # IMPORT AND EXPORT
    # ------------------------------------------------------------

    def test_import_template_is_imported_and_exported(self):
        self.env["res.lang"]._activate_lang("de_DE")
        [template] = self.Response.get_import_templates()
        with file_open(template["template"].lstrip("/")) as file:
            header, *lines = list(csv.reader(file))
        result = self.Response.with_context(
            name_create_enabled_fields={"tag_ids": True}
        ).load(header, lines)
        self.assertFalse(result["messages"])
        welcome, order = self.Response.browse(result["ids"])
        self.assertEqual(welcome.source, "welcome")
        self.assertEqual(welcome.lang_id, self.english)
        self.assertEqual((welcome | order).group_ids, self.agents)
        self.assertEqual(set(welcome.tag_ids.mapped("name")), {"Greetings", "Short"})
        self.assertEqual(welcome.text_ids.lang_id.mapped("code"), ["fr_FR", "de_DE"])
        self.assertEqual(order.text_ids.lang_id, self.french)
        self.operator.group_ids += self.env.ref("base.group_allow_export")
        exported = (welcome | order).export_data(header)["datas"]
        self.assertEqual(len(exported), len(lines))
        self.assertEqual(exported[0][:2], lines[0][:2])
        self.assertEqual([row[6] for row in exported], [line[6] for line in lines])

    def test_importer_is_told_what_nobody_else_sees(self):
        for group, told in (("", True), ("im_livechat.im_livechat_group_user", False)):
            with self.subTest(group):
                self._reset_bus()
                self.Response.with_context(import_file=True).load(
                    ["source", "substitution", "group_ids/id"],
                    [[f"one {group}", "1", group], [f"two {group}", "2", group]],
                )
                self.env.cr.precommit.run()
                sent = self.env["bus.bus"].sudo().search([]).mapped("message")
                found = [text for text in sent if "2 of these canned resp" in text]
                self.assertEqual(bool(found), told)

    def test_language_by_code_or_name(self):
        Lang = self.env["res.lang"].with_user(self.operator)
        for name in ("fr_BE", "French (BE) / Français (BE)"):
            with self.subTest(name):
                [(lang_id, _name)] = Lang.name_search(name, operator="=")
                self.assertEqual(Lang.browse(lang_id).code, "fr_BE")

    def test_groups_of_many_are_set_at_once(self):
        arch = self.Response.get_view(view_type="list")["arch"]
        self.assertIn('multi_edit="1"', arch)
        responses = self._new_response("a") | self._new_response("b")
        responses.write({"group_ids": [(4, self.agents.id)]})
        self.assertEqual(set(responses.mapped("is_shared")), {True})

    def test_pages_have_a_stable_order(self):
        for view_type in ("list", "kanban"):
            arch = fromstring(self.Response.get_view(view_type=view_type)["arch"])
            self.assertEqual(arch.get("default_order").split(", ")[-1], "id")

    # ------------------------------------------------------------
    # USE
    # ------------------------------------------------------------

    def test_sorted_and_searched_by_use(self):
        a, b, c = (self._new_response(source) for source in "abc")
        b.count_use()
        b.count_use()
        c.count_use()
        mine = [("id", "in", (a | b | c).ids)]
        search = self.Response.search
        self.assertEqual(search(mine, order="use_count desc, id"), b | c | a)
        self.assertEqual(search(mine, order="last_use_date, id")[-1:], a)
        self.assertEqual(search([*mine, ("use_count", ">", 1)]), b)
        self.assertEqual(search([*mine, ("use_count", "!=", 0)]), c | b)

    # ------------------------------------------------------------
    # REMOVAL
    # ------------------------------------------------------------

    def test_removal_leaves_texts_that_can_be_sent(self):
        hello = self._new_response(
            "hello", "Hi {{visitor.name|there}}, {{visitor.email}} {{?order}} {{x"
        )
        plain = self._new_response("plain", "Plain")
        plain.active = False
        hello.count_use()
        parameters = self.env["ir.config_parameter"]
        parameters.set_param("livechat_command.single_colon", "False")
        parameters.set_param("livechat_command.retention_days", "30")
        uninstall_hook(self.env)
        self.assertFalse(parameters.search([("key", "=like", "livechat_command.%")]))
        self.assertEqual(hello.substitution, "Hi there, [visitor's e-mail] [order] {{x")
        self.assertEqual(plain.substitution, "Plain")
        self.assertTrue(hello.last_used)
        self.assertFalse(plain.last_used)
