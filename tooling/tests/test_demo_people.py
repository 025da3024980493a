import http.client
import urllib.parse

from tooling import demo_people

MARIE = demo_people.Visitor("36", "23", "token-of-marie")


class Store:
    """Prints what psql would."""

    def __init__(self, row):
        self.row = row

    def query(self, statement, database):
        assert "livechat_marie" in statement
        return self.row


def test_visitor_is_found_in_the_demo_data_alone():
    assert demo_people.find_visitor(Store("36|23|token-of-marie\n"), "demo") == MARIE
    assert demo_people.find_visitor(Store("\n"), "demo") is None


def test_agent_lands_in_the_chat_and_the_visitor_in_her_own():
    with demo_people.pages(MARIE, "http://127.0.0.1:8069", 8069) as pages:
        agent = urllib.parse.urlsplit(pages["agent"])
        words = dict(urllib.parse.parse_qsl(agent.query))
        assert words == {
            "login": "demo",
            "redirect": "/odoo/discuss?active_id=discuss.channel_36",
        }
        response = _get(pages["visitor"])
        assert response.status == 303
        assert (
            response.headers["Location"] == "http://localhost:8069/discuss/channel/36"
        )
        assert response.headers["Set-Cookie"].startswith("dgid=23|token-of-marie;")
        assert _get(pages["visitor"] + "favicon.ico").status == 404


def test_without_the_demo_conversation_there_are_still_addresses():
    with demo_people.pages(None, "http://127.0.0.1:8069", 8069) as pages:
        assert pages["visitor"] == "http://127.0.0.1:8069/"
        assert "36" not in pages["agent"]


def _get(address):
    """Return the answer of the door, at the address that it listens on."""
    parts = urllib.parse.urlsplit(address)
    request = http.client.HTTPConnection(demo_people.HOST, parts.port, timeout=10)
    request.request("GET", parts.path)
    return request.getresponse()
