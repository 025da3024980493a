"""Sees whether anything that was typed becomes more than text in a browser.

An alarm goes off at a script, a dialog, a request to another host or an element that
came out of a text. HOSTILE=each shows each text alone where a short run joins some.
"""

import os
import re
from html import escape
from urllib.parse import urlsplit

import hostile
from odoo_server import ServerError
from playwright.sync_api import expect

LENGTH = 1 if os.environ.get("HOSTILE") == "each" else 240
IS_LONG = LENGTH == 1
SCHEMES = ("http", "https", "ws", "wss")
# Website's own theme fetches them.
FONTS = ("fonts.googleapis.com", "fonts.gstatic.com")
TITLES = hostile.texts("huge", "commands")
# PostgreSQL stores neither; Odoo's own fields answer with a traceback in the log.
UNSTORABLE = re.compile("[\\x00\\ud800-\\udfff]")
LINE_BREAKS = re.compile(r"[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
EVIL_ELEMENTS = """() => {
    const roots = [document];
    for (const root of roots) {
        for (const element of root.querySelectorAll("*")) {
            if (element.shadowRoot) {
                roots.push(element.shadowRoot);
            }
            if (element.contentDocument) {
                roots.push(element.contentDocument);
            }
        }
    }
    return roots.flatMap((root) =>
        [...root.querySelectorAll("[data-evil]")].map((found) => found.outerHTML)
    );
}"""
NUMBERED = "zq{:03} {}"


class Alarm:
    """Watches all pages of a browser context."""

    def __init__(self, context, url):
        self.url = url
        self.host = urlsplit(url).netloc
        self.rung = []
        context.expose_function("alarm", lambda n=None: self.rung.append(f"script {n}"))
        context.on("request", self._look_at_request)
        context.on("dialog", self._note_dialog)

    def _look_at_request(self, request):
        address = urlsplit(request.url)
        if address.scheme in SCHEMES and address.netloc not in (self.host, *FONTS):
            self.rung.append(f"request {request.url}")

    def _note_dialog(self, dialog):
        self.rung.append(f"dialog {dialog.message}")
        dialog.dismiss()

    def is_silent(self, page):
        """See that nothing happened, and that no text became an element."""
        assert page.evaluate(EVIL_ELEMENTS) == []
        rung, self.rung = self.rung, []
        assert rung == []


def join(texts, length=LENGTH):
    """Return the texts on as few lines as they take, each line with its number."""
    lines, line = [], ""
    for text in texts:
        text = LINE_BREAKS.sub(" ", UNSTORABLE.sub("", text))
        if line and len(line) + len(text) > length:
            lines.append(line)
            line = ""
        line = f"{line} {text}"[: max(length, 240)]
    return [
        NUMBERED.format(number, text.strip())
        for number, text in enumerate([*lines, line])
    ]


def post(session, channel_id, body):
    """Post as a visitor's browser does."""
    post_markup(session, channel_id, escape(body).replace("\n", "<br>"))


def post_markup(session, channel_id, body):
    """Post what no browser sends: Odoo shows such markup as far as it holds it safe."""
    session.post(
        "/mail/message/post",
        thread_model="discuss.channel",
        thread_id=channel_id,
        post_data={
            "body": UNSTORABLE.sub("", body),
            "message_type": "comment",
            "subtype_xmlid": "mail.mt_comment",
        },
    )


def try_all(create, values):
    """Create what is taken; what is refused is refused in a sentence."""
    made = []
    for each in values:
        try:
            made.append(create(**each))
        except ServerError as error:
            assert error.name in ("ValidationError", "UserError", "AccessError"), error
    return made


def look(page, url, kind):
    """Open a view and see that the alarm is silent."""
    page.goto(f"{url}?view_type={kind}" if kind != "form" else url)
    expect(page.locator(f".o_{kind}_view").first).to_be_visible()
    page.alarm.is_silent(page)
