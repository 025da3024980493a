"""The hands: how many keys a task takes, at most."""

import re

from playwright.sync_api import expect


def report(record_property, task, count, most):
    """Keep the figure in the report, then hold it against the promise."""
    record_property(f"keys: {task}", f"{count}, at most {most}")
    assert count <= most


def test_ticket_with_a_title_of_13_letters(anna, guest, record_property):
    with anna.counting() as keys:
        anna.type("/t").offers("/helpdesk").press("Tab").type("Printer broke").press(
            "Enter"
        )
        expect(anna.gets("done", "Printer broke").get_by_role("link")).to_be_visible()
    report(record_property, "ticket with a title of 13 letters", keys(), 17)


def test_ticket_with_the_offered_title(anna, guest, record_property):
    with anna.counting() as keys:
        anna.type("/t").offers("/helpdesk").press("Tab")
        anna.has_in_composer("/helpdesk ").press("Tab", "Enter")
        anna.gets("done", "My printer prints blank pages")
    report(record_property, "ticket with the offered title", keys(), 5)


def test_response_by_name_sent(anna, chat, record_property):
    with anna.counting() as keys:
        anna.type(":op")
        expect(anna.active_row).to_contain_text("opening_hours")
        anna.press("Enter")
        expect(anna.composer).to_have_value(re.compile("Monday to Friday"))
        anna.press("Enter")
    chat.sees("Monday to Friday")
    report(record_property, "a response by name, sent", keys(), 5)


def test_tickets_of_this_customer(anna, guest, word, record_property):
    anna.run(f"/ticket {word}").gets("done", word)
    with anna.counting() as keys:
        anna.type("/s").offers("/helpdesk_search").press("Tab", "Enter")
        anna.gets("done", word, line="search")
        count = keys()
        anna.press("Alt+1")
        opened = keys()
        form = anna.page.locator(".o_dialog .o_form_view")
        expect(form.locator("[name=name] input")).to_have_value(word)
    anna.press("Escape")
    report(record_property, "this customer's tickets", count, 4)
    report(record_property, "and the first one opened", opened, 5)


def test_command_while_a_draft_is_there(anna, guest, word, record_property):
    line = f"/note {word}"
    anna.type("A draft")
    with anna.counting() as keys:
        anna.press("Home").type(line).press("Enter")
        anna.gets("done", word)
    anna.has_in_composer("A draft")
    report(record_property, "a command with a draft, more", keys() - len(line) - 1, 1)
    anna.clear()


def test_from_a_slip_to_the_right_command(anna, guest, word, record_property):
    anna.run(f"/helpdsk {word}").is_held("Run", "Send")
    with anna.counting() as keys:
        anna.press("ArrowDown", "Enter")
        anna.gets("done", word)
    report(record_property, "from a slip to the right command", keys(), 2)


def test_internal_note(anna, guest, word, record_property):
    with anna.counting() as keys:
        anna.type("/n").offers("/note").press("Tab").type(word).press("Enter")
        anna.gets("done", word)
    report(record_property, "internal note, more", keys() - len(word), 4)


def test_dismissing_edits_no_message(anna, chat, word):
    """Odoo has ArrowUp edit the last message, which the visitor reads."""
    anna.send(word)
    chat.sees(word)
    anna.run("/note x").gets("done")
    anna.press("Alt+ArrowUp")
    expect(anna.page.locator(".o-livechat-command-Answer")).to_have_count(0)
    anna.press("Alt+ArrowUp")
    anna.run("/note only for us").gets("done")
    assert "only for us" not in chat.text()
