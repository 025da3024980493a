import json
from unittest.mock import patch

from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from .test_canned_response import CannedResponseCase

ROLES = (
    "owner",
    "member",
    "former",
    "stranger",
    "manager",
    "admin",
    "portal",
)
READERS = {"owner", "member", "manager", "admin"}
WRITERS = {"owner", "manager", "admin"}
ACTIONS = {
    "read": READERS,
    "list": {"owner", "member"},
    "read_text": READERS,
    "fill_in": READERS,
    "use": READERS,
    "write": WRITERS,
    "write_text": WRITERS,
    "add_text": WRITERS,
    "share": WRITERS,
    "delete": WRITERS,
}
# Who may do what with a response of the owner: one that is shared with a group, and a
# private one. Guests and the public cannot reach the ORM at all.
ALLOWED = {"shared": ACTIONS, "private": {action: {"owner"} for action in ACTIONS}}
DENIED_LOGS = ("odoo.http", "odoo.addons.base.models.ir_rule")


@tagged("post_install", "-at_install")
class TestCannedResponseAccess(CannedResponseCase, HttpCase):
    """Each kind of user tries everything through the routes, by id and by list."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.group = cls.env["res.groups"].create({"name": "Sharers"})
        cls.env["res.lang"]._activate_lang("de_DE")
        cls.german = cls.env["res.lang"].search([("code", "=", "de_DE")])
        internal = "base.group_user"
        groups = {
            "owner": "im_livechat.im_livechat_group_user",
            "member": internal,
            "former": "im_livechat.im_livechat_group_user",
            "stranger": internal,
            "manager": "im_livechat.im_livechat_group_manager",
            "admin": f"{internal},mail.group_mail_canned_response_admin",
            "portal": "base.group_portal",
        }
        cls.users = {
            role: new_test_user(cls.env, f"canned_{role}", groups=groups[role])
            for role in ROLES
        }
        for role in ("owner", "member", "former"):
            cls.users[role].group_ids += cls.group
        cls.users["former"].group_ids -= cls.group

    def _make_response(self, kind):
        return self._new_response(
            kind,
            "Secret text",
            user=self.users["owner"],
            group_ids=[(4, self.group.id)] if kind == "shared" else [],
            text_ids=[(0, 0, {"lang_id": self.french.id, "substitution": "Texte"})],
        )

    def _call(self, model, method, args, kwargs=None):
        """Return the result of a call as the browser makes it, or None if refused."""
        response = self.url_open(
            "/web/dataset/call_kw",
            data=json.dumps(
                {
                    "params": {
                        "model": model,
                        "method": method,
                        "args": args,
                        "kwargs": kwargs or {},
                    }
                }
            ),
            headers={"Content-Type": "application/json"},
        )
        answer = response.json()
        return None if "error" in answer else [answer.get("result")]

    def _try(self, action, response):
        """Return whether ``action`` succeeded."""
        if action == "list":
            return any(row["id"] == response.id for row in self._list())
        ids, text_ids = response.ids, response.sudo().text_ids.ids
        text = {
            "canned_response_id": response.id,
            "lang_id": self.german.id,
            "substitution": "Text",
        }
        model, text_model = "mail.canned.response", "mail.canned.response.text"
        call = {
            "read": (model, "read", [ids, ["substitution"]]),
            "read_text": (text_model, "read", [text_ids, ["substitution"]]),
            "fill_in": (model, "prepare_attachments", [ids]),
            "use": (model, "count_use", [ids]),
            "write": (model, "write", [ids, {"substitution": "Changed"}]),
            "write_text": (text_model, "write", [text_ids, {"substitution": "x"}]),
            "add_text": (text_model, "create", [[text]]),
            "share": (model, "write", [ids, {"group_ids": [(5,)]}]),
            "delete": (model, "unlink", [ids]),
        }
        return bool(self._call(*call[action]))

    def _list(self):
        data = self.make_jsonrpc_request(
            "/mail/data",
            {
                "fetch_params": [
                    ["livechat_command/canned_responses", {"term": "secret"}, 1]
                ]
            },
        )
        return [row for r in data.get("DataResponse", []) for row in r.get("rows", [])]

    @mute_logger(*DENIED_LOGS, "odoo.addons.base.models.ir_model")
    def test_rights(self):
        for kind, actions in ALLOWED.items():
            for role, user in self.users.items():
                self.authenticate(user.login, user.login)
                for action, allowed in actions.items():
                    with self.subTest(kind=kind, role=role, action=action):
                        response = self._make_response(kind)
                        done = self._try(action, response)
                        self.assertEqual(done, role in allowed)
                        self.env.invalidate_all()
                        response.sudo().exists().unlink()

    def test_guests_get_no_list(self):
        self._make_response("shared")
        self.authenticate(None, None)
        self.assertEqual(self._list(), [])

    @mute_logger(*DENIED_LOGS, "odoo.addons.base.models.ir_model")
    def test_a_text_cannot_be_moved_to_anothers_response(self):
        target = self._make_response("shared")
        member = self.users["member"]
        mine = self._new_response(
            "mine",
            user=member,
            text_ids=[(0, 0, {"lang_id": self.english.id, "substitution": "Mine"})],
        )
        self.authenticate(member.login, member.login)
        self.assertIsNone(
            self._call(
                "mail.canned.response.text",
                "write",
                [mine.text_ids.ids, {"canned_response_id": target.id}],
            )
        )

    @mute_logger(*DENIED_LOGS, "odoo.addons.base.models.ir_model")
    def test_own_use_is_private(self):
        response = self._make_response("shared")
        response.count_use()
        use = self.env["mail.canned.response.use"].search(
            [("canned_response_id", "=", response.id)]
        )
        for role, user in self.users.items():
            with self.subTest(role):
                self.authenticate(user.login, user.login)
                model = "mail.canned.response.use"
                read = self._call(model, "read", [use.ids, ["count"]])
                self.assertEqual(bool(read), role == "owner")
                self.assertIsNone(self._call(model, "write", [use.ids, {"count": 9}]))
                self.assertIsNone(self._call(model, "unlink", [use.ids]))

    @mute_logger(*DENIED_LOGS, "odoo.addons.base.models.ir_model")
    def test_rights_on_tags(self):
        tags = {
            "for all": self.env["mail.canned.response.tag"].create({"name": "Tag"}),
            "private": self._make_tag("private"),
            "shared": self._make_tag("shared"),
        }
        internal = set(ROLES) - {"portal"}
        readers = {"for all": internal, "private": {"owner"}, "shared": READERS}
        for role, user in self.users.items():
            self.authenticate(user.login, user.login)
            model = "mail.canned.response.tag"
            created = self._call(model, "create", [[{"name": role}]])
            self.assertEqual(bool(created), role in internal, role)
            values = {"name": f"For all, of {role}", "is_shared": True}
            shared = self._call(model, "create", [[values]])
            self.assertEqual(bool(shared), role in ("manager", "admin"), role)
            for kind, tag in tags.items():
                with self.subTest(role=role, kind=kind):
                    read = self._call(model, "read", [tag.ids, ["name"]])
                    self.assertEqual(bool(read), role in readers[kind])
                    written = self._call(model, "write", [tag.ids, {"color": 2}])
                    is_admin = role in ("manager", "admin")
                    self.assertEqual(bool(written), is_admin and kind != "private")

    def _make_tag(self, kind):
        """Return a tag that the owner made, on a response of this kind."""
        owner = self.users["owner"]
        tag = self.env["mail.canned.response.tag"].with_user(owner)
        tag = tag.create({"name": f"Tag of {kind}"})
        self._make_response(kind).tag_ids = tag
        return tag

    @mute_logger(*DENIED_LOGS)
    def test_tag_that_is_linked_by_its_id(self):
        """Nobody reads a tag, or puts one on what others own, by linking the two."""
        private, shared = self._make_tag("private"), self._make_tag("shared")
        responses = {
            "private": private.sudo().response_ids,
            "shared": shared.sudo().response_ids,
        }
        texts = {kind: each.search_text for kind, each in responses.items()}
        for role in ("member", "stranger", "manager"):
            user = self.users[role]
            self.authenticate(user.login, user.login)
            mine = self._new_response(f"of {role}", user=user)
            for tag, may in ((private, False), (shared, role != "stranger")):
                for links in ([[4, tag.id]], [[6, 0, tag.ids]]):
                    with self.subTest(role=role, tag=tag.name, links=links):
                        model, values = "mail.canned.response", {"tag_ids": links}
                        done = self._call(model, "write", [mine.ids, values])
                        self.assertEqual(bool(done), may)
                        values = {**values, "substitution": "x", "source": str(links)}
                        made = self._call(model, "create", [[values]])
                        self.assertEqual(bool(made), may)
                        context = {"context": {"default_tag_ids": links}}
                        values = {"substitution": "x", "source": f"default {links}"}
                        made = self._call(model, "create", [[values]], context)
                        self.assertEqual(bool(made), may)
            for kind, response in responses.items():
                values = {"name": f"{role} {kind}", "response_ids": [[4, response.id]]}
                with self.subTest(role=role, kind=kind):
                    made = self._call("mail.canned.response.tag", "create", [[values]])
                    self.assertEqual(bool(made), role == "manager" and kind == "shared")
        self.env.invalidate_all()
        self.assertEqual(responses["private"].search_text, texts["private"])

    @mute_logger(*DENIED_LOGS)
    def test_own_default_shares_no_tag(self):
        user = self.users["member"]
        tag = "mail.canned.response.tag"
        self.env["ir.default"].set(tag, "is_shared", True, user_id=user.id)
        self.authenticate(user.login, user.login)
        [[made]] = self._call(tag, "create", [[{"name": "Own"}]])
        self.assertFalse(self.env[tag].browse(made).is_shared)

    def test_what_is_computed_is_written_by_nobody(self):
        user = self.users["owner"]
        self.authenticate(user.login, user.login)
        response = self._make_response("shared")
        computed = {
            "use_total": 10**6,
            "shortcut_key": "hello",
            "token_key": "hello",
            "search_text": "hello",
            "is_shared": False,
        }
        names = [*computed]
        [before] = response.read(names)
        model = "mail.canned.response"
        self._call(model, "write", [response.ids, computed])
        self.env.invalidate_all()
        self.assertEqual(response.read(names), [before])
        for name, value in computed.items():
            self.env["ir.default"].set(model, name, value, user_id=user.id)
        values = {"source": "other", "substitution": "Other text"}
        for given in ({**values, **computed}, {**values, "source": "another"}):
            context = {f"default_{name}": computed[name] for name in computed}
            [[made]] = self._call(model, "create", [[given]], {"context": context})
            made = response.browse(made)
            self.assertEqual(made.use_total, 0)
            self.assertEqual(made.token_key, given["source"])
            self.assertEqual(made.shortcut_key, given["source"])
            self.assertIn("other text", made.search_text)

    def test_what_other_addons_add_is_written_as_they_say(self):
        """A readonly field is the form's alone: a button may write it."""
        Response = self.env["mail.canned.response"].with_user(self.users["owner"])
        with patch.object(
            self.registry[Response._name]._fields["last_used"], "readonly", True
        ):
            moment = "2026-01-05 14:02:00"
            values = {"source": "a", "substitution": "A", "last_used": moment}
            response = Response.create(values)
            self.assertEqual(str(response.last_used), moment)
            response.write({"last_used": "2026-01-06 14:02:00"})
            self.assertEqual(str(response.last_used), "2026-01-06 14:02:00")

    def test_tag_of_the_same_name_is_taken_where_it_is_seen(self):
        Tag = self.env["mail.canned.response.tag"]
        for_all = Tag.create({"name": "Delivery_1"})
        private = self._make_tag("private")
        Tag = Tag.with_user(self.users["member"])
        self.assertEqual(Tag.name_create("delivery_1")[0], for_all.id)
        self.assertNotEqual(Tag.name_create("deliveryX1")[0], for_all.id)
        made_id, _name = Tag.name_create("Tag of private")
        self.assertNotEqual(made_id, private.id)

    @mute_logger(*DENIED_LOGS, "odoo.addons.base.models.ir_model")
    def test_private_methods_stay_private(self):
        owner = self.users["owner"]
        self.authenticate(owner.login, owner.login)
        response = self._make_response("private")
        for method in (
            "_render_for",
            "_get_picker_data",
            "_notify_changed",
            "_broadcast",
        ):
            with self.subTest(method):
                self.assertIsNone(
                    self._call("mail.canned.response", method, [[response.id]])
                )
