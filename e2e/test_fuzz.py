"""Hypothesis types commands: always a clear answer, and no word to the visitor.

FUZZ= says how many lines; with it they differ from run to run.
"""

import html
import os
import re
import uuid

import pytest
from guest import Guest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

FUZZ = os.environ.get("FUZZ")
STATUSES = {"done", "usage", "unknown", "refused", "failed"}
# Those that leave the conversation as it is. The others take part in slips.
COMMANDS = ("help", "helpdesk", "ticket", "helpdesk_search", "search_tickets", "lead")
COMMANDS += ("note", "tag", "status", "history", "contact", "save", "nope", "")
WORDS = ("!", "!!", "!!!!", "#", "#refund", "@", "@admin", "@marc", ":", ":sorry")
WORDS += ("\\!!", "\\#x", "HT00001", "#1", "12", "{argument}", "{{visitor.name}}", "%")
WORDS += (
    "_",
    "'",
    '"',
    "\\",
    "<blink>x</blink>",
    "<!--",
    "&lt;",
    "in progress",
    "waiting",
)
WORDS += ("\x00", "\ud800", "\u202e", "\n/end", "x" * 300, "//", "'; --", "a:*", "⟦x⟧")
ARGUMENTS = st.one_of(
    st.lists(
        st.one_of(st.sampled_from(WORDS), st.text(st.characters(), max_size=20))
    ).map(" ".join),
    st.text(st.characters(), max_size=80),
)
LINES = st.builds(
    "{}{}{}{}".format,
    st.sampled_from(("/", "/", "/", "/", "//", " /", ":", "", "／", "\u200b/")),
    st.sampled_from(COMMANDS),
    st.sampled_from((" ", " ", " ", "", "\t", "\u00a0", "\n", "\u2003")),
    ARGUMENTS,
).filter(lambda line: not re.match(r"\s*/+(end|leave)", line))
TAG = re.compile(r"</?[a-z0-9]+(?: [^<>]*)?>")


@pytest.fixture(scope="module")
def guest(anna, url, team):
    return Guest(url).start_chat(team.livechat, "My printer prints blank pages.")


def test_whatever_is_typed(anna, database, guest, record_property):
    counts = dict.fromkeys(STATUSES, 0)

    @settings(
        max_examples=int(FUZZ or 600),
        deadline=None,
        derandomize=not FUZZ,
        database=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
    )
    @given(LINES)
    def run(line):
        answer = anna.session.run(guest.channel_id, line, uuid.uuid4().hex)
        counts[answer["status"]] += 1
        plain = html.unescape(TAG.sub("", answer["body"]))
        assert plain.strip()
        assert "Something went wrong" not in plain
        assert len(answer["body"]) < 30_000
        assert not re.search(r"<(?:blink|script|!--)", answer["body"])
        if answer["status"] == "unknown":
            assert answer["name"] is False

    run()
    assert all(counts[each] for each in ("done", "usage", "unknown", "failed")), counts
    record_property("lines typed at random", str(counts))
    [message] = database.messages(guest.channel_id)
    assert "My printer prints blank pages." in message
