"""Twenty operators send the same canned response at once: none waits for another."""

import os
import uuid
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from odoo_server import Session

MANY = 20
ROUNDS = 3
TRIED_AGAIN = "tries left, try again in"


@pytest.fixture
def operators(admin, database, url):
    """Sessions of agents."""
    group = admin.ref("im_livechat.im_livechat_group_user")
    logins = [f"{uuid.uuid4().hex}@example.com" for _i in range(MANY)]
    for login in logins:
        values = {"login": login, "name": login, "password": login}
        admin.create("res.users", group_ids=[(6, 0, [group])], **values)
    return [Session(url).login(database.name, login, login) for login in logins]


@pytest.fixture
def channels(admin, operators):
    """A live chat of each agent."""
    uids = [session.uid for session in operators]
    users = admin.search("res.users", [("id", "in", uids)], ["partner_id"])
    partners = {user["id"]: user["partner_id"][0] for user in users}
    return [
        admin.create(
            "discuss.channel",
            name="Busy",
            channel_type="livechat",
            livechat_operator_id=partners[uid],
            channel_member_ids=[(0, 0, {"partner_id": partners[uid]})],
        )
        for uid in uids
    ]


def send(session, channel_id, response_id):
    """Send a response as the composer does: post, then count."""
    session.post(
        "/mail/message/post",
        thread_model="discuss.channel",
        thread_id=channel_id,
        post_data={"body": "Sorry", "message_type": "comment"},
        canned_response_ids=[response_id],
    )
    session.call("mail.canned.response", "count_use", [response_id])


def test_twenty_at_once_try_nothing_twice(admin, channels, operators):
    response_id = admin.create(
        "mail.canned.response",
        source=uuid.uuid4().hex,
        substitution="Sorry",
        group_ids=[(4, admin.ref("base.group_user"))],
    )
    log = Path(os.environ["E2E_LOG"])
    before = log.read_text().count(TRIED_AGAIN)
    with ThreadPoolExecutor(MANY) as pool:
        for _round in range(ROUNDS):
            list(pool.map(send, operators, channels, [response_id] * MANY))
    assert log.read_text().count(TRIED_AGAIN) == before
    [use] = admin.search(
        "mail.canned.response", [("id", "=", response_id)], ["use_count"]
    )
    assert use["use_count"] == ROUNDS * MANY
