"""A working day of six chats by keyboard alone: each customer gets what is his, and
nothing else."""

import re

import pytest
from agent import HAS_COMMANDS, IS_READY, IS_SHOWN
from conftest import wait_until_available
from guest import Guest
from playwright.sync_api import expect
from test_keys import report
from witness import Witness

QUESTIONS = (
    "Hi! My printer prints blank pages.",
    "Do you ship to Norway?",
    "The parcel came without the cable.",
    "Where is my order?",
    "I want my money back.",
    "Are you there?",
)
USUAL = "One moment please, I look into it."
# As in composer_keys.js: an Enter this many milliseconds later belongs to the first.
DOUBLE_ENTER_TIME = 300
IS_ONLY_UNREAD = """(id) => {
    const { discuss } = odoo.__WOWL_DEBUG__.root.env.services["mail.store"];
    const unread = discuss.livechats.filter(({ isUnread }) => isUnread);
    return unread.length === 1 && unread[0].id === id;
}"""


@pytest.fixture
def dora(new_agent):
    """An agent with a live chat of her own."""
    return new_agent("Dora")


@pytest.fixture
def livechat(admin, dora):
    """The live chat that Dora alone answers, once she is there."""
    users = [(6, 0, [dora.session.uid])]
    livechat_id = admin.create("im_livechat.channel", name="A day", user_ids=users)
    dora.open_discuss()
    wait_until_available(admin, livechat_id, dora.session.uid)
    return livechat_id


@pytest.fixture
def day(dora, livechat, database, url, new_visitor, record_property):
    """Six visitors who wait; the first one's page is open, and so is his chat."""
    seen = new_visitor(f"/im_livechat/support/{livechat}").start_chat(QUESTIONS[0])
    others = [Guest(url).start_chat(livechat, text) for text in QUESTIONS[1:]]
    usual = dora.session.create(
        "mail.canned.response", source="usual", substitution=USUAL
    )
    dora.session.call("mail.canned.response", "count_use", [usual])
    day = Day(dora, [seen, *others], record_property)
    day.start()
    return day


class Day:
    """Dora's chats, and what she said in each on purpose."""

    def __init__(self, dora, visitors, record_property):
        self.dora = dora
        self.visitors = visitors
        self.said = [[] for _visitor in visitors]
        self.witness = Witness(dora.page)
        self.record_property = record_property

    def start(self):
        """Load the page at the first chat: from here on there is the keyboard alone."""
        address = f"active_id=discuss.channel_{self.visitors[0].channel_id}"
        self.dora.page.goto(f"{self.dora.url}/odoo/discuss?{address}")
        self.dora.page.wait_for_function(IS_READY)
        self.is_in(0)
        self.dora.keys = 0

    def is_in(self, number):
        """Wait until a chat is open, its composer ready for the next key."""
        channel_id = self.visitors[number].channel_id
        self.dora.page.wait_for_function(IS_SHOWN, arg=channel_id)
        expect(self.dora.composer).to_be_focused()
        self.dora.page.wait_for_function(HAS_COMMANDS, arg=channel_id)
        return self.dora

    def waits(self, number):
        """Wait until a chat is shown as unread, and no other."""
        channel_id = self.visitors[number].channel_id
        self.dora.page.wait_for_function(IS_ONLY_UNREAD, arg=channel_id)

    def go_on(self, number):
        """Press Tab in the empty composer, which leads to the next who waits."""
        self.dora.has_in_composer("").press("Tab")
        return self.is_in(number)

    def sends(self, number, text):
        """Press Enter on a text that goes to this visitor."""
        self.dora.has_in_composer(text).press("Enter")
        self.dora.has_in_composer("").sees(text.strip())
        self.said[number].append(text.strip())

    def counts(self, task, keys, most):
        """Hold the keys of a task against the promise."""
        report(self.record_property, f"in the day, {task}", keys, most)

    def received(self, number, database):
        """Return what this visitor's conversation holds of Dora, as text."""
        rows = database.rows(
            "SELECT body FROM mail_message WHERE model = 'discuss.channel'"
            " AND res_id = %s AND author_id = (SELECT partner_id FROM res_users"
            " WHERE id = %s) AND message_type = 'comment' ORDER BY id",
            self.visitors[number].channel_id,
            self.dora.session.uid,
        )
        return [re.sub(r"<[^>]+>", "", body).strip() for (body,) in rows]


def open_ticket_and_say_the_usual(day):
    dora = day.dora
    with dora.counting() as keys:
        dora.type("/t").offers("/helpdesk").press("Tab").has_in_composer("/helpdesk ")
        dora.press("Tab", "Enter").gets("done", "My printer prints blank pages")
        day.counts("a ticket with the offered title", keys(), 5)
    with dora.counting() as keys:
        dora.type(":").offers("usual").press("Tab")
        day.sends(0, f"{USUAL} ")
        day.counts("the most used response", keys(), 3)


def answer_by_name_and_note(day, word):
    dora = day.go_on(1)
    with dora.counting() as keys:
        dora.type(":op")
        expect(dora.active_row).to_contain_text("opening_hours")
        dora.press("Enter")
        day.sends(1, "We are here from Monday to Friday, 9:00 to 18:00. ")
        day.counts("a response by name", keys(), 5)
    with dora.counting() as keys:
        dora.type("/n").offers("/note").press("Tab").type(word).press("Enter")
        dora.gets("done", word)
        day.counts("a note, more than its letters", keys() - len(word), 4)


def recover_from_slips_beside_a_draft(day, word):
    dora = day.go_on(2)
    draft = "I send you a cable."
    dora.type(draft)
    with dora.counting() as keys:
        dora.press("Home").type("/note x").press("Enter").gets("done", "x")
        day.counts("a command beside a draft, more", keys() - len("/note x") - 1, 1)
    dora.page.wait_for_timeout(DOUBLE_ENTER_TIME + 100)
    day.sends(2, draft)
    dora.run(f"/helpdsk {word}").is_held("Run", "Send")
    with dora.counting() as keys:
        dora.press("ArrowDown", "Enter").gets("done", word)
        day.counts("from a slip to its command", keys(), 2)
    dora.run(";usual").is_held("Insert usual", "Send").press("ArrowDown", "Enter")
    day.sends(2, USUAL + " ")
    dora.run(f":note {word}").is_held("Run", "Send")
    dora.press("Escape", "Control+a", "Backspace")


def look_up_and_fill_in(day, word):
    dora = day.go_on(3)
    dora.run(f"/ticket {word}").gets("done", word)
    with dora.counting() as keys:
        dora.type("/s").offers("/helpdesk_search").press("Tab", "Enter")
        dora.gets("done", word, line="search")
        day.counts("this customer's tickets", keys(), 4)
        dora.press("Alt+1")
        form = dora.page.locator(".o_dialog .o_form_view [name=name] input")
        expect(form).to_have_value(word)
        day.counts("and the first one opened", keys(), 5)
    dora.press("Escape")
    day.is_in(3).type(":deliv")
    expect(dora.active_row).to_contain_text("delivery")
    dora.press("Enter").has_in_composer(
        "Your order ⟦order number⟧ is on its way. It should arrive on ⟦date⟧. "
    )
    dora.type("S00042").press("Enter").type("Monday")
    day.sends(3, "Your order S00042 is on its way. It should arrive on Monday. ")


def refund_in_one_line(day, word):
    dora = day.go_on(4)
    with dora.counting() as keys:
        dora.type("/r").offers("/refund").press("Tab").type("S00042").press("Enter")
        dora.gets("done", "Refund S00042")
        expect(dora.composer).to_have_value(re.compile("⟦amount⟧"))
        day.counts("a kept line", keys() + 1, 12)
    dora.type("20 EUR")
    sentence = "It takes your bank three to five working days to show it."
    day.sends(4, f"I have refunded 20 EUR. {sentence}")
    dora.run("/status waiting").gets("done", "Waiting")
    dora.run("/tag refund").gets("done", "Refund")
    dora.run(f"/lead {word}").gets("done", word)
    dora.run(f"/save lead_{word[:6]}").gets("done", f"lead_{word[:6]}")


def leave_come_back_and_end(day, word):
    """Whoever wrote meanwhile comes first; what is typed then is for him."""
    dora = day.go_on(5)
    day.visitors[1].says("And to Sweden?")
    day.waits(1)
    dora.run(f"/leave {word}")
    day.is_in(1).type("To Sweden, too.")
    day.sends(1, "To Sweden, too.")
    dora.press("Alt+0")
    day.is_in(5).type("I am back.")
    day.sends(5, "I am back.")
    dora.run("/end").sees("ended the conversation")


def test_six_chats(day, database, word):
    dora, witness, seen = day.dora, day.witness, day.visitors[0]
    open_ticket_and_say_the_usual(day)
    answer_by_name_and_note(day, word)
    recover_from_slips_beside_a_draft(day, word)
    look_up_and_fill_in(day, word)
    refund_in_one_line(day, word)
    leave_come_back_and_end(day, word)
    seen.says("Thank you!")
    day.waits(0)
    day.go_on(0).sees("Thank you!")

    assert witness.mouse == set()
    places = witness.keys
    assert places.pop("dialog") == 1, "Escape, to close the ticket"
    assert set(places) == {f"chat {each.channel_id}" for each in day.visitors}
    assert sum(places.values()) + 1 == dora.keys
    for number in range(len(QUESTIONS)):
        assert day.received(number, database) == day.said[number]
    seen.sees(USUAL)
    assert word not in seen.text()
