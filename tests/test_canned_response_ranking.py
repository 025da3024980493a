import json

from odoo.tools import SQL
from odoo.tools.misc import file_open

from ..models.canned_response.mail_canned_response_picker import _get_rank
from ..tools.syntax import fold
from .test_canned_response import CannedResponseCase

CASES_FILE = "livechat_command/static/tests/canned_responses/name_match_cases.js"


class TestRanking(CannedResponseCase):
    """PostgreSQL and the browser rank alike: one table of cases tests both."""

    def test_rank(self):
        with file_open(CASES_FILE) as file:
            table = file.read().split("/* JSON */")[1].strip().rstrip(";")
        for case in json.loads(table):
            for shortcut, rank in case["ranks"].items():
                with self.subTest(term=case["term"], shortcut=shortcut):
                    key = SQL("%s::text", fold(shortcut))
                    query = SQL("SELECT %s", _get_rank(key, fold(case["term"])))
                    self.assertEqual(self.env.execute_query(query), [(rank,)])
