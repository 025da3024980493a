"""A phone: what keys do elsewhere is done by touch, and of keys nothing is said."""

import re

import pytest
from playwright.sync_api import expect

PHONE = {
    "viewport": {"width": 393, "height": 727},
    "has_touch": True,
    "is_mobile": True,
    "user_agent": "Mozilla/5.0 (Linux; Android 14; Phone) Chrome/120.0 Mobile",
}
KEYS = re.compile(r"\b(?:Tab|Enter|Escape|Alt|Ctrl)\b")


@pytest.fixture
def timo(new_agent, join):
    agent = join(new_agent("Timo", **PHONE))
    # What is shown first gives way to a window, as soon as Odoo has opened it.
    field = agent.page.locator(".o-mail-ChatWindow .o-mail-Composer-input")
    field.focus()
    expect(field).to_be_focused()
    return agent


def send(agent):
    agent.page.locator(".o-mail-Composer [name='send-message']:visible").tap()


def get_hint(agent):
    return agent.page.locator(".o-livechat-command-Hint")


def take_title(agent):
    """Take the offered title, and run the line."""
    agent.type("/helpdesk ")
    agent.page.locator(".o-is-offered").tap()
    agent.has_in_composer("/helpdesk My printer prints blank pages")
    assert not KEYS.search(get_hint(agent).inner_text())
    send(agent)
    agent.has_in_composer("")


def test_title_is_offered_also_beside_a_warning(timo):
    take_title(timo)
    timo.gets("done", "My printer prints blank pages")
    timo.type("/helpdesk ").is_hinted("Already").clear()
    take_title(timo)
    expect(timo.answers).to_have_count(2)


def test_blanks_guard_and_help(timo, chat):
    timo.type(":delivery")
    # Beside an emoji of that name, which may be there before it.
    timo.rows.filter(has_text="is on its way").tap()
    timo.is_hinted("order number")
    timo.type("S00042")
    get_hint(timo).tap()
    timo.is_hinted("date")
    assert not KEYS.search(get_hint(timo).inner_text())
    send(timo)
    timo.is_hinted("date").type("Monday")
    send(timo)
    chat.sees("Your order S00042 is on its way. It should arrive on Monday.")

    timo.type("/hlp")
    send(timo)
    timo.is_held("Run /help", "Send")
    assert not KEYS.search(get_hint(timo).inner_text())
    timo.rows.first.tap()
    answer = timo.gets("done", "/command")
    assert not KEYS.search(answer.inner_text())
