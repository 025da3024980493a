"""A conversation comes to the ticket that is there: by key, by mouse, by choice."""

import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from odoo_server import Session
from playwright.sync_api import expect
from test_keys import report

MANY = 10


@pytest.fixture
def ticket(admin, word):
    """A ticket that is there already, with title and number."""
    title = f"Screen {word[:6]}"  # 13 letters
    ticket_id = admin.create("helpdesk.ticket", name=title, description=title)
    return _get_tickets(admin, title)[-1] | {"id": ticket_id}


def _get_tickets(admin, title):
    return admin.search("helpdesk.ticket", [("name", "=", title)], ["name", "number"])


def _get_notes(admin, ticket):
    domain = [("model", "=", "helpdesk.ticket"), ("res_id", "=", ticket["id"])]
    found = admin.search("mail.message", domain, ["body", "is_internal"], order="id")
    return [each for each in found if "live chat" in each["body"]]


def test_added_by_key(
    anna, chat, admin, database, ticket, word, record_property, pictures
):
    start = database.last_bus_id()
    title, number = ticket["name"], ticket["number"]
    anna.send("I look for your ticket.")
    chat.sees("I look for your ticket.")
    anna.type("/t").offers("/helpdesk").press("Tab").type(title)
    with anna.counting() as keys:
        anna.offers(f"Add to {number}")
        expect(anna.active_row).to_have_count(0)
        anna.picture(pictures, "look_alikes")
        anna.press("ArrowDown")
        expect(anna.active_row).to_contain_text(f"Add to {number}")
        anna.press("Enter").has_in_composer(f"/helpdesk {number} {title}")
        anna.offers_nothing().is_hinted(f"Adds this conversation to {number}")
        anna.press("Enter").gets("done", "Added to", number)
    report(record_property, "add this conversation to a ticket", keys(), 4)
    [note] = _get_notes(admin, ticket)
    assert title in note["body"] and "I look for your ticket." in note["body"]
    assert len(_get_tickets(admin, title)) == 1, "no ticket was made"

    chat.says("Thank you")
    anna.sees("Thank you")
    assert word[:6] not in chat.text()
    frames = [frame for frame in chat.capture.frames if word[:6] in frame]
    assert not frames, "the visitor's browser gets nothing of it"
    assert word[:6] not in "".join(database.messages(chat.channel_id))
    for kind, text in database.visitor_notifications(
        chat.channel_id, chat.guest_id, start
    ):
        assert word[:6] not in text, f"bus message {kind}"


def test_enter_never_adds_by_itself(anna, guest, admin, ticket, word):
    title, number = ticket["name"], ticket["number"]
    anna.type(f"/helpdesk {title}").offers(f"Add to {number}")
    anna.press("Enter").gets("done", "Ticket", title)
    assert len(_get_tickets(admin, title)) == 2
    assert not _get_notes(admin, ticket)
    anna.offers_nothing()


def test_added_by_mouse(anna, guest, admin, ticket, pictures):
    page = anna.page
    page.locator("[name='create-ticket']:visible").click()
    page.keyboard.type(ticket["name"])
    row = page.locator(
        ".o-livechat-command-Alike", has_text=f"Add to {ticket['number']}"
    )
    expect(row).to_be_visible()
    anna.picture(pictures, "look_alikes_in_the_dialog")
    row.click()
    anna.gets("done", "Added to", ticket["number"])
    assert len(_get_notes(admin, ticket)) == 1
    assert len(_get_tickets(admin, ticket["name"])) == 1


def test_two_agents_at_once_add_what_was_said_once(
    anna, ben, guest, admin, ticket, word
):
    """Whoever comes second adds only what is new, however close they are."""
    said = f"It smokes {word}"
    guest.says(said)
    admin.call(
        "discuss.channel", "add_members", [guest.channel_id], [_get_partner(admin, ben)]
    )
    sessions = [
        Session(agent.url, agent.session.http.cookies.get_dict())
        for agent in (anna, ben) * (MANY // 2)
    ]

    def add(session):
        line = f"/helpdesk {ticket['number']} note"
        return session.run(guest.channel_id, line, uuid.uuid4().hex)

    with ThreadPoolExecutor(MANY) as pool:
        answers = list(pool.map(add, sessions))
    assert [answer["status"] for answer in answers] == ["done"] * MANY
    domain = [("model", "=", "helpdesk.ticket"), ("res_id", "=", ticket["id"])]
    bodies = [each["body"] for each in admin.search("mail.message", domain, ["body"])]
    assert sum(said in body for body in bodies) == 1
    assert sum(">note<" in body for body in bodies) == MANY


def _get_partner(admin, agent):
    [user] = admin.search("res.users", [("id", "=", agent.session.uid)], ["partner_id"])
    return user["partner_id"][0]
