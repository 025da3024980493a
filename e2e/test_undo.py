"""What was done in the wrong conversation is taken back at one key, unseen."""

import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from odoo_server import Session
from playwright.sync_api import expect
from test_keys import report

UNDO = "**/discuss.command.run/undo*"
MANY = 10


def _cut_before(route):
    route.abort("connectionfailed")


def _cut_after(route):
    """Let the server do it, and lose its answer."""
    route.fetch()
    route.abort("connectionreset")


def _get_ticket(admin, title):
    domain = [("name", "=", title), ("active", "in", [True, False])]
    [ticket] = admin.search("helpdesk.ticket", domain, ["active", "number"])
    return ticket


def test_ticket_made_in_the_wrong_chat(
    anna, chat, admin, word, pictures, record_property
):
    anna.run(f"/helpdesk {word}").gets("done", word)
    anna.picture(pictures, "undo_offered")
    with anna.counting() as keys:
        anna.press("Alt+0")
        answer = anna.gets("undone", "Undone", word)
    report(record_property, "undo a ticket made in the wrong chat", keys(), 1)
    expect(answer.locator("s")).to_have_text(f"/helpdesk {word}")
    expect(anna.composer).to_be_focused()
    anna.picture(pictures, "undone")
    assert not _get_ticket(admin, word)["active"]
    anna.send("How can I help?")
    chat.sees("How can I help?")
    seen = chat.text() + "".join(chat.capture.frames)
    assert word not in seen
    assert "ndone" not in seen


def test_offered_after_a_reload_and_not_twice(anna, admin, guest, word):
    anna.run(f"/helpdesk {word}").gets("done", word)
    anna.reload(guest.channel_id).press("Alt+0")
    anna.gets("undone", word)
    assert not _get_ticket(admin, word)["active"]
    answer = anna.reload(guest.channel_id).gets("undone", word)
    expect(answer.get_by_role("button", name="Undo")).to_have_count(0)


def test_colleague_who_works_on_it_is_named(anna, ben, admin, guest, word):
    anna.run(f"/helpdesk {word}").gets("done", word)
    ticket = _get_ticket(admin, word)
    ben.session.call("helpdesk.ticket", "write", [ticket["id"]], {"priority": "3"})
    anna.press("Alt+0")
    answer = anna.gets("done", "Ben Agent has changed", ticket["number"])
    expect(answer.get_by_role("button", name="Undo")).to_have_count(0)
    assert _get_ticket(admin, word)["active"]


@pytest.mark.parametrize("cut", [_cut_before, _cut_after])
def test_network_is_cut(anna, admin, guest, word, cut):
    anna.run(f"/helpdesk {word}").gets("done", word)
    anna.page.route(UNDO, cut)
    anna.press("Alt+0")
    anna.gets("done", "nothing is done twice")
    anna.page.unroute(UNDO)
    anna.press("Alt+0")
    anna.gets("undone", word)
    assert not _get_ticket(admin, word)["active"]


def test_ten_at_once_undo_once(anna, admin, guest, word):
    before = uuid.uuid4().hex
    anna.session.run(guest.channel_id, f"/note Before {word}", before)
    request_id = uuid.uuid4().hex
    anna.session.run(guest.channel_id, f"/note {word}", request_id)
    sessions = [
        Session(anna.url, anna.session.http.cookies.get_dict()) for _ in range(MANY)
    ]

    def undo(session):
        return session.call("discuss.command.run", "undo", request_id)

    with ThreadPoolExecutor(MANY) as pool:
        answers = list(pool.map(undo, sessions))
    assert answers[0]["status"] == "undone"
    assert all(answer == answers[0] for answer in answers)
    fields = ["livechat_note"]
    [channel] = admin.call("discuss.channel", "read", [guest.channel_id], fields)
    assert channel["livechat_note"].count(word) == 1
    assert "Before" in channel["livechat_note"]
