import collections

import pytest

from tooling.console import ToolingError
from tooling.load import actors, clusters, report
from tooling.load.crowd import Heard

LOG = """
2030-01-01 ERROR db odoo.sql_db: bad query: b'UPDATE "mail_canned_response" SET "x"
ERROR: could not serialize access due to concurrent update
2030-01-01 INFO db odoo.service.model: SERIALIZATION_FAILURE, 4 tries left, try again in
2030-01-01 ERROR db odoo.sql_db: bad query: b' UPDATE "mail_canned_response" SET "y"
2030-01-01 INFO db odoo.service.model: SERIALIZATION_FAILURE, 3 tries left, try again in
2030-01-01 ERROR db odoo.sql_db: bad query: b"\\n  INSERT INTO discuss_command_run (
2030-01-01 INFO db odoo.service.model: SERIALIZATION_FAILURE, 4 tries left, try again in
2030-01-01 ERROR db odoo.sql_db: bad query: b'SELECT 1/0'
"""


class Store:
    """Answers the query for tickets alone."""

    def __init__(self, answer):
        self.answer = answer

    def query(self, statement, database):
        return self.answer if "helpdesk_ticket" in statement else ""


@pytest.mark.parametrize(
    ("answer", "counts"),
    [
        ("a\nb\nx\n", (0, 0)),
        ("a\n", (1, 0)),
        ("a\nb\nb\n", (0, 1)),
        ("x\nx\n", (2, 0)),
    ],
)
def test_each_promise_is_kept_once(answer, counts):
    alone, record = actors.Record(), actors.Record()
    alone.promised["tickets"], record.promised["tickets"] = {"a"}, {"b"}
    assert report.count_rows(Store(answer), "db", alone, record) == counts


def test_retries_are_counted_by_query(tmp_path):
    log = tmp_path / "odoo.log"
    log.write_text(LOG)
    assert report.count_retries(log) == collections.Counter(
        {"UPDATE mail_canned_response": 2, "INSERT INTO discuss_command_run": 1}
    )


def test_the_table_has_each_action_and_all():
    record = actors.Record()
    record.seconds["note"] = [0.1] * 19 + [0.5]
    assert list(report.rows("ours", record)) == [
        "| ours | note | 20 | 100 ms | 500 ms |",
        "| ours | all | 20 | 100 ms | 500 ms |",
    ]


def test_what_a_visitor_overhears_is_told():
    heard = Heard(2, [], {"agent": {"livechat_command": 3}, "visitor": {"x": 4}})
    assert not heard.leaked
    assert str(heard).endswith("3 notifications to agents, 4 to visitors")
    heard.received["visitor"]["livechat_command"] = 1
    assert heard.leaked == 1


def test_an_unknown_arrangement_is_named():
    assert isinstance(clusters.arrangement(""), clusters.Plain)
    with pytest.raises(ToolingError, match="BEHIND=x: say standby or pooler"):
        clusters.arrangement("x")
