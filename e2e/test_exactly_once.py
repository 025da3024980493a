"""A request id does its work once, whoever sends it again and how often."""

import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from odoo_server import Session

MANY = 20


@pytest.mark.parametrize(
    ("command", "model"), [("lead", "crm.lead"), ("helpdesk", "helpdesk.ticket")]
)
def test_twenty_at_once_make_one_record(anna, admin, guest, word, command, model):
    request_id = uuid.uuid4().hex
    sessions = [
        Session(anna.url, anna.session.http.cookies.get_dict()) for _ in range(MANY)
    ]

    def run(session):
        return session.run(guest.channel_id, f"/{command} {word}", request_id)

    with ThreadPoolExecutor(MANY) as pool:
        answers = list(pool.map(run, sessions))
    assert answers[0]["status"] == "done"
    assert all(answer == answers[0] for answer in answers)
    [record] = admin.search(model, [("name", "=", word)], ["origin_channel_id"])
    assert record["origin_channel_id"][0] == guest.channel_id
    assert record["id"] == answers[0]["record"]["id"]
    assert run(anna.session) == answers[0]


def test_id_of_another_user_reveals_nothing(anna, ben, admin, guest, word):
    request_id = uuid.uuid4().hex
    first = anna.session.run(guest.channel_id, f"/note {word}", request_id)
    assert first["status"] == "done"
    answer = ben.session.run(guest.channel_id, f"/note {word}", request_id)
    assert answer["status"] == "refused"
    assert word not in answer["body"]
    assert anna.session.run(guest.channel_id, "/help", request_id) == first


def test_runs_of_others_are_not_read(anna, ben, guest, word):
    anna.session.run(guest.channel_id, f"/note {word}", uuid.uuid4().hex)
    domain = [("argument", "ilike", word)]
    fields = ["command_name"]
    assert len(anna.session.search("discuss.command.run", domain, fields)) == 1
    assert not ben.session.search("discuss.command.run", domain, fields)
