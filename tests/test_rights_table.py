"""What every kind of user may do through HTTP with all that our addons add.

The tables say it: ``tests/rights.txt`` of each addon. What the registry and the routing
map have of ours and no table has, fails, and the failure says which row to add.
"""

import ast
import inspect
import json
import re
import threading
from pathlib import Path
from unittest.mock import patch

from odoo import tools
from odoo.exceptions import AccessError
from odoo.modules import Manifest
from odoo.service.model import get_public_method
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from .common import LivechatCommandCase
from .rights_table import CRUD, Row, Table

# By name of the exception that comes back: the caller was refused.
REFUSALS = {
    "AccessDenied",
    "AccessError",
    "Forbidden",
    "MissingError",
    "NotFound",
    "SessionExpiredException",
}
ROUTE = "/web/dataset/call_kw"
CHANGING = ("create", "name_create", "unlink", "write")
LOGGERS = (
    "odoo.http",
    "odoo.models",
    "odoo.addons.base.models.ir_model",
    "odoo.addons.base.models.ir_rule",
)


@tagged("post_install", "-at_install")
class TestRightsTable(LivechatCommandCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.addons = cls._find_addons()
        cls.table = Table()
        for name in cls.addons:
            path = Path(tools.misc.file_path(name), "tests", "rights.txt")
            if path.exists():
                cls.table.load(path)
        cls.users = {"operator": cls.operator}
        for role, groups in cls.table.roles.items():
            if groups and role not in cls.users:
                cls.users[role] = new_test_user(cls.env, f"role_{role}", groups=groups)
        cls._fill_chat()
        cls._make_samples()

    @classmethod
    def _find_addons(cls):
        """Return the names of the installed addons that are of one author with ours."""
        author = Manifest.for_addon("livechat_command")["author"]
        modules = cls.env["ir.module.module"].search(
            [("state", "=", "installed"), ("author", "=", author)], order="id"
        )
        return modules.mapped("name")

    @classmethod
    def _fill_chat(cls):
        """Have a second visitor, who is logged in, and agents who answered."""
        cls.stranger = cls.env["mail.guest"].create({"name": "Stranger"})
        cls.env["discuss.channel.member"].create(
            {
                "channel_id": cls.channel.id,
                "partner_id": cls.users["customer"].partner_id.id,
                "livechat_member_type": "visitor",
            }
        )
        cls._say(cls.channel, "My printer is broken")
        for role in sorted(cls.table.expand("members")):
            user = cls.users[role]
            cls.channel._add_members(users=user, post_joined_message=False)
            cls._say(cls.channel, "Hello Marie", user)
        cls.answer = cls._say(cls.channel, "Which one?", cls.operator)

    @classmethod
    def _make_samples(cls):
        cls.samples = {
            "chat": cls.channel,
            "answer": cls.answer,
            **{f"user_{role}": user for role, user in cls.users.items()},
        }
        for sample in cls.table.samples:
            maker = cls.users.get(sample.maker) or cls.env.user
            model = cls.env[sample.model].with_user(maker)
            if sample.maker == "superuser":
                model = cls.env[sample.model]
            values = cls._resolve(sample.values)
            cls.samples[sample.name] = model.create(values).with_env(cls.env)
        cls.env.flush_all()

    @classmethod
    def _resolve(cls, value):
        """Put ids where ``value``, made of JSON, names samples or external ids."""
        if isinstance(value, dict):
            return {key: cls._resolve(each) for key, each in value.items()}
        if isinstance(value, list):
            return [cls._resolve(each) for each in value]
        if isinstance(value, str) and value.startswith("$"):
            return cls._find_sample(value[1:]).id
        return value

    @classmethod
    def _find_sample(cls, name):
        return cls.samples[name] if name in cls.samples else cls.env.ref(name)

    # ------------------------------------------------------------
    # WHAT THERE IS
    # ------------------------------------------------------------

    def _is_ours(self, cls):
        parts = cls.__module__.split(".")
        return parts[:2] == ["odoo", "addons"] and parts[2] in self.addons

    def _find_calls(self):
        """Yield model and method of all that clients can call and that is of ours."""
        for name, cls in self.env.registry.models.items():
            if cls._abstract:
                continue
            names = {
                method
                for definition in filter(self._is_ours, cls.mro())
                for method, value in vars(definition).items()
                if inspect.isroutine(value) or isinstance(value, classmethod)
            }
            if cls._original_module in self.addons:
                names.update(CRUD)
            for method in sorted(names):
                if self._is_public(name, method):
                    yield name, method

    def _is_public(self, model, method):
        try:
            get_public_method(self.env[model], method)
        except AccessError:
            return False
        return True

    def _find_routes(self):
        thread, database = threading.current_thread(), self.env.cr.dbname
        with patch.object(thread, "dbname", database, create=True):
            routes = self.env["ir.http"].routing_map()
        for rule in routes.iter_rules():
            method = getattr(rule.endpoint, "func", None)
            owner = getattr(method, "__self__", None)
            for definition in filter(self._is_ours, type(owner).mro()):
                if method.__name__ in vars(definition):
                    is_page = rule.endpoint.routing["type"] == "http"
                    yield "page" if is_page else "route", rule.rule

    def _find_data_names(self):
        """Yield the names of ``/mail/data`` that our controllers look for."""
        for addon in self.addons:
            for path in Path(tools.misc.file_path(addon)).glob("controllers/*.py"):
                for node in ast.walk(ast.parse(path.read_text())):
                    if isinstance(node, ast.Compare) and _is_name(node.left):
                        yield from (
                            ("data", each.value)
                            for each in ast.walk(node)
                            if isinstance(each, ast.Constant)
                        )

    def test_everything_has_a_row(self):
        found = {*self._find_calls(), *self._find_routes(), *self._find_data_names()}
        rows = {(row.model, row.method) for row in self.table.rows}
        missing = [str(Row(*each, "?", "[]", "?")) for each in sorted(found - rows)]
        self.assertFalse(
            missing,
            "Add to tests/rights.txt of the addon that brings it, with a sample and"
            " arguments; with ? for who may, the other test says who:\n"
            + "\n".join(missing),
        )
        obsolete = sorted(rows - found)
        self.assertFalse(obsolete, "Rows of what is not there")
        self.assertGreater(len(found), 40)

    # ------------------------------------------------------------
    # WHO MAY
    # ------------------------------------------------------------

    def _be(self, role):
        """Have the next requests come from ``role``."""
        user = self.users.get(role)
        self.authenticate(user and user.login, user and user.login)
        guests = {"guest": self.stranger, "visitor": self.guest}
        if guest := guests.get(role):
            self.opener.cookies[guest._cookie_name] = guest._format_auth_cookie()

    def _post(self, route, params):
        """Return result and error of a JSON-RPC request; nothing of it stays."""
        savepoint = self.env.cr.savepoint()
        try:
            body = {"jsonrpc": "2.0", "id": 0, "method": "call", "params": params}
            response = self.opener.post(self.base_url() + route, json=body, timeout=60)
            response.raise_for_status()
            answer = response.json()
        finally:
            savepoint.close(rollback=True)
            self.env.invalidate_all()
        error = answer.get("error")
        return answer.get("result"), error and error["data"]

    def _request(self, row):
        """Return result and error of what a row describes."""
        arguments = self._resolve(json.loads(row.text))
        if row.model == "route":
            return self._post(row.method, arguments)
        if row.model == "page":
            return self._open(row, arguments)
        if row.model == "data":
            return self._fetch(row, arguments)
        by_name = isinstance(arguments, dict)
        ids = [] if row.sample == "-" else [self._find_sample(row.sample).ids]
        return self._post(
            f"{ROUTE}/{row.model}/{row.method}",
            {
                "model": row.model,
                "method": row.method,
                "args": ids if by_name else ids + arguments,
                "kwargs": arguments if by_name else {},
            },
        )

    def _open(self, row, parts):
        """Return whether a page opens, and does not ask for a login."""
        path = re.sub(r"<\w+:(\w+)>", lambda part: str(parts[part[1]]), row.method)
        response = self.url_open(path, allow_redirects=False)
        return {"status": "done" if response.status_code == 200 else "refused"}, None

    def _fetch(self, row, params):
        """Return what the browser gets, refused when it says nothing.

        That is no more than of a name that nobody knows; or, when the row has a
        conversation, no more than of one that is not there.
        """
        asked = [row.method, params, 1]
        nothing = ["no_such_name", params, 1]
        if row.sample != "-":
            params = {**params, "channel_id": self._find_sample(row.sample).id}
            asked = [row.method, params, 1]
            nothing = [row.method, {**params, "channel_id": 0}, 1]
        answers = [
            self._post("/mail/data", {"fetch_params": [each]})
            for each in (asked, nothing)
        ]
        is_refused = answers[0][0] == answers[1][0]
        return {"status": "refused"} if is_refused else answers[0][0], answers[0][1]

    def _may(self, row, role):
        result, error = self._request(row)
        if error:
            name = error["name"].rpartition(".")[2]
            self.assertIn(name, REFUSALS, f"{row} as {role}: {error['debug']}")
            return False
        if row.method in CHANGING:
            # What was kept in memory of a change that is undone.
            self.env.registry.clear_all_caches()
        return not _is_refusal(result)

    def test_who_may(self):
        allowed = {row: set() for row in self.table.rows}
        with mute_logger(*LOGGERS):
            for role in self.table.roles:
                self._be(role)
                for row, roles in allowed.items():
                    if self._may(row, role):
                        roles.add(role)
        wrong = [
            str(row._replace(who=self.table.describe(roles)))
            for row, roles in allowed.items()
            if self.table.expand(row.who) != roles
        ]
        self.assertFalse(
            wrong,
            "Other users may than the table says. Mend what is too wide; what is meant"
            " so reads:\n" + "\n".join(wrong),
        )


def _is_refusal(result):
    """Tell whether an answer says no: of ours, or of Odoo's import."""
    answer = result if isinstance(result, dict) else {}
    return answer.get("status") == "refused" or answer.get("ids") is False


def _is_name(node):
    return isinstance(node, ast.Name) and node.id == "name"
