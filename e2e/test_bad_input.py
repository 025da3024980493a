"""Whatever comes in by RPC gets a sentence: no traceback, nothing run, nothing sent."""

import html
import re
import uuid

import pytest
from guest import Guest
from odoo_server import ServerError

STATUSES = {"done", "usage", "unknown", "refused", "failed"}
TEXTS = {
    "long": "x" * 100_000,
    "spaces": " " * 500,
    "control": "\x00\x01\x07\x1b[31m\x7f\x85",
    "markup": "<img src=x onerror=alert(1)>",
    "percent": "%s %(name)s %",
    "underscore": "_ __ %_",
    "backslash": "\\ \\' \\n \\x00",
    "quotes": "' \" ` '' \"\" '; DROP TABLE discuss_command_run; --",
    "xpath": "//*[@id='x'] | ../..",
    "template": "{{ 7*7 }} ${7*7} <t t-out='7*7'/> %(x)s",
    "right to left": "\u202eשלום مرحبا\u202c",
    "emoji": "👩‍👩‍👧‍👦🇫🇷\ufe0f",
    "surrogates": "\ud800 \udfff",
    "newlines": "a\nb\r\nc\u2028d",
    "commands": "/end\n/leave",
}
COMMANDS = ("/note", "/lead", "/helpdesk", "/helpdesk_search", "/help", "/history")


def run(agent, channel_id, line):
    return agent.session.run(channel_id, line, uuid.uuid4().hex)


def plain(body):
    return html.unescape(re.sub(r"<[^>]+>", "", body)).strip()


@pytest.fixture(scope="module")
def guest(anna, url, team):
    """One visitor for all the bad input; nothing of it may reach him."""
    guest = Guest(url).start_chat(team.livechat, "My printer prints blank pages.")
    yield guest
    [message] = guest.messages()
    assert "My printer prints blank pages." in message


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("kind", TEXTS)
def test_argument(anna, guest, command, kind):
    answer = run(anna, guest.channel_id, f"{command} {TEXTS[kind]}")
    assert answer["status"] in STATUSES
    assert plain(answer["body"])
    assert len(answer["body"]) < 30_000
    assert "<img" not in answer["body"]
    assert "Something went wrong" not in answer["body"]


@pytest.mark.parametrize(
    "line",
    ["", "/", "//", "/ helpdesk x", " /help", "help", "/\x00", "\n/help", "/" * 1000]
    + ["/%", "/_", "/\\", "/'", "/<b>x</b>", "/../../etc/passwd", "/нет", "/nope x"],
)
def test_line_that_is_no_command(anna, guest, line):
    answer = run(anna, guest.channel_id, line)
    assert answer["status"] == "unknown"
    assert plain(answer["body"])
    assert "<b>" not in answer["body"]


@pytest.mark.parametrize("line", [None, 7, True, ["/help"], {"line": "/help"}, 1.5])
def test_line_that_is_no_text(anna, guest, line):
    answer = run(anna, guest.channel_id, line)
    assert answer["status"] == "refused"
    assert plain(answer["body"])


@pytest.mark.parametrize(
    "request_id",
    [None, 7, True, "", "short", "x" * 65, ["a" * 20], {"a": 1}, "x" * 100_000],
)
def test_request_id(anna, admin, guest, request_id):
    answer = anna.session.run(guest.channel_id, "/note x", request_id)
    assert answer["status"] == "refused"
    assert plain(answer["body"])


@pytest.mark.parametrize("request_id", ["\x00" * 10, "' OR 1=1 --", "<b>12345</b>"])
def test_strange_request_id_is_an_id(anna, guest, request_id):
    first = anna.session.run(guest.channel_id, "/note strange", request_id)
    assert first["status"] == "done"
    assert anna.session.run(guest.channel_id, "/note strange", request_id) == first


@pytest.mark.parametrize(
    "channel_id",
    [2**31 - 1, 2**31, 2**70, 0, -1, False, None, [], [[]], "7", "x", 1.5, True],
)
def test_channel_that_does_not_exist(anna, channel_id):
    try:
        answer = run(anna, channel_id, "/help")
    except ServerError as error:
        # What is no list of ids at all, Odoo refuses before any method of ours.
        assert error.name in ("ValueError", "TypeError"), error
    else:
        assert answer["status"] == "refused"
        assert plain(answer["body"])


def test_several_channels_at_once(anna, guest):
    answer = run(anna, [guest.channel_id, guest.channel_id + 1], "/help")
    assert answer["status"] == "refused"
