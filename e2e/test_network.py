"""The network is cut around Enter: nothing is lost, doubled, or seen by the visitor."""

import pytest
from playwright.sync_api import expect

RUN_COMMAND = "**/discuss.channel/run_command*"


def _cut_before(route):
    route.abort("connectionfailed")


def _cut_after(route):
    """Let the server do it, and lose its answer."""
    route.fetch()
    route.abort("connectionreset")


@pytest.mark.parametrize("cut", [_cut_before, _cut_after])
def test_retry_does_it_once(anna, admin, database, guest, word, cut):
    anna.page.route(RUN_COMMAND, cut)
    anna.run(f"/helpdesk {word}")
    answer = anna.gets("failed", "Retry when you are online again")
    anna.has_in_composer("")
    anna.page.unroute(RUN_COMMAND)
    answer.get_by_role("button", name="Retry").click()
    anna.gets("done", word)
    found = admin.search("helpdesk.ticket", [("name", "=", word)], ["id"])
    assert len(found) == 1
    assert word not in "".join(database.messages(guest.channel_id))


def test_offline_from_the_first_letter(anna, database, guest, word):
    """What was loaded before still tells commands from messages."""
    anna.context.set_offline(True)
    try:
        anna.run(f"/helpdsk {word}").is_held(f"Run /helpdesk {word}", "Send to")
        anna.clear().composer.focus()
        anna.run(f"/note {word}").gets("failed", "Retry when you are online again")
        anna.type(f"Written while offline {word[:5]}")
    finally:
        anna.context.set_offline(False)
    anna.answers.last.get_by_role("button", name="Retry").click()
    anna.gets("done", word)
    anna.has_in_composer(f"Written while offline {word[:5]}")
    expect(anna.answers).to_have_count(1)
    assert word not in "".join(database.messages(guest.channel_id))
    anna.clear()
    anna.open_discuss()  # connected again at once, for the visitors of other tests
