"""An agent who works in German: list, hint, answer and guard speak it."""

import uuid

import pytest
from agent import Agent
from conftest import AGENT_GROUPS
from odoo_server import Session
from playwright.sync_api import expect


@pytest.fixture(scope="module")
def greta(browser, url, database, admin):
    german = [admin.ref("base.lang_de")]
    # Terms are loaded for languages that were active before the request.
    admin.call("res.lang", "write", german, {"active": True})
    wizard = admin.create(
        "base.language.install", lang_ids=[(6, 0, german)], overwrite=True
    )
    admin.call("base.language.install", "lang_install", [wizard])
    login = f"greta-{uuid.uuid4().hex[:6]}@example.com"
    greta = admin.create(
        "res.users",
        login=login,
        name="Greta Agent",
        password="greta",
        lang="de_DE",
        group_ids=[(6, 0, [admin.ref(xmlid) for xmlid in AGENT_GROUPS])],
    )
    agent = Agent(browser, Session(url).login(database.name, login, "greta"))
    agent.user_id = greta
    yield agent
    agent.close()


def test_the_whole_way_in_german(greta, admin, chat, word):
    [user] = admin.call("res.users", "read", [greta.user_id], ["partner_id"])
    members = {"partner_ids": [user["partner_id"][0]]}
    admin.call("discuss.channel", "add_members", chat.channel_id, **members)
    greta.reload(chat.channel_id)

    greta.type("/he").offers("Ein Ticket aus dieser Unterhaltung erstellen")
    greta.is_hinted("Nur Sie sehen dies.")
    greta.clear().type("/helpdesk ").is_hinted("Ticket für")
    greta.clear().run("/help").gets("done", "Zeigen, was Sie hier tippen können")

    greta.clear().run(f"/helpdsk {word}").is_hinted("Es wurde nichts gesendet.")
    expect(greta.rows.first).to_contain_text(f"/helpdesk {word} ausführen")
    greta.press("ArrowDown", "Enter").gets("done", word)
    [ticket] = admin.search(
        "helpdesk.ticket", [("name", "=", word)], ["origin_channel_id"]
    )
    assert ticket["origin_channel_id"][0] == chat.channel_id
    expect(chat.page.locator("body")).not_to_contain_text(word)
