"""An agent who works in German: list, hint, answer and guard speak it."""

import pytest
from playwright.sync_api import expect


@pytest.fixture
def greta(new_agent, admin):
    german = [admin.ref("base.lang_de")]
    # Terms are loaded for languages that were active before the request.
    admin.call("res.lang", "write", german, {"active": True})
    wizard = admin.create(
        "base.language.install", lang_ids=[(6, 0, german)], overwrite=True
    )
    admin.call("base.language.install", "lang_install", [wizard])
    return new_agent("Greta", lang="de_DE")


def test_the_whole_way_in_german(greta, admin, chat, join, word):
    join(greta)

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
