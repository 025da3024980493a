"""From the conversation to the ticket by mouse, by key to the ticket, and back."""

import pytest
from odoo_server import eventually
from playwright.sync_api import expect

BRIDGE = "livechat_command_helpdesk_mgmt"
ACTION = "livechat_command.ir_cron_send_followups"


@pytest.fixture
def action_id(admin, installed):
    """The scheduled action that adds what was said later; the bridge must be there."""
    assert BRIDGE in installed
    return admin.ref(ACTION)


def test_ticket_by_button_and_back_by_view_chat(
    chat, anna, admin, action_id, word, pictures
):
    page = anna.page
    anna.send("I make a ticket.")
    page.locator("[name='create-ticket']:visible").click()
    page.keyboard.type(f"Blank pages {word}")
    page.keyboard.press("Enter")
    answer = page.locator("a[href^='/odoo/helpdesk.ticket/']", has_text=word).last
    expect(answer).to_be_visible()
    anna.picture(pictures, "ticket_created")

    anna.composer.focus()
    with anna.context.expect_page() as opened:
        page.keyboard.press("Control+Alt+1")
    ticket = opened.value
    form = ticket.locator(".o_form_view")
    expect(form).to_contain_text("My printer prints blank pages. Help!")
    ticket.screenshot(path=pictures / "ticket_form.png")

    ticket.get_by_role("button", name="View chat").click()
    # Others may be open, as Odoo brings back the windows of a tab before.
    window = ticket.locator(".o-mail-ChatWindow", has_text="I make a ticket.")
    expect(window).to_contain_text("My printer prints blank pages. Help!")
    ticket.screenshot(path=pictures / "ticket_view_chat.png")

    later = f"It works again {word}"
    chat.says(later)
    anna.sees(later)
    anna.composer.focus()
    anna.run("/end")
    eventually(lambda: _is_ended(admin, chat.channel_id), "the conversation has ended")
    admin.call("ir.cron", "method_direct_trigger", [action_id])
    ticket.reload()
    note = ticket.locator(".o-mail-Chatter .o-mail-Message", has_text=later)
    expect(note).to_contain_text("Said later in the live chat")
    ticket.screenshot(path=pictures / "ticket_note.png")
    ticket.close()

    assert "Blank pages" not in chat.text(), "The visitor sees nothing of the ticket."


def _is_ended(admin, channel_id):
    domain = [("id", "=", channel_id), ("livechat_end_dt", "!=", False)]
    return bool(admin.search("discuss.channel", domain, ["id"]))
