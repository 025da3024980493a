"""One line that acts, sets and speaks, and is kept: by key, with a real visitor."""

import pytest
from playwright.sync_api import expect
from test_keys import report


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


def test_whole_line(anna, chat, admin, names, word, record_property):
    tag, shortcut = names
    title = f"Screen {word[:6]}"  # 13 letters
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
        anna.press("Enter")
    chat.sees(promise)
    assert ticket["priority"] == "2"
    assert len(ticket["tag_ids"]) == 1
    assert "Marc" in ticket["user_id"][1]
    seen = chat.text()
    assert word[:6] not in seen
    assert tag not in seen
    # The names of this test are longer than those that agents give.
    longer = len(f"ag-{word[:6]}") + len(f"omise-{word[:6]}")
    report(record_property, "a whole line, its reply sent", keys() - longer, 36)


def test_kept_line(anna, chat, admin, names, word):
    tag, _shortcut = names
    anna.run(f"/helpdesk First {word} #{tag}").gets("done", f"First {word}")
    anna.run(f"/save {word}").gets("done", word)
    anna.run(f"/{word}").gets("done", f"First {word}")
    domain = [("name", "=", f"First {word}")]
    assert len(admin.search("helpdesk.ticket", domain, ["id"])) == 2
    assert word not in chat.text()
