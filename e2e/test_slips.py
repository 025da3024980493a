"""A slip never leaks, in the browser and past it."""

import re

import pytest
from guest import post_message
from odoo_server import ServerError
from playwright.sync_api import expect

HELD_IN_BROWSER = {
    "misspelt": "/helpdsk {word}",
    "unknown": "/nothing {word}",
    "leading blanks": "  /helpdesk {word}",
    "wrong first character": ":helpdesk {word}",
    "wrong first character 2": "!ticket {word}",
    "slash alone": "/",
    "space after the slash": "/ helpdesk {word}",
    "second line is no excuse": "/helpdsk {word}\nsecond line",
    "word after a colon": ":{word}",
    "full-width slash": "／helpdesk {word}",
    "unseen character": "\u3164/helpdesk {word}",
    "sign before the slash": "./helpdesk {word}",
    "wrong key": "§helpdesk {word}",
}


@pytest.mark.parametrize("kind", HELD_IN_BROWSER)
def test_slip_is_held_with_its_text(anna, database, guest, word, kind):
    text = HELD_IN_BROWSER[kind].format(word=word)
    before = database.messages(guest.channel_id)
    _type_lines(anna, text)
    anna.press("Escape", "Enter").is_hinted("Nothing was sent")
    anna.has_in_composer(text)
    expect(anna.active_row).to_have_count(0)
    anna.press("Enter")
    anna.has_in_composer(text)
    assert database.messages(guest.channel_id) == before
    anna.clear()


def _type_lines(agent, text):
    first, *rest = text.split("\n")
    agent.type(first)
    for line in rest:
        agent.press("Shift+Enter").type(line)


def test_send_button_holds_too(anna, database, guest, word):
    before = database.messages(guest.channel_id)
    anna.type(f"/helpdsk {word}")
    anna.page.locator(".o-mail-Composer [name='send-message']").click()
    anna.is_held("Run /helpdesk", "Send to")
    assert database.messages(guest.channel_id) == before
    anna.clear()


def test_run_by_keyboard(anna, admin, database, guest, word):
    before = database.messages(guest.channel_id)
    anna.run(f"/helpdsk {word}").is_held(f"Run /helpdesk {word}", "Send to")
    anna.press("ArrowDown", "Enter").gets("done", word)
    anna.has_in_composer("")
    assert database.messages(guest.channel_id) == before
    assert admin.call("helpdesk.ticket", "search_count", [("name", "=", word)]) == 1


def test_send_by_keyboard(anna, chat, word):
    anna.run(f"/helpdsk {word}").is_held("Run /helpdesk", f'"/helpdsk {word}"')
    anna.press("ArrowDown", "ArrowDown", "Enter")
    chat.sees(f"/helpdsk {word}")
    anna.has_in_composer("")


def test_correcting_the_text_lets_go_of_it(anna, guest, word):
    anna.run(f"/helpdsk {word}").is_hinted("Nothing was sent")
    anna.press("Home", *["ArrowRight"] * 6).type("e")
    anna.has_in_composer(f"/helpdesk {word}")
    anna.press("Enter").gets("done", word)


def test_edited_message_is_held(anna, database, chat, word):
    # Odoo edits a message only once the server has it.
    with anna.page.expect_response(lambda each: "/mail/message/post" in each.url):
        anna.send("Hello there")
    chat.sees("Hello there")
    anna.press("ArrowUp")
    editor = anna.page.locator(".o-mail-Message .o-mail-Composer-input")
    expect(editor).to_have_value("Hello there")
    editor.fill(f"/helpdsk {word}")
    anna.press("Enter")
    expect(anna.rows.filter(has_text="Send to")).to_be_visible()
    assert word not in "".join(database.messages(chat.channel_id))
    editor.fill("Hello again")
    anna.offers_nothing().press("Enter")
    chat.sees("Hello again")


@pytest.mark.parametrize("text", ["//help is how to ask", "And /help is fine", "10:30"])
def test_text_is_sent_as_typed(anna, chat, text):
    anna.send(text)
    chat.sees(text)


# Past the browser's guard: a page loaded before the installation, a direct call.

HELD_BY_SERVER = [
    "/helpdsk {word}",
    "/helpdesk {word}",
    "<p>/helpdesk {word}</p>",
    "<span>/helpdesk {word}</span>",
    "<strong>/</strong>helpdesk {word}",
    "<strong>/helpdesk {word}</strong>",
    "/helpdesk {word}<br>second line",
    "<p><br></p><p>/helpdesk {word}</p>",
    "&nbsp; /helpdesk {word}",
    "&#47;helpdesk {word}",
    "\u200b/helpdesk {word}",
    "\u200f/helpdesk {word}",
    "&shy;\u3164/helpdesk {word}",
    "／helpdesk {word}",
    "./helpdesk {word}",
    "(/helpdsk {word}",
    "§ticket {word}",
    ":ticket {word}",
    ":{word}",
    "/",
]


@pytest.mark.parametrize("body", HELD_BY_SERVER)
def test_server_holds_posts(anna, database, guest, word, body):
    with pytest.raises(ServerError) as caught:
        post_message(anna.session, guest.channel_id, body.format(word=word))
    assert caught.value.name == "UserError"
    assert word not in "".join(database.messages(guest.channel_id))


@pytest.mark.parametrize("body", HELD_BY_SERVER)
def test_server_holds_edits(anna, database, guest, word, body):
    message_id = post_message(anna.session, guest.channel_id, "Hello")
    with pytest.raises(ServerError) as caught:
        anna.session.post(
            "/mail/message/update_content",
            message_id=message_id,
            update_data={"body": body.format(word=word)},
        )
    assert caught.value.name == "UserError"
    assert word not in "".join(database.messages(guest.channel_id))


def test_response_that_was_meant_takes_the_slips_place(anna, database, guest):
    before = database.messages(guest.channel_id)
    anna.type(";op").press("Enter").is_held("Insert opening_hours", '";op"')
    anna.press("ArrowDown", "Enter")
    expect(anna.composer).to_have_value(re.compile("Monday to Friday"))
    assert database.messages(guest.channel_id) == before
    anna.clear()


def test_page_that_is_not_up_to_date_gets_its_text_back(anna, database, guest, word):
    """What only the server knows to be a slip is shown as by the page's own guard."""
    before = database.messages(guest.channel_id)
    anna.page.evaluate(
        """() => {
            const { services } = odoo.__WOWL_DEBUG__.root.env;
            services["mail.store"].livechat_command.names = [];
        }"""
    )
    anna.type(f"!helpdesk {word}").press("Enter")
    anna.is_held(f"Run /helpdesk {word}", "Send to")
    anna.has_in_composer(f"!helpdesk {word}")
    expect(anna.page.locator(".o-mail-Message", has_text=word)).to_have_count(0)
    assert database.messages(guest.channel_id) == before
    anna.clear().reload(guest.channel_id)


def test_mark_of_send_lets_it_pass(anna, guest, word):
    text = f"/helpdsk {word}"
    post_message(anna.session, guest.channel_id, text, send_as_typed=True)
    assert any(text in body for body in guest.messages())


def test_context_is_no_mark(anna, database, guest, word):
    for context in ({"send_as_typed": True}, {"livechat_command": True}):
        with pytest.raises(ServerError):
            post_message(
                anna.session, guest.channel_id, f"/helpdsk {word}", context=context
            )
    assert word not in "".join(database.messages(guest.channel_id))


def test_visitor_may_write_what_he_likes(guest, word):
    guest.says(f"/helpdesk {word}")
    assert any(word in body for body in guest.messages())


def test_conversation_without_visitors_is_as_in_odoo(anna, admin, word):
    channel = anna.session.call("discuss.channel", "create", [{"name": word}])[0]
    assert post_message(anna.session, channel, f"/helpdsk {word}")


def test_public_page_of_the_conversation_holds(anna, database, guest, word):
    """An agent who opens it gets the visitors' bundle, which holds none of our code."""
    page = anna.context.new_page()
    page.goto(f"{anna.url}/discuss/channel/{guest.channel_id}")
    composer = page.locator(".o-mail-Composer-input")
    composer.fill("An ordinary message")
    composer.press("Enter")
    expect(page.locator(".o-mail-Message", has_text="An ordinary")).to_be_visible()
    with page.expect_response("**/mail/message/post"):
        composer.fill(f"/helpdsk {word}")
        composer.press("Enter")
    assert word not in "".join(database.messages(guest.channel_id))
    page.close()
