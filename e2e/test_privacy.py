"""What the visitor receives, looked at whole.

The page's text, every frame and response of the visitor's browser, and what is stored
or sent for the conversation and the guest. An ordinary message is the positive control.
"""

import json
import re

from odoo_server import eventually

COMMAND = re.compile(
    r"/(?:helpdesk|ticket|helpdesk_search|search_tickets|history|lead|note|help)\b"
)
# Odoo has a file of its own called livechat_command_dialog.
ADDON = re.compile(r"livechat[_-]command(?!_dialog)")
# How a visitor comes to know that a command was run: the notices.
ALLOWED = {"im_livechat.history_command"}


def work_through_all_commands(agent, word):
    """Run every command that leaves the conversation open, and make slips."""
    agent.run(f"/helpdesk Ticket {word}").gets("done", word)
    agent.run(f"/search_tickets {word}").gets("done", word)
    agent.run(f"/lead Lead {word}").gets("done", word)
    agent.run(f"/note Note {word}").gets("done", word)
    agent.run("/help").gets("done", "/helpdesk")
    agent.run("/history").gets("done", "Browser")
    agent.run("/helpdesk").has_in_composer("/helpdesk ").is_hinted("Expected")
    agent.clear()
    agent.run(f"/helpdsk {word}").is_held("Run /helpdesk", "Send to")
    agent.clear()
    agent.run(f":lead {word}").is_held("Run /lead", "Send to")
    agent.clear()


def test_nothing_of_a_command_reaches_the_visitor(anna, database, chat, word):
    start = database.last_bus_id()
    anna.send("An ordinary message")
    chat.sees("An ordinary message")
    seen = len(chat.capture.frames)
    work_through_all_commands(anna, word)
    anna.send("The last message")
    chat.sees("The last message")
    chat.says("Thank you")

    assert_clean("the page", chat.text(), word)
    control = False
    for frame in chat.capture.frames:
        assert_clean("a frame", _without_history_command(frame), word)
        control = control or "An ordinary message" in frame
    assert control, "the positive control: frames of the visitor are seen"
    assert len(chat.capture.frames) > seen
    responses = list(chat.capture.bodies())
    assert any("/mail/data" in url for url, _body in responses)
    for url, body in responses:
        assert word not in body, url
        assert not ADDON.search(body), url
    bodies = database.messages(chat.channel_id)
    assert "The last message" in "".join(bodies)
    for body in bodies:
        assert_clean("a stored message", body, word)
    sent = database.visitor_notifications(chat.channel_id, chat.guest_id, start)
    assert any("An ordinary message" in text for _type, text in sent)
    for kind, text in sent:
        if kind not in ALLOWED:
            assert_clean(f"bus message {kind}", text, word)


def assert_clean(where, text, word):
    assert word not in text, f"{where}: {text[:500]}"
    assert not COMMAND.search(text), f"{where}: {text[:500]}"
    assert not ADDON.search(text), f"{where}: {text[:500]}"


def _without_history_command(frame):
    """Return the frame without Odoo's own question to the visitor's browser."""
    items = json.loads(frame)
    return json.dumps([i for i in items if i["message"]["type"] not in ALLOWED])


def test_no_typing_notification_while_a_line_starts_with_a_slash(
    anna, database, chat, word
):
    def count_typing(since):
        sent = database.visitor_notifications(chat.channel_id, chat.guest_id, since)
        return sum(
            '"isTyping": true' in text or '"isTyping":true' in text for _, text in sent
        )

    start = database.last_bus_id()
    for line in (
        f"/helpdesk {word}",
        f"/helpdsk {word}",
        f"/ticket {word}",
        "/nothing",
        f":helpdesk {word}",
        f"  /helpdesk {word}",
        f"；ticket {word}",
    ):
        anna.type(line)
        anna.clear()
    anna.run(f"/note {word}").gets("done", word)
    assert count_typing(start) == 0
    anna.type("An ordinary message")
    eventually(lambda: count_typing(start), "typing an ordinary message is notified")
    anna.press("Enter")
    chat.sees("An ordinary message")


def test_visitors_load_no_code_of_the_addon(anna, chat):
    scripts = [
        (url, body) for url, body in chat.capture.bodies() if "/web/assets/" in url
    ]
    assert scripts
    for url, body in scripts:
        assert not ADDON.search(body), url
