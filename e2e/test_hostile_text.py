"""More than 200 hostile texts in every field, shown in every place: all is text."""

import re
import uuid
from functools import partial

import hostile
import pytest
from alarm import (
    EVIL_ELEMENTS,
    IS_LONG,
    TITLES,
    UNSTORABLE,
    Alarm,
    join,
    look,
    post,
    post_markup,
    try_all,
)
from lxml.html import fromstring
from odoo_server import Session
from playwright.sync_api import expect

# What was made by a first try is there.
pytestmark = pytest.mark.flaky(reruns=0)

# How many of all are taken where each takes a while of its own.
STEP = 1 if IS_LONG else 5
# Long enough, and none that a browser needs seconds to lay out.
HUGE = hostile.HUGE if IS_LONG else hostile.HUGE[:1]
# A list shows all, and a form or kanban one: each is looked at in all kinds.
VIEWS = ("list", "kanban", "form")
COMMANDS = ("helpdesk", "lead", "note", "helpdesk_search", "tag", "nope")
STATUSES = ("done", "failed", "unknown", "usage", "refused")


@pytest.fixture(scope="module")
def alarm(anna):
    return Alarm(anna.context, anna.url)


@pytest.fixture
def office(browser, admin):
    """The administrator's browser, with an alarm."""
    context = browser.new_context(viewport={"width": 1200, "height": 900})
    context.set_default_timeout(40_000)
    context.add_cookies(
        [{"name": "session_id", "value": admin.cookie, "url": admin.url}]
    )
    page = context.new_page()
    page.alarm = Alarm(context, admin.url)
    yield page
    context.close()


def test_the_alarm_rings(browser, url):
    """The positive control: without it silence would say nothing."""
    context = browser.new_context()
    alarm = Alarm(context, url)
    page = context.new_page()
    page.route("**/evil.invalid/**", lambda route: route.abort())
    page.goto(f"{url}/web/login")
    rung = 0
    for text in hostile.MARKUP:
        if "refresh" in text:
            continue  # It would leave the page.
        page.evaluate("(html) => { document.body.innerHTML = html; }", text)
        page.wait_for_timeout(20)
        rung += bool(alarm.rung or page.evaluate(EVIL_ELEMENTS))
        alarm.rung.clear()
    assert rung > 25
    context.close()


def test_who_visitors_say_they_are(anna, alarm, guest):
    """Their names, in rows of like tickets too, below hostile titles."""
    names = join(hostile.MARKUP + hostile.TEMPLATES + hostile.DIRECTIONS)
    titles = join(TITLES)
    for number, title in enumerate(titles):
        name = names[number % len(names)]
        guest.session.post(
            "/mail/guest/update_name", guest_id=_get_guest_id(guest), name=name
        )
        _run(anna, guest.channel_id, f"/helpdesk {title}")
    anna.reload(guest.channel_id)
    anna.type("/helpdesk ").is_hinted("zq")
    alarm.is_silent(anna.page)
    for title in titles[::STEP]:
        anna.composer.fill(f"/helpdesk {title[:5]}")
        anna.offers("Add to")
        expect(anna.rows.first).to_contain_text(title[:5])
        alarm.is_silent(anna.page)
    anna.press("ArrowDown", "Enter").is_hinted("Adds this conversation")
    alarm.is_silent(anna.page)
    anna.clear()
    anna.page.locator("[name='create-ticket']:visible").click()
    anna.page.keyboard.type(titles[0][:5])
    expect(anna.page.locator(".o-livechat-command-Alike").first).to_be_visible()
    alarm.is_silent(anna.page)
    anna.press("Escape")


def test_what_visitors_write(anna, alarm, admin, chat, office):
    """Messages and pages of a visitor, wherever they are shown."""
    cookies = {each["name"]: each["value"] for each in chat.context.cookies()}
    visitor = Session(anna.url, cookies)
    visitor_alarm = Alarm(chat.context, anna.url)
    texts = hostile.texts("huge")
    joined = ["\n".join(texts[at : at + 8]) for at in range(0, len(texts), 8)]
    for text in (*joined, *HUGE):
        post(visitor, chat.channel_id, text)
    anna.reload(chat.channel_id)
    anna.run("/history").gets("done", "Browser")
    [user] = admin.call("res.users", "read", [anna.session.uid], ["partner_id"])
    # No more than fifteen are shown.
    for at in range(0, len(texts), 14):
        pages = [UNSTORABLE.sub("", text) for text in texts[at : at + 14]]
        visitor.post(
            "/im_livechat/history",
            pid=user["partner_id"][0],
            channel_id=chat.channel_id,
            page_history=[*pages, f"zq-{at}"],
        )
        anna.gets("done", f"zq-{at}")
        alarm.is_silent(anna.page)
    chat.page.reload()
    expect(chat.page.locator(".o-mail-Message").first).to_be_visible()
    visitor_alarm.is_silent(chat.page)
    for command in ("helpdesk", "lead"):
        _run(anna, chat.channel_id, f"/{command} Written {chat.channel_id}")
    _look_at_records(admin, office, f"Written {chat.channel_id}")


def test_what_agents_type(anna, alarm, admin, guest, office, word):
    """Titles, notes, arguments, kept lines, and the answers that show them again."""
    lines = join(TITLES)
    typed = [*lines, *hostile.CONTROL, *hostile.SURROGATES, *HUGE]
    for number, line in enumerate(typed):
        for command in COMMANDS if IS_LONG else (COMMANDS[number % len(COMMANDS)],):
            _run(anna, guest.channel_id, f"/{command} {line}", *STATUSES)
    kept = [
        {
            "name": f"kept-{number}",
            "kind": "lines",
            "lines": f"/note {line}",
            "help": line,
        }
        for number, line in enumerate(lines)
    ]
    made = try_all(partial(anna.session.create, "discuss.command"), kept)
    assert len(made) > len(kept) / 2
    anna.reload(guest.channel_id)
    alarm.is_silent(anna.page)
    anna.type("/kept").offers("/kept")
    alarm.is_silent(anna.page)
    for line in lines[::STEP]:
        anna.composer.fill(f"/helpdesk {line}")
        alarm.is_silent(anna.page)
    anna.clear()
    anna.run(f"/helpdesk {word}").gets("done", word)
    alarm.is_silent(anna.page)
    action = f"{anna.url}/odoo/action-livechat_command"
    look(office, f"{action}.discuss_command_run_action_report", "list")
    page = anna.context.new_page()
    page.alarm = alarm
    look(page, f"{action}.discuss_command_kept_action", "list")
    look(page, f"{action}.discuss_command_kept_action/{made[0]}", "form")
    page.close()
    _look_at_records(admin, office, "zq0")
    anna.session.call("discuss.command", "unlink", made)


def _get_guest_id(guest):
    """Return the id that stands in the guest's cookie."""
    return int(re.match(r"\d+", guest.session.http.cookies["dgid"])[0])


def _run(anna, channel_id, line, *statuses):
    """Run a line; its answer has none of its elements, and nothing went wrong."""
    answer = anna.session.run(channel_id, line, uuid.uuid4().hex)
    assert answer["status"] in (statuses or ("done",)), answer
    assert not fromstring(f"<div>{answer['body']}</div>").xpath("//*[@data-evil]")
    assert "Something went wrong" not in answer["body"], line


def _look_at_records(admin, office, beginning):
    """Look at the tickets and leads of these titles."""
    for model in ("helpdesk.ticket", "crm.lead"):
        domain = [("name", "=like", f"{beginning}%")]
        rows = admin.search(model, domain, ["id"], order="id desc", limit=3)
        assert rows, model
        for row in rows if IS_LONG else rows[:1]:
            look(office, f"{office.alarm.url}/odoo/{model}/{row['id']}", "form")


def test_canned_responses_and_tags(anna, alarm, admin, chat, office):
    """Shortcut, Substitution, texts in other languages, tags, names of files."""
    english = admin.ref("base.lang_en")
    values = [
        {
            "source": line[:200],
            "substitution": line,
            "tag_ids": [(0, 0, {"name": line[:60]})],
            "text_ids": [(0, 0, {"lang_id": english, "substitution": line})],
        }
        for line in join(TITLES)
    ]
    create = partial(anna.session.create, "mail.canned.response")
    made = try_all(create, values)
    assert len(made) > len(values) / 2
    for text in hostile.TEMPLATES:
        if not UNSTORABLE.search(text):
            bare = {"source": f"zqx {text}"[:200], "substitution": text}
            made += try_all(create, [bare])
    tags = [{"name": line[:60]} for line in join(TITLES)]
    for model in ("im_livechat.conversation.tag", "helpdesk.ticket.tag"):
        try_all(partial(admin.create, model), tags)
    anna.reload(chat.channel_id)
    anna.type(":zq").offers("zq")
    alarm.is_silent(anna.page)
    anna.press("Tab")
    alarm.is_silent(anna.page)
    anna.clear()
    anna.type("/helpdesk x #zq").offers("zq")
    alarm.is_silent(anna.page)
    anna.clear()
    anna.type("/tag zq").offers("zq")
    alarm.is_silent(anna.page)
    anna.clear()
    action = f"{anna.url}/odoo/action-mail.mail_canned_response_action"
    page = anna.context.new_page()
    page.alarm = alarm
    for kind in VIEWS:
        look(page, f"{action}/{made[0]}" if kind == "form" else action, kind)
    page.close()
    anna.session.call("mail.canned.response", "unlink", made)


def test_what_admins_define(anna, alarm, admin, guest, office, word):
    """Names are refused; help, hint, default values and replies are text."""
    lines = join(TITLES)
    create = partial(admin.create, "discuss.command")
    base = {"kind": "create", "model_name": "res.partner"}
    named = [
        {**base, "name": text, "aliases": text}
        for text in (TITLES if IS_LONG else TITLES[::4])
        if not UNSTORABLE.search(text)
    ]
    taken = try_all(create, named)
    names = admin.call("discuss.command", "read", taken, ["name"])
    assert all(re.fullmatch(r"[a-z0-9_-]+", row["name"]) for row in names), names
    made = try_all(
        create,
        [
            {
                **base,
                "name": f"zq{number}",
                "help": line,
                "argument_hint": line[:60],
                "value_ids": [
                    (0, 0, {"field_name": "comment", "value": line}),
                    (0, 0, {"field_name": "ref", "value": line}),
                ],
            }
            for number, line in enumerate(lines)
        ],
    )
    assert len(made) > len(lines) / 2
    anna.reload(guest.channel_id)
    anna.type("/zq").offers("/zq")
    alarm.is_silent(anna.page)
    anna.clear()
    anna.run(f"/zq1 {word}").gets("done", word)
    alarm.is_silent(anna.page)
    action = f"{anna.url}/odoo/action-livechat_command.discuss_command_action"
    look(office, action, "list")
    look(office, f"{action}/{made[0]}", "form")
    [partner] = admin.search("res.partner", [("name", "=", word)], ["id"])
    look(office, f"{anna.url}/odoo/res.partner/{partner['id']}", "form")
    admin.call("discuss.command", "unlink", [*taken, *made])


def test_markup_that_visitors_send(anna, admin, guest, office, word):
    """What is made of their messages holds no element of theirs, nor a request."""
    texts = hostile.texts("huge")
    for at in range(0, len(texts), 8):
        post_markup(guest.session, guest.channel_id, "\n".join(texts[at : at + 8]))
    for command in ("helpdesk", "lead"):
        line = f"/{command} Markup {word}"
        answer = anna.session.run(guest.channel_id, line, uuid.uuid4().hex)
        assert answer["status"] == "done", answer
    _look_at_records(admin, office, f"Markup {word}")
    # Those of all tests.
    action = f"{office.alarm.url}/odoo/action-helpdesk_mgmt.helpdesk_ticket_action"
    for kind in ("list", "kanban"):
        look(office, action, kind)
