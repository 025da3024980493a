"""No websocket: commands, their answers and responses come by the requests alone."""

import pytest
from agent import Agent
from playwright.sync_api import expect

# A worker that never answers, as when a firewall drops the websocket.
SILENT_WORKER = """
window.SharedWorker = window.Worker = class {
    constructor() {
        this.port = new MessageChannel().port1;
    }
    addEventListener() {}
    postMessage() {}
};
"""


@pytest.fixture
def deaf_anna(browser, anna):
    """Anna in another browser, which hears nothing of the server."""
    agent = Agent(browser, anna.session)
    agent.context.add_init_script(SILENT_WORKER)
    yield agent
    agent.close()


def test_commands_are_answered(deaf_anna, admin, database, guest, word):
    deaf_anna.reload(guest.channel_id)
    deaf_anna.run(f"/helpdesk {word}").gets("done", word)
    deaf_anna.has_in_composer("")
    deaf_anna.run(f"/helpdsk {word}").is_held("Run /helpdesk", "Send to")
    deaf_anna.clear()
    deaf_anna.run(f"/note {word}").gets("done")
    deaf_anna.run("/status nowhere").gets("failed", "There is no status")
    expect(deaf_anna.answers).to_have_count(3)
    deaf_anna.clear().composer.focus()
    assert len(admin.search("helpdesk.ticket", [("name", "=", word)], ["id"])) == 1
    assert word not in "".join(database.messages(guest.channel_id))
