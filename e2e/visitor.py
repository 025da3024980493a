"""The visitor's side: a page of the website with its live chat."""

import json

from playwright.sync_api import expect

# Odoo's websocket lives in a SharedWorker, where Playwright sees no frame.
WITHOUT_SHARED_WORKER = "delete window.SharedWorker"
# The first page of a new database has its bundles made.
FIRST_LOAD = 120_000
REMEMBERS = """(path) => Object.keys(localStorage).some(
    (key) => key.includes("livechat_history") && localStorage[key].includes(path)
)"""
MESSAGE = ".o-mail-Message, .o-mail-NotificationMessage"


class Capture:
    """Everything that a browser context receives: frames and responses."""

    def __init__(self, context):
        self.frames = []
        self.responses = []
        context.on("page", self._watch_page)
        context.on("response", self._keep_response)

    def _watch_page(self, page):
        page.on("websocket", lambda ws: ws.on("framereceived", self._keep_frame))

    def _keep_frame(self, frame):
        self.frames.append(frame if isinstance(frame, str) else frame.decode())

    def _keep_response(self, response):
        self.responses.append(response)

    def notifications(self):
        """The bus notifications of all frames, as (type, payload)."""
        for frame in self.frames:
            for item in json.loads(frame):
                message = item.get("message", {})
                yield message.get("type"), message.get("payload")

    def bodies(self):
        """Yield (url, text) of every response that has a text."""
        for response in self.responses:
            if response.status in (204, 206, 301, 302, 303, 304):
                continue
            kind = response.headers.get("content-type", "")
            if kind.startswith(("image/", "font/", "audio/", "application/font")):
                continue
            yield response.url, response.body().decode(errors="replace")


def _is_session_of_its_own(response):
    """A first session is asked for without storing it, before anything is written."""
    data = response.request.post_data or ""
    return "get_session" in response.url and '"persisted":true' in data


class Visitor:
    """A customer on the website who chats."""

    def __init__(self, browser, url):
        self.url = url
        self.context = browser.new_context(viewport={"width": 1100, "height": 760})
        self.context.add_init_script(WITHOUT_SHARED_WORKER)
        self.context.set_default_navigation_timeout(FIRST_LOAD)
        self.capture = Capture(self.context)
        self.page = self.context.new_page()
        self.channel_id = None
        self.guest_id = None

    def visit(self, path):
        self.page.goto(self.url + path, wait_until="load")
        return self

    def reads(self, path):
        """Visit a page until the live chat, too, remembers it for ``/history``."""
        self.visit(path)
        self.page.wait_for_function(REMEMBERS, arg=path)
        return self

    def log_in(self, session):
        self.context.add_cookies(
            [{"name": "session_id", "value": session.cookie, "url": self.url}]
        )
        return self

    @property
    def composer(self):
        return self.page.locator(".o-mail-Composer-input")

    def start_chat(self, first_message):
        """Open a conversation by writing its first message."""
        self.page.locator(".o-livechat-LivechatButton").click()
        with self.page.expect_response(_is_session_of_its_own) as opened:
            self.composer.fill(first_message)
            self.composer.press("Enter")
        self._remember(opened.value.json()["result"])
        self.sees(first_message)
        return self

    def _remember(self, result):
        self.channel_id = result["channel_id"]
        channels = result["store_data"]["discuss.channel"]
        guests = result["store_data"].get("mail.guest", [])
        self.guest_id = guests[-1]["id"] if guests else 0
        assert any(channel["id"] == self.channel_id for channel in channels)

    def says(self, text):
        self.composer.fill(text)
        self.composer.press("Enter")
        self.sees(text)
        return self

    def sees(self, text):
        """Wait until ``text`` stands in the visitor's conversation."""
        expect(self.page.locator(MESSAGE, has_text=text).last).to_be_visible()

    def end(self):
        """End the conversation with the button of the live chat window."""
        self.page.locator(".o-mail-ChatWindow-header [name=close]").click()
        self.page.locator(".o-livechat-CloseConfirmation-leave").click()

    def text(self):
        """All text of the page, the live chat's shadow root included."""
        return self.page.evaluate(
            """() => {
                const texts = [document.body.innerText];
                for (const node of document.querySelectorAll("*")) {
                    if (node.shadowRoot) {
                        texts.push(...[...node.shadowRoot.children].map(
                            (child) => child.innerText || ""
                        ));
                    }
                }
                return texts.join("\\n");
            }"""
        )

    def close(self):
        self.context.close()
