"""Whole lines and kept lines from twenty threads: each answer is of its own record.

``LINE_RUNS=1000 make test STAGE=e2e K=test_lines_at_once`` is the long form.
"""

import os
import uuid
from concurrent.futures import ThreadPoolExecutor
from itertools import chain

import pytest
from guest import Guest
from odoo_server import Session

THREADS = 20
RUNS = int(os.environ.get("LINE_RUNS") or 100)


@pytest.fixture
def sessions(url, database, team):
    """A session for each thread, of an agent who is there without a browser."""
    session = Session(url).login(database.name, team.anna_login, "anna")
    poll = {"channels": [], "last": 0, "is_first_poll": True}
    session.post("/websocket/peek_notifications", **poll)
    session.post("/websocket/update_bus_presence", inactivity_period=0)
    cookies = session.http.cookies.get_dict()
    return [Session(url, cookies) for _thread in range(THREADS)]


@pytest.fixture
def new_guest(sessions, url, team):
    """Start the conversation of another visitor."""
    return lambda: Guest(url).start_chat(team.livechat, "Hello?")


@pytest.fixture
def kept(admin, word):
    """Kept lines that succeed, and others whose last line fails; their names."""
    everybody = [(4, admin.ref("base.group_user"))]
    tag, shortcut = f"tag-{word}", f"number-{word}"
    admin.create("helpdesk.ticket.tag", name=tag)
    admin.create(
        "mail.canned.response",
        source=shortcut,
        substitution="Your number: {{record.number}}, {{record.name}}.",
        group_ids=everybody,
    )
    line = f"/helpdesk {{argument}} !! #{tag} :{shortcut}"
    for name, last in (("good", "/note Done"), ("bad", "/tag no-such-tag")):
        admin.create(
            "discuss.command",
            name=f"{name}-{word}",
            kind="lines",
            lines=f"{line}\n/status waiting\n{last}",
            group_ids=everybody,
        )
    return tag, shortcut


def _get_lines(word, kept):
    """Return lines with whether each succeeds, as many as there are runs."""
    tag, shortcut = kept
    tokens = f"!! #{tag} :{shortcut}"
    lines = []
    for run in range(RUNS):
        title = f"{word}-{run}"
        line, succeeds = (
            (f"/helpdesk {title} {tokens}", True),
            (f"/good-{word} {title}", True),
            (f"/bad-{word} {title}", False),
            (f"/helpdesk {title} @ben-agent {tokens}", False),
        )[run % 4]
        lines.append((title, line, succeeds))
    return lines


def test_every_reply_has_the_number_of_its_own_ticket(
    sessions, new_guest, admin, word, kept, record_property
):
    # Nobody works twenty times in one conversation.
    guests = [new_guest() for _thread in range(THREADS)]

    def run_all(session, guest, lines):
        return [
            (title, succeeds, session.run(guest.channel_id, line, uuid.uuid4().hex))
            for title, line, succeeds in lines
        ]

    lines = _get_lines(word, kept)
    size = -(-RUNS // THREADS)
    shares = [lines[size * i : size * (i + 1)] for i in range(THREADS)]
    with ThreadPoolExecutor(THREADS) as pool:
        answers = [*chain(*pool.map(run_all, sessions, guests, shares))]
    assert len(answers) == RUNS
    tickets = admin.search("helpdesk.ticket", [("name", "like", word)], ["number"])
    numbers = {ticket["id"]: ticket["number"] for ticket in tickets}
    made = set()
    for title, succeeds, answer in answers:
        assert (answer["status"] == "done") == succeeds, answer
        if not succeeds:
            assert "composer_response" not in answer
            continue
        number = numbers[answer["record"]["id"]]
        said = f"Your number: {number}, {number} - {title}."
        assert answer["composer_response"]["text"] == said
        made.add(answer["record"]["id"])
    assert made == numbers.keys()
    assert len(set(numbers.values())) == len(numbers)
    record_property("runs from twenty threads", f"{RUNS}, wrong: 0")


def test_same_request_of_kept_lines_at_once(sessions, new_guest, admin, word, kept):
    """Twenty times the same request: one ticket, one note, one answer."""
    request_id, guest = uuid.uuid4().hex, new_guest()

    def run(session):
        return session.run(guest.channel_id, f"/good-{word} {word}", request_id)

    with ThreadPoolExecutor(THREADS) as pool:
        answers = list(pool.map(run, sessions))
    assert answers[0]["status"] == "done"
    assert all(answer == answers[0] for answer in answers)
    [ticket] = admin.search("helpdesk.ticket", [("name", "=", word)], ["number"])
    assert ticket["number"] in answers[0]["composer_response"]["text"]
    [channel] = admin.search(
        "discuss.channel", [("id", "=", guest.channel_id)], ["livechat_note"]
    )
    assert channel["livechat_note"].count("Done") == 1
    runs = admin.search(
        "discuss.command.run", [("argument", "=", word)], ["part_ids", "outcome"]
    )
    [whole] = [each for each in runs if each["part_ids"]]
    assert (whole["outcome"], len(whole["part_ids"])) == ("done", 3)
