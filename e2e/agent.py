"""The operator's side: a conversation in Discuss, worked by keyboard alone."""

import re
from contextlib import contextmanager

from playwright.sync_api import expect

COMPOSER = ".o-mail-Composer-input:visible"
LIST = ".o-mail-NavigableList .o-mail-NavigableList-item"
ACTIVE = ".o-mail-NavigableList-active"
MESSAGE = ".o-mail-Message, .o-mail-NotificationMessage"
PATIENCE = 40_000
# The first page of a new database has its bundles made.
FIRST_LOAD = 120_000

# A click in the sidebar does this; it is done without because one page stays open for
# all tests, and its sidebar grows.
# Discuss shows the first conversation by itself once, when it has loaded.
IS_READY = """() => {
    const store = odoo.__WOWL_DEBUG__?.root?.env.services["mail.store"];
    return store?.discuss.hasRestoredThread && store.discuss.thread;
}"""
HAS_CONVERSATION = """(id) => {
    const store = odoo.__WOWL_DEBUG__.root.env.services["mail.store"];
    return store.Thread.get({ model: "discuss.channel", id })?.self_member_id;
}"""
SHOW_CONVERSATION = """(id) => {
    const store = odoo.__WOWL_DEBUG__.root.env.services["mail.store"];
    store.Thread.get({ model: "discuss.channel", id }).setAsDiscussThread();
}"""
IS_SHOWN = """(id) => {
    const { discuss } = odoo.__WOWL_DEBUG__.root.env.services["mail.store"];
    return discuss.thread?.id === id;
}"""
HAS_COMMANDS = """(id) => {
    const store = odoo.__WOWL_DEBUG__?.root?.env.services["mail.store"];
    return store?.Thread.get({ model: "discuss.channel", id })?.areCommandsLoaded;
}"""


class Agent:
    """An operator with a browser of her own; counts the keys that she presses.

    :param options: what the browser's page is like, as Playwright has it
    """

    def __init__(self, browser, session, **options):
        self.session = session
        self.url = session.url
        self.keys = 0
        self.errors = []
        # Requests of a service worker would pass by a cut network.
        options.setdefault("viewport", {"width": 1200, "height": 800})
        self.context = browser.new_context(service_workers="block", **options)
        self.context.add_cookies(
            [{"name": "session_id", "value": session.cookie, "url": session.url}]
        )
        self.context.set_default_timeout(PATIENCE)
        self.context.set_default_navigation_timeout(FIRST_LOAD)
        self.page = self._watch(self.context.new_page())

    def _watch(self, page):
        page.on("pageerror", self._note_error)
        return page

    def _note_error(self, error):
        # Odoo's own, on a page that is left while its scripts come in.
        if str(error) != "odoo is not defined":
            self.errors.append(str(error))

    def open_discuss(self):
        self.page.goto(f"{self.url}/odoo/discuss")
        self.page.wait_for_function(IS_READY)

    def open(self, channel_id):
        """Show a conversation in Discuss, ready for typing."""
        self.page.wait_for_function(HAS_CONVERSATION, arg=channel_id)
        self.page.evaluate(SHOW_CONVERSATION, channel_id)
        self.page.wait_for_function(IS_SHOWN, arg=channel_id)
        self.composer.focus()
        expect(self.composer).to_be_focused()
        self.page.wait_for_function(HAS_COMMANDS, arg=channel_id)
        return self

    def reload(self, channel_id):
        """Load the page anew, at a conversation."""
        self.page.goto(
            f"{self.url}/odoo/discuss?active_id=discuss.channel_{channel_id}"
        )
        self.composer.focus()
        expect(self.composer).to_be_focused()
        self.page.wait_for_function(HAS_COMMANDS, arg=channel_id)
        return self

    # Keyboard

    def type(self, text):
        self.keys += len(text)
        self.page.keyboard.type(text)
        return self

    def press(self, *names):
        for name in names:
            self.keys += 1
            self.page.keyboard.press(name)
        return self

    @contextmanager
    def counting(self):
        """Yield a function that tells how many keys were pressed in the block."""
        start = self.keys
        yield lambda: self.keys - start

    def run(self, line):
        """Type a command and press Enter."""
        return self.type(line).press("Enter")

    def send(self, text):
        """Send an ordinary message."""
        self.type(text).press("Enter")
        self.sees(text)
        return self

    def clear(self):
        """Empty the composer."""
        self.composer.fill("")
        return self

    # What is on the screen

    @property
    def composer(self):
        return self.page.locator(COMPOSER)

    @property
    def rows(self):
        return self.page.locator(LIST)

    @property
    def active_row(self):
        return self.page.locator(ACTIVE)

    @property
    def messages(self):
        return self.page.locator(MESSAGE)

    def sees(self, text):
        """Wait until ``text`` stands in the conversation."""
        expect(self.messages.filter(has_text=text).last).to_be_visible()
        return self

    @property
    def answers(self):
        """The answers to commands in the conversation, the last one last."""
        return self.page.locator(".o-livechat-command-Answer")

    def gets(self, status, *texts, line=None):
        """Wait until the last answer has this status and holds these texts."""
        answer = self.answers.filter(has_text=line).last if line else self.answers.last
        expect(answer).to_have_attribute("data-status", status)
        for text in texts:
            expect(answer).to_contain_text(text)
        return answer

    def is_hinted(self, *texts):
        """Wait until the hint line below the composer says this."""
        for text in texts:
            expect(self.page.locator(".o-livechat-command-Hint")).to_contain_text(text)
        return self

    def is_held(self, *choices):
        """Wait until the guard offers these choices, with none highlighted."""
        self.is_hinted("Nothing was sent")
        self.offers(*choices)
        expect(self.rows).to_have_count(len(choices))
        expect(self.active_row).to_have_count(0)
        return self

    def is_notified(self, text):
        notification = self.page.locator(".o_notification", has_text=text).last
        expect(notification).to_be_visible()
        return notification

    def has_in_composer(self, text):
        expect(self.composer).to_have_value(text)
        return self

    def offers(self, *texts):
        """Wait until the list has a row for each text, in this order."""
        for number, text in enumerate(texts):
            expect(self.rows.nth(number)).to_contain_text(text)
        return self

    def offers_nothing(self):
        expect(self.rows).to_have_count(0)
        return self

    def row_texts(self):
        return [re.sub(r"\s+", " ", text) for text in self.rows.all_inner_texts()]

    def picture(self, folder, name):
        self.page.screenshot(path=folder / f"{name}.png")

    def close(self):
        self.context.close()
        assert not self.errors, self.errors
