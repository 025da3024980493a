"""Every command by keyboard, by both names where there are two."""

import re

import pytest
from agent import LIST
from odoo_server import eventually
from playwright.sync_api import expect

# As in composer_patch.js: an Enter this many milliseconds later belongs to the first.
DOUBLE_ENTER_TIME = 300
NAMES = [
    "helpdesk",
    "helpdesk_search",
    "lead",
    "history",
    "note",
    "tag",
    "status",
    "save",
    "refund",
    "leave",
    "end",
    "help",
]


def test_list_is_what_the_agent_may_run(anna, guest):
    anna.type("/")
    expect(anna.rows).to_have_count(len(NAMES))
    # What the agent uses most comes first.
    offered = anna.page.locator(f"{LIST} strong").all_inner_texts()
    assert sorted(offered) == sorted(f"/{name}" for name in NAMES)
    anna.is_hinted("Only you see this")


def test_list_narrows_while_typing(anna, guest):
    anna.type("/tick")
    expect(anna.rows).to_have_count(2)
    anna.offers("/helpdesk", "/helpdesk_search")
    expect(anna.active_row).to_contain_text("/helpdesk")
    anna.type("zz").offers_nothing()


def test_help(anna, guest):
    anna.run("/help")
    answer = anna.gets("done", "@username", "/command", ":shortcut", "/helpdesk")
    expect(answer).to_contain_text("Only you see this")
    anna.has_in_composer("")


@pytest.mark.parametrize("name", ["helpdesk", "ticket"])
def test_ticket(anna, admin, guest, word, name):
    anna.type(f"/{name} ").is_hinted("Ticket for")
    anna.type(f"Blank pages {word}").press("Enter")
    answer = anna.gets("done", word)
    [ticket] = admin.search(
        "helpdesk.ticket",
        [("name", "=", f"Blank pages {word}")],
        ["number", "team_id", "description", "channel_id", "user_id", "partner_id"],
    )
    expect(answer).to_contain_text(ticket["number"])
    expect(answer.get_by_role("link")).to_have_attribute(
        "href", re.compile(rf"/{ticket['id']}$")
    )
    assert ticket["team_id"][1] == "Customer Care"
    assert ticket["channel_id"][1] == "Live Chat"
    assert "My printer prints blank pages. Help!" in ticket["description"]
    assert not ticket["user_id"]
    assert not ticket["partner_id"]


def test_ticket_goes_to_the_first_team_that_fits(anna, admin, team, guest, word):
    """Of two teams with Live Chat on, one has other live chat channels."""
    other = admin.create("im_livechat.channel", name="Another website")
    elsewhere = admin.create(
        "helpdesk.ticket.team",
        name="Elsewhere",
        sequence=-2,
        use_livechat=True,
        livechat_channel_ids=[(6, 0, [other])],
    )
    here = admin.create(
        "helpdesk.ticket.team",
        name="Here",
        sequence=-1,
        use_livechat=True,
        livechat_channel_ids=[(6, 0, [team.livechat])],
    )
    anna.run(f"/helpdesk {word}").gets("done", word)
    domain = [("name", "=", word)]
    [ticket] = admin.search("helpdesk.ticket", domain, ["team_id"])
    admin.call("helpdesk.ticket.team", "write", [here, elsewhere], {"active": False})
    assert ticket["team_id"][0] == here


@pytest.mark.parametrize("name", ["helpdesk_search", "search_tickets"])
def test_search(anna, admin, guest, word, name):
    number = _create_ticket(anna, admin, word)["number"]
    digits = number.removeprefix("HT")
    spellings = (
        str(int(digits)),
        f"#{int(digits)}",
        f"HT{int(digits)}",
        number.lower(),
    )
    for spelling in spellings:
        anna.run(f"/{name} {spelling}")
        expect(anna.gets("done").get_by_role("link").first).to_contain_text(number)
    anna.run(f"/{name} {word[:8]}").gets("done", number, word)
    anna.run(f"/{name}").gets("done", number)
    anna.run(f"/{name} {word}nowhere")
    expect(anna.gets("done", "No ticket").get_by_role("link")).to_have_count(0)


def _create_ticket(agent, admin, word):
    agent.run(f"/helpdesk {word}").gets("done", word)
    domain = [("name", "=", word)]
    [ticket] = admin.search("helpdesk.ticket", domain, ["number"])
    return ticket


def test_links_of_the_answer_open_by_key(anna, admin, guest, word):
    """Over the conversation, where Escape leads back; with Ctrl in a new tab."""
    ticket = _create_ticket(anna, admin, word)
    anna.press("Alt+1")
    dialog = anna.page.locator(".o_dialog .o_form_view")
    expect(dialog).to_contain_text(ticket["number"])
    anna.press("Escape")
    expect(dialog).to_have_count(0)
    expect(anna.composer).to_be_focused()
    with anna.context.expect_page() as opened:
        anna.press("Control+Alt+1")
    opened.value.wait_for_url(f"**/{ticket['id']}*")
    expect(opened.value.locator(".o_form_view")).to_contain_text(ticket["number"])
    opened.value.close()
    expect(anna.composer).to_be_focused()


def test_history(anna, new_visitor):
    visitor = new_visitor("/?token=secret").reads("/contactus?token=secret")
    visitor.reads("/shop-that-is-not-there").reads("/")
    visitor.start_chat("Hello")
    anna.open(visitor.channel_id).run("/history")
    answer = anna.gets("done", "Website", "Contact Us")
    expect(answer).to_contain_text("Browser")
    parts = answer.locator("ul")
    expect(parts).to_have_count(2)
    tracked = [
        link.get_attribute("href") for link in parts.first.get_by_role("link").all()
    ]
    assert tracked == ["/", "/contactus", "/"]
    expect(parts.last).to_contain_text("/shop-that-is-not-there")


def test_history_of_a_visitor_who_is_offline(anna, admin, new_visitor):
    visitor = new_visitor("/contactus").visit("/").start_chat("Hello")
    anna.open(visitor.channel_id)
    visitor.close()
    eventually(
        lambda: _is_offline(admin, visitor.guest_id), "the visitor is offline", 30
    )
    anna.run("/history").gets("done", "Contact Us", "offline")


def _is_offline(admin, guest_id):
    [guest] = admin.call("mail.guest", "read", [guest_id], ["im_status"])
    return guest["im_status"] == "offline"


def test_lead(anna, admin, guest, word):
    anna.run(f"/lead Interested {word}").gets("done", word)
    domain = [("name", "=", f"Interested {word}")]
    fields = ["source_id", "description", "origin_channel_id", "partner_id"]
    [lead] = admin.search("crm.lead", domain, fields)
    assert lead["source_id"][0] == admin.ref("crm_livechat.utm_source_livechat")
    assert "My printer prints blank pages. Help!" in lead["description"]
    assert lead["origin_channel_id"][0] == guest.channel_id
    assert not lead["partner_id"]


def test_note(anna, admin, guest, word):
    anna.run(f"/note Calls back {word}").gets("done", word)
    domain = [("id", "=", guest.channel_id)]
    [channel] = admin.search("discuss.channel", domain, ["livechat_note"])
    assert f"Calls back {word}" in channel["livechat_note"]
    assert "Anna Agent" in channel["livechat_note"]


def test_end(anna, chat):
    anna.run("/end")
    chat.sees("Anna ended the conversation.")
    expect(chat.composer).to_have_count(0)


def test_ticket_after_the_visitor_ended(anna, admin, chat, word):
    anna.send("Let me see.")
    chat.end()
    anna.sees("left the conversation")
    expect(anna.composer).to_have_attribute("placeholder", "Type / for a command")
    anna.run(f"/ticket {word}").gets("done", word)
    anna.type("Can you read this?").press("Enter")
    anna.is_hinted("Nothing was sent")
    anna.clear()


def test_ended_conversation_takes_commands_after_a_reload(anna, chat):
    anna.send("Let me see.")
    chat.end()
    anna.reload(chat.channel_id).run("/help").gets("done", "/helpdesk")


@pytest.mark.parametrize("name", ["helpdesk", "lead", "note"])
def test_what_is_missing_is_asked_for(anna, guest, name):
    anna.run(f"/{name}").has_in_composer(f"/{name} ").is_hinted("Expected")
    expect(anna.answers).to_have_count(0)
    anna.clear()


def test_nothing_is_missing_where_nothing_is_needed(anna, guest):
    anna.run("/helpdesk_search").gets("done")


def test_command_in_front_of_a_draft(anna, chat, word):
    anna.type("The answer is nearly done").press("Home")
    anna.type("/")
    anna.has_in_composer("/\nThe answer is nearly done")
    anna.type(f"note {word}").press("Enter")
    anna.gets("done", word)
    anna.has_in_composer("The answer is nearly done")
    anna.page.wait_for_timeout(DOUBLE_ENTER_TIME + 100)
    anna.press("Enter")
    chat.sees("The answer is nearly done")


def test_tab_offers_the_first_sentence_as_title(anna, admin, guest):
    anna.type("/helpdesk ").press("Tab")
    anna.has_in_composer("/helpdesk My printer prints blank pages")
    anna.press("Enter").gets("done", "My printer prints blank pages")


def test_double_enter_makes_one_ticket(anna, admin, guest, word):
    anna.type(f"/helpdesk {word}").press("Enter", "Enter").gets("done", word)
    assert admin.call("helpdesk.ticket", "search_count", [("name", "=", word)]) == 1
    expect(anna.answers).to_have_count(1)
