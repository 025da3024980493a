"""Canned responses by : and ::, and sentences that only look like them."""

import re

import pytest
from playwright.sync_api import expect

TEXT = re.compile("Could you give me your order number, please")


@pytest.mark.parametrize("trigger", [":", "::"])
def test_by_typing_on(anna, chat, trigger):
    anna.type(f"{trigger}order").offers("order_number")
    expect(anna.active_row).to_contain_text("order_number")
    anna.press("Enter")
    expect(anna.composer).to_have_value(TEXT)
    anna.press("Enter")
    chat.sees("Could you give me your order number, please")


@pytest.mark.parametrize("trigger", [":", "::"])
def test_by_arrow_keys(anna, guest, trigger):
    anna.type(trigger)
    expect(anna.rows.nth(3)).to_be_visible()
    names = [text.split()[0] for text in anna.row_texts()]
    presses = names.index("email") + (anna.active_row.count() == 0)
    anna.press(*["ArrowDown"] * presses)
    expect(anna.active_row).to_contain_text("email")
    anna.press("Enter")
    expect(anna.composer).to_have_value(re.compile("To which e-mail address"))
    anna.clear()


def test_list_scrolls_past_the_first_eight(anna, guest):
    anna.type("::")
    expect(anna.rows.nth(8)).to_be_attached()
    anna.press(*["ArrowDown"] * 12)
    expect(anna.active_row).to_be_in_viewport()
    anna.press("Escape").clear()


def test_emoji_stand_beside(anna, chat):
    anna.type(":smil")
    expect(anna.rows.filter(has_text="smil").first).to_be_visible()
    anna.press("Enter")
    expect(anna.composer).not_to_have_value(re.compile(":smil"))
    anna.clear()


SENTENCES = [
    "Voici la liste :",
    "Voici la liste : bonjour",
    "Total : 2 jours",
    ":)",
    "Ok :D",
    ":p",
    "10:30",
    "http://x",
    "C'est noté : merci beaucoup",
    "Re: your order",
    "note: nothing",
]


@pytest.mark.parametrize("sentence", SENTENCES)
def test_sentence_is_sent_as_typed(anna, database, guest, sentence):
    anna.type(sentence).press("Enter")
    anna.has_in_composer("")
    expect(anna.messages).to_have_count(2)
    sent = anna.messages.last.locator(".o-mail-Message-body")
    # Odoo turns :) and :p into pictures, and http://x into a link.
    if not re.search(r":[)Dp]$", sentence):
        expect(sent).to_have_text(sentence)
