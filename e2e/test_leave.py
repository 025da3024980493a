"""Leaving, a second operator, coming back with /leave."""

import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from guest import Guest
from odoo_server import eventually
from playwright.sync_api import expect


def get_status(admin, channel_id):
    fields = ["livechat_status", "livechat_end_dt"]
    [channel] = admin.call("discuss.channel", "read", [channel_id], fields)
    return channel["livechat_status"], bool(channel["livechat_end_dt"])


@pytest.fixture
def colleague(ben, admin, team, chat):
    """A second agent of the website, who was not there when the visitor came."""
    set_agents(admin, team.livechat, [team.anna, team.ben])
    ben.open_discuss()
    eventually(lambda: team.ben in get_available(admin, team.livechat), "Ben is online")
    yield ben
    set_agents(admin, team.livechat, [team.anna])


def set_agents(admin, livechat_id, user_ids):
    values = {"user_ids": [(6, 0, user_ids)]}
    admin.call("im_livechat.channel", "write", livechat_id, values)


def test_visitor_who_waits_is_handed_over(anna, colleague, admin, chat, word):
    """The visitor wrote last: others are asked at once, and one takes over."""
    ben = colleague
    anna.type("/leave ").is_hinted("other agents are asked to help")
    anna.type(f"Note {word}").press("Enter")
    anna.is_notified("goes on").get_by_text("Rejoin")
    assert get_status(admin, chat.channel_id) == ("need_help", False)
    ben.is_notified("Looking for help")
    sidebar = ben.page.locator(".o-mail-DiscussSidebar")
    expect(sidebar).to_contain_text("Looking for help")
    chat.says("Is anybody there?")
    assert ben.session.call(
        "discuss.channel", "livechat_join_channel_needing_help", [chat.channel_id]
    )
    ben.open(chat.channel_id).sees("Is anybody there?")
    ben.send("Ben here, how can I help?")
    chat.sees("Ben here, how can I help?")
    assert get_status(admin, chat.channel_id) == ("in_progress", False)
    assert word not in chat.text()


def get_available(admin, livechat_id):
    fields = ["available_operator_ids"]
    [channel] = admin.call("im_livechat.channel", "read", [livechat_id], fields)
    return channel["available_operator_ids"]


def test_visitor_who_was_answered_is_waited_for(anna, admin, chat):
    anna.send("Please try the other tray.")
    chat.sees("Please try the other tray.")
    anna.run("/leave")
    anna.is_notified("goes on")
    assert get_status(admin, chat.channel_id) == ("waiting", False)
    chat.says("It still does not work.")
    status = ("need_help", False)
    eventually(lambda: get_status(admin, chat.channel_id) == status, "help is needed")


def test_rejoin(anna, admin, chat):
    anna.send("Please try the other tray.")
    anna.run("/leave")
    rejoin = anna.is_notified("goes on").get_by_role("button", name="Rejoin")
    rejoin.press("Enter")
    anna.sees("joined the channel")
    expect(anna.composer).to_be_focused()
    anna.send("Here I am again.")
    chat.sees("Here I am again.")
    assert get_status(admin, chat.channel_id)[1] is False


def test_last_agents_who_leave_at_once_call_for_help(
    anna, ben, admin, team, url, database
):
    """Neither leaves in the belief that the other one stays.

    Odoo writes the time that each agent spent in the conversation into one row: the
    second to leave fails to serialize, is run again, and sees that it is the last.
    """
    # No page shows this conversation: what it marks as read would come in between.
    guest = Guest(url).start_chat(team.livechat, "Hello?")
    channel_id = guest.channel_id
    [user] = admin.call("res.users", "read", [team.ben], ["partner_id"])
    members = {"partner_ids": [user["partner_id"][0]]}
    anna.session.call("discuss.channel", "add_members", [channel_id], **members)
    guest.says("Is anybody there?")

    def leave(session):
        return session.run(channel_id, "/leave", uuid.uuid4().hex)

    with ThreadPoolExecutor(2) as pool:
        with database.holding("discuss_channel_member"):
            leaving = [pool.submit(leave, each.session) for each in (anna, ben)]
            eventually(
                lambda: (
                    database.count_waiting() == 2 or all(one.done() for one in leaving)
                ),
                "both leave",
            )
        answers = [one.result() for one in leaving]
    assert [answer["status"] for answer in answers] == ["done", "done"]
    assert get_status(admin, channel_id) == ("need_help", False)
