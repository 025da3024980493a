"""Who may do what with kept lines, as a truth table, through the RPC."""

import uuid

from odoo.tests import Form, HttpCase, JsonRpcException, new_test_user, tagged
from odoo.tools import mute_logger

from .common import LivechatCommandCase

SEE = {"read", "search_read", "name_search", "read_group", "export", "list", "names"}
CHANGE = {"write", "web_save", "switch_off", "delete"}
NOTHING = set()
EVERYTHING = SEE | CHANGE | {"run", "share"}

# Of lines that the owner keeps, and of lines that were shared with all internal users.
TABLE = {
    "public": (NOTHING, NOTHING),
    "portal": (NOTHING, NOTHING),
    "internal": (NOTHING, SEE | {"run"}),
    "owner": (EVERYTHING - {"share"}, SEE | {"run"}),
    "operator": (NOTHING, SEE | {"run"}),
    "manager": (NOTHING, EVERYTHING),
    "admin": (NOTHING, EVERYTHING),
}
EXPORT = "base.group_allow_export"
OPERATOR = f"im_livechat.im_livechat_group_user,{EXPORT}"
GROUPS = {
    "portal": "base.group_portal",
    "internal": f"base.group_user,{EXPORT}",
    "owner": f"{OPERATOR},base.group_partner_manager",
    "operator": OPERATOR,
    "manager": f"im_livechat.im_livechat_group_manager,{EXPORT}",
    "admin": f"base.group_system,{EXPORT}",
}
FORGERS = ("internal", "operator", "owner", "manager")
MUTED = ("odoo.http", "odoo.sql_db")


@tagged("post_install", "-at_install")
class TestKeptLinesRights(LivechatCommandCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users = {
            role: new_test_user(cls.env, f"role_{role}", groups=groups)
            for role, groups in GROUPS.items()
        }
        for role, user in cls.users.items():
            if role != "portal":
                cls.channel._add_members(users=user, post_joined_message=False)
        cls.everybody = cls.env.ref("base.group_user")
        cls.env["discuss.command"].create(
            {"name": "contact", "kind": "create", "model_name": "res.partner"}
        )

    def _be(self, role):
        """Have the next requests come from ``role``."""
        user = self.users.get(role)
        self.authenticate(user and user.login, user and user.login)

    def _call(self, method, *args, model="discuss.command", **kwargs):
        return self.make_jsonrpc_request(
            f"/web/dataset/call_kw/{model}/{method}",
            {"model": model, "method": method, "args": args, "kwargs": kwargs},
        )

    def _is_refused(self, method, *args, **kwargs):
        """Tell whether a call is answered by an error."""
        try:
            self._call(method, *args, **kwargs)
        except JsonRpcException:
            return True
        return False

    def _keep(self, is_shared=False, lines="/note x", owner="owner"):
        """Return new lines of the owner, called ``mine``."""
        commands = self.env["discuss.command"].with_user(self.users[owner])
        kept = commands.create({"name": "mine", "kind": "lines", "lines": lines})
        if is_shared:
            kept.sudo().group_ids = self.everybody
        return kept.sudo()

    def _run(self, line):
        args = (self.channel.ids, line, uuid.uuid4().hex)
        return self._call("run_command", *args, model="discuss.channel")

    # ------------------------------------------------------------
    # WHAT THE TABLE HAS
    # ------------------------------------------------------------

    def _do_read(self, kept):
        return self._call("read", kept.ids, ["name", "lines"])

    def _do_search_read(self, kept):
        domain = [("lines", "ilike", "/note"), ("name", "=", "mine")]
        return self._call("search_read", domain, ["name"])

    def _do_name_search(self, kept):
        return dict(self._call("name_search", "mine")).get(kept.id)

    def _do_read_group(self, kept):
        rows = self._call(
            "formatted_read_group", [], groupby=["name"], aggregates=["__count"]
        )
        return "mine" in [row["name"] for row in rows]

    def _do_export(self, kept):
        return self._call("export_data", kept.ids, ["name", "lines"])["datas"]

    def _fetch(self):
        params = ["livechat_command", {"channel_id": self.channel.id}]
        return self.make_jsonrpc_request("/mail/data", {"fetch_params": [params]})

    def _do_list(self, kept):
        commands = self._fetch().get("discuss.command", [])
        return kept.id in [command["id"] for command in commands]

    def _do_names(self, kept):
        """What counts as a slip: nobody learns what others keep."""
        known = self._fetch()["Store"].get("livechat_command", {})
        return "mine" in known.get("names", [])

    def _do_run(self, kept):
        return self._run("/mine")["status"] == "done"

    def _do_write(self, kept):
        return self._call("write", kept.ids, {"lines": "/note changed"})

    def _do_web_save(self, kept):
        values = {"help": "Changed", "name": "mine2"}
        return self._call("web_save", kept.ids, values, {"name": {}})

    def _do_switch_off(self, kept):
        return self._call("write", kept.ids, {"active": False})

    def _do_share(self, kept):
        group = [(6, 0, self.everybody.ids)]
        return self._call("write", kept.ids, {"group_ids": group})

    def _do_delete(self, kept):
        return self._call("unlink", kept.ids)

    def _may(self, action, kept):
        try:
            return bool(getattr(self, f"_do_{action}")(kept))
        except (JsonRpcException, KeyError):
            return False

    @mute_logger(*MUTED)
    def test_truth_table(self):
        for role, columns in TABLE.items():
            self._be(role)
            for is_shared, allowed in zip((False, True), columns, strict=True):
                done = set()
                for action in sorted(EVERYTHING):
                    kept = self._keep(is_shared)
                    before = kept.read(["name", "lines", "active", "group_ids"])
                    if self._may(action, kept):
                        done.add(action)
                    else:
                        kept.invalidate_recordset()
                        after = kept.read(["name", "lines", "active", "group_ids"])
                        self.assertEqual(after, before, (role, action))
                    kept.exists().unlink()
                with self.subTest(role=role, is_shared=is_shared):
                    self.assertEqual(done, allowed)

    @mute_logger(*MUTED)
    def test_lines_of_another_give_no_right(self):
        """Each line is run with the rights of who runs it, and those alone."""
        self._keep(is_shared=True, lines="/note x\n/contact Of {argument}")
        for role in TABLE:
            self._be(role)
            note = self.channel.livechat_note
            try:
                status = self._run(f"/mine {role}")["status"]
            except JsonRpcException:
                status = "refused"
            self.channel.invalidate_recordset()
            made = self.env["res.partner"].search([("name", "=", f"Of {role}")])
            with self.subTest(role=role):
                user = self.users.get(role)
                partners = self.env["res.partner"].with_user(user or 1)
                may = bool(user) and role != "portal" and partners.has_access("create")
                self.assertEqual(bool(made), may)
                self.assertEqual(status == "done", may)
                self.assertEqual(self.channel.livechat_note != note, may)

    # ------------------------------------------------------------
    # FORGED
    # ------------------------------------------------------------

    def _search_new(self, before):
        return self.env["discuss.command"].search([("id", "not in", before.ids)])

    @mute_logger(*MUTED)
    def test_forged_defaults_share_nothing(self):
        everything = self.env["discuss.command"].with_context(active_test=False)
        forged = {
            "default_group_ids": [(6, 0, self.everybody.ids)],
            "default_kind": "lines",
            "default_owner_id": self.users["admin"].id,
            "default_lost_name": "note",
        }
        values = {"name": "forged", "lines": "/note x"}
        for role in FORGERS:
            self._be(role)
            for method, args in (
                ("create", [values]),
                ("web_save", [[], values, {"name": {}}]),
            ):
                before = everything.search([])
                self._call(method, *args, context=forged)
                made = self._search_new(before)
                with self.subTest(role=role, method=method):
                    self.assertEqual(made.owner_id, self.users[role])
                    self.assertEqual(made.kind, "lines")
                    self.assertEqual(bool(made.group_ids), role == "manager")
                made.unlink()

    def test_everybody_keeps_lines_by_the_form(self):
        for role in FORGERS:
            commands = self.env["discuss.command"].with_user(self.users[role])
            with Form(commands.with_context(default_kind="lines")) as form:
                form.name = f"new-{role}"
                form.lines = "/note x"
            kept = form.record
            self.assertEqual(kept.owner_id, self.users[role])
            with Form(kept) as form:
                form.lines = "/note y"
            with self.subTest(role=role):
                self.assertEqual(kept.lines, "/note y")

    def test_form_of_shared_lines_is_for_managers(self):
        kept = self._keep(is_shared=True)
        for role in TABLE.keys() - {"public", "portal"}:
            with self.subTest(role=role):
                may = role in ("manager", "admin")
                self.assertEqual(kept.with_user(self.users[role]).is_definable, may)

    def test_form_asks_nobody_elses_commands(self):
        """Whoever is sent as owner: neither their lines nor their rights show."""
        self._keep(lines="/contact x")
        self._be("operator")
        for name in ("mine", "none", "contact"):
            values = {"name": "new", "kind": "lines", "lines": f"/{name} x"}
            specification = {"lines_preview": {}, "owner_id": {}, "lines": {}}
            previews = [
                self._call(
                    "onchange",
                    [],
                    {**values, "owner_id": self.users[owner].id},
                    ["lines", "owner_id"],
                    specification,
                )["value"]["lines_preview"]
                for owner in ("owner", "operator")
            ]
            with self.subTest(name):
                self.assertEqual(*previews)

    @mute_logger(*MUTED)
    def test_lines_tell_no_name_of_a_server_action(self):
        action = self.env["ir.actions.server"].search([], limit=1)
        values = {"name": "new", "lines": "/note x", "action_id": action.id}
        kept = self._keep(owner="operator")
        for role in ("operator", "manager"):
            self._be(role)
            self.assertTrue(self._is_refused("create", [values]))
            self.env["ir.default"].set(
                "discuss.command", "action_id", action.id, self.users[role].id
            )
            rest = {key: values[key] for key in ("name", "lines")}
            self.assertTrue(self._is_refused("create", [rest]))
        self._be("operator")
        self.assertTrue(self._is_refused("write", kept.ids, {"action_id": action.id}))
        kept.invalidate_recordset()
        self.assertFalse(kept.action_id)

    def test_own_default_of_a_user_shares_nothing(self):
        self.env["ir.default"].set(
            "discuss.command",
            "group_ids",
            self.everybody.ids,
            user_id=self.users["operator"].id,
        )
        self.assertFalse(self._keep(owner="operator").group_ids)

    @mute_logger(*MUTED)
    def test_forged_values_define_nothing(self):
        everything = self.env["discuss.command"].with_context(active_test=False)
        action = self.env["ir.actions.server"].create(
            {
                "name": "Anything",
                "model_id": self.env.ref("mail.model_discuss_channel").id,
                "state": "code",
                "code": "record.sudo().unlink()",
            }
        )
        kinds = [*self.env["discuss.command"]._get_valid_kinds().keys() - {"lines"}]
        target = {"model_name": "res.partner", "action_id": action.id}
        note = self.env.ref("livechat_command.discuss_command_note")
        before = everything.search([])
        state = before.read(["name", "kind", "active", "group_ids", "owner_id"])
        for role in FORGERS:
            self._be(role)
            for kind in kinds:
                values = {"name": "forged", "kind": kind, **target}
                context = {"default_kind": kind}
                rest = {key: values[key] for key in values if key != "kind"}
                for method, args, kwargs in (
                    ("create", [values], {}),
                    ("web_save", [[], values, {}], {}),
                    ("create", [rest], {"context": context}),
                    ("copy", [note.ids], {"default": values}),
                ):
                    with self.subTest(role=role, method=method, kind=kind):
                        self.assertTrue(self._is_refused(method, *args, **kwargs))
            for method, args in (
                ("copy", [note.ids]),
                ("write", [note.ids, {"name": "forged"}]),
                ("web_save", [note.ids, {"kind": "lines", "lines": "/end"}, {}]),
                ("unlink", [note.ids]),
                ("name_create", ["forged"]),
                ("update_field_translations", [note.ids, "help", {"en_US": "x"}]),
            ):
                with self.subTest(role=role, method=method):
                    self.assertTrue(self._is_refused(method, *args))
            values = [["name", "kind", "model_name"], [["forged", "create", "x"]]]
            self.assertTrue(self._call("load", *values)["messages"])
        self.assertEqual(everything.search([]), before)
        fields = ["name", "kind", "active", "group_ids", "owner_id"]
        before.invalidate_recordset()
        self.assertEqual(before.read(fields), state)

    @mute_logger(*MUTED)
    def test_forged_changes_of_ones_own(self):
        for role in ("internal", "operator", "owner"):
            kept = self._keep(owner=role)
            self._be(role)
            for values in (
                {"kind": "create", "model_name": "res.partner"},
                {"kind": "action"},
                {"kind": "end"},
                {"group_ids": [(4, self.everybody.id)]},
                {"canned_response_id": False},
                {"value_ids": [(0, 0, {"field_name": "name", "value": "x"})]},
                {"lines": "/mine"},
            ):
                with self.subTest(role=role, **values):
                    self.assertTrue(self._is_refused("write", kept.ids, values))
                    self.assertTrue(self._is_refused("web_save", kept.ids, values, {}))
            other = self.users["admin"].id
            self._call("write", kept.ids, {"owner_id": other, "kind": "lines"})
            self.assertTrue(
                self._is_refused(
                    "copy", kept.ids, default={"group_ids": [(4, self.everybody.id)]}
                )
            )
            [copied] = self._call("copy", kept.ids, default={"owner_id": other})
            kept.invalidate_recordset()
            own = kept + kept.browse(copied)
            self.assertEqual(own.owner_id, self.users[role])
            self.assertFalse(own.group_ids)
            own.unlink()

    @mute_logger(*MUTED)
    def test_owner_stays_when_others_save(self):
        """A manager who saves shared lines does not take them over."""
        kept = self._keep(is_shared=True)
        for role in ("manager", "admin"):
            self._be(role)
            self._call("write", kept.ids, {"kind": "lines", "lines": "/note y"})
            self._call("web_save", kept.ids, {"kind": "lines", "owner_id": 1}, {})
        kept.invalidate_recordset()
        self.assertEqual(kept.owner_id, self.users["owner"])

    def test_shared_lines_stay_when_their_owner_is_deleted(self):
        private, user = self._keep(), self.users["owner"]
        shared = private.copy({"name": "shared", "owner_id": user.id})
        shared.write({"active": True, "group_ids": self.everybody.ids})
        user.unlink()
        self.assertFalse(private.exists())
        self.assertTrue(shared.exists())
        self._be("operator")
        self.assertEqual(self._run("/shared")["status"], "done")
