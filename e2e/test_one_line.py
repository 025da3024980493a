"""One line that acts, sets and speaks, and is kept: by key, with a real visitor."""

import pytest
from playwright.sync_api import expect
from test_keys import report

DOUBLE_ENTER_TIME = 300


@pytest.fixture
def names(admin, word):
    """A tag and a canned response of this test, as they are typed."""
    tag, shortcut = f"tag-{word}", f"promise-{word}"
    admin.create("helpdesk.ticket.tag", name=tag)
    admin.create(
        "mail.canned.response",
        source=shortcut,
        substitution="I promise: {{record.number}} is in good hands.",
        group_ids=[(4, admin.ref("base.group_user"))],
    )
    return tag, shortcut


def _get_ticket(admin, title):
    fields = ["number", "priority", "tag_ids", "user_id"]
    [ticket] = admin.search("helpdesk.ticket", [("name", "=", title)], fields)
    return ticket


def _read(anna):
    """Read the reply before it is sent: a sooner Enter is a double press."""
    anna.page.wait_for_timeout(DOUBLE_ENTER_TIME + 100)


def test_whole_line(anna, chat, admin, database, names, word, record_property):
    tag, shortcut = names
    title = f"Screen {word[:6]}"  # 13 letters
    start = database.last_bus_id()
    with anna.counting() as keys:
        anna.type("/t").offers("/helpdesk").press("Tab").type(f"{title} !! #t")
        expect(anna.rows.filter(has_text=tag)).to_be_visible()
        anna.type(f"ag-{word[:6]}")
        expect(anna.active_row).to_contain_text(tag)
        anna.press("Tab").type("@mar")
        expect(anna.active_row).to_contain_text("Marc")
        anna.press("Tab").type(":pr").type(f"omise-{word[:6]}")
        expect(anna.active_row).to_contain_text(shortcut)
        anna.press("Tab")
        anna.is_hinted("Marc", shortcut)
        anna.press("Enter")
        anna.gets("done", title)
        ticket = _get_ticket(admin, title)
        promise = f"I promise: {ticket['number']} is in good hands."
        expect(anna.composer).to_have_value(promise)
        _read(anna)
        anna.press("Enter")
    chat.sees(promise)
    assert ticket["priority"] == "2"
    assert len(ticket["tag_ids"]) == 1
    assert "Marc" in ticket["user_id"][1]
    assert_visitor_got_only(promise, chat, database, start, word[:6])
    # The names of this test are longer than those that agents give.
    longer = len(f"ag-{word[:6]}") + len(f"omise-{word[:6]}")
    report(record_property, "a whole line, its reply sent", keys() - longer, 36)


def test_kept_line(anna, chat, admin, database, names, word, record_property):
    tag, shortcut = names
    name, number = f"z{word[2:6]}", word[-6:]  # as long as an order number
    anna.run(f"/helpdesk {word} #{tag}").gets("done", word)
    anna.run(f"/save {name}").gets("done", f"/{name}", "for you alone")
    lines = f"/helpdesk {word} {{argument}} !! #{tag} :{shortcut}\n/status waiting"
    [kept] = anna.session.search("discuss.command", [("name", "=", name)], ["lines"])
    assert kept["lines"] == f"/helpdesk {word} #{tag}"
    anna.session.call("discuss.command", "write", [kept["id"]], {"lines": lines})
    start = database.last_bus_id()
    with anna.counting() as keys:
        anna.type(f"/{name[:2]}").offers(f"/{name}").press("Tab").type(number)
        anna.press("Enter").gets("done", number)
        ticket = _get_ticket(admin, f"{word} {number}")
        promise = f"I promise: {ticket['number']} is in good hands."
        expect(anna.composer).to_have_value(promise)
        _read(anna)
        anna.press("Enter")
    chat.sees(promise)
    assert (ticket["priority"], len(ticket["tag_ids"])) == ("2", 1)
    assert_visitor_got_only(promise, chat, database, start, word)
    report(record_property, "a kept line, its reply sent", keys(), 12)


def assert_visitor_got_only(promise, chat, database, start, word):
    """The visitor got the reply that was sent, and no word of how it came about."""
    sent = database.visitor_notifications(chat.channel_id, chat.guest_id, start)
    assert any(promise in text for _type, text in sent)
    assert word not in chat.text()
    for kind, text in sent:
        assert word not in text, kind
    for body in database.messages(chat.channel_id):
        assert word not in body
