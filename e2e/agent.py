"""The operator's side: a conversation in Discuss, worked by keyboard alone."""

import re
from contextlib import contextmanager

from playwright.sync_api import expect

COMPOSER = ".o-mail-Composer-input:visible"
LIST = ".o-mail-NavigableList .o-mail-NavigableList-item"
ACTIVE = ".o-mail-NavigableList-active"


class Agent:
    """An operator with a browser of her own; counts the keys that she presses."""

    def __init__(self, browser, session):
        self.session = session
        self.url = session.url
        self.keys = 0
        self.errors = []
        self.context = browser.new_context(viewport={"width": 1200, "height": 800})
        self.context.add_cookies(
            [{"name": "session_id", "value": session.cookie, "url": session.url}]
        )
        self.page = self._watch(self.context.new_page())

    def _watch(self, page):
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        return page

    def open_discuss(self):
        self.page.goto(f"{self.url}/odoo/discuss")
        self.page.locator(".o-mail-DiscussSidebar").wait_for()

    def open(self, channel_id):
        """Open a conversation in Discuss; its composer has the focus."""
        self.page.goto(
            f"{self.url}/odoo/discuss?active_id=discuss.channel_{channel_id}"
        )
        self.composer.focus()
        expect(self.composer).to_be_focused()
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
        return self.page.locator(".o-mail-Message")

    def sees(self, text):
        """Wait until ``text`` stands in the conversation."""
        expect(self.messages.filter(has_text=text).last).to_be_visible()
        return self

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
