"""Takes the pictures of README and Apps page from a served demo database.

``make screenshots`` starts Odoo on a copy of the demo data and gives its address
(E2E_URL), the database (E2E_DB) and the browser (E2E_BROWSER).
"""

import io
import os
import re
import sys
from pathlib import Path

from agent import Agent
from odoo_server import Session, environment
from PIL import Image
from playwright.sync_api import expect, sync_playwright

COLORS = 128  # of a picture: text on plain ground needs no more
COMMAND_ACTION = "livechat_command.discuss_command_action"


class Painter:
    """Plays a scene and keeps what is on the screen."""

    def __init__(self, browser, database, folder):
        self.folder = folder
        url = environment()[0]
        self.demo = Agent(browser, Session(url).login(database, "demo", "demo"))
        self.admin = Agent(browser, Session(url).login(database, "admin", "admin"))

    def keep(self, agent, name):
        """Keep what an agent sees as a small PNG."""
        agent.page.wait_for_timeout(600)  # transitions
        image = Image.open(io.BytesIO(agent.page.screenshot()))
        path = self.folder / f"{name}.png"
        image.convert("RGB").quantize(COLORS).save(path, optimize=True)

    def paint(self):
        """Take all pictures."""
        marie = self.admin.session.ref("livechat_command.livechat_marie")
        self.demo.reload(marie)
        self.paint_list()
        self.paint_guard()
        self.paint_line()
        self.paint_alike()
        self.paint_answer()
        self.paint_blanks()
        self.paint_forms()

    def paint_list(self):
        self.demo.type("/").offers("/helpdesk")
        self.keep(self.demo, "list")
        self.demo.press("Escape").clear()

    def paint_guard(self):
        self.demo.run("/helpdsk Blank pages").is_hinted("Nothing was sent")
        self.keep(self.demo, "guard")
        self.demo.press("Escape").clear()

    def paint_line(self):
        line = "/helpdesk Refund S00042 !! #refund @marc :ref"
        self.demo.type(line).offers(":refund").press("Tab")
        self.demo.is_hinted("High", "Refund", "Marc")
        self.keep(self.demo, "line")
        self.demo.press("Escape").clear()

    def paint_alike(self):
        self.demo.type("/helpdesk Blank pages").offers("Add to HT00009")
        self.keep(self.demo, "alike")
        self.demo.press("Escape").clear()

    def paint_answer(self):
        # The first search takes longer, and says then that it was cut short.
        self.demo.run("/helpdesk_search printer").gets("done", "printer")
        self.demo.press("Alt+ArrowUp")
        self.demo.run("/helpdesk Prints blank pages").gets("done", "Prints blank pages")
        self.demo.run("/helpdesk_search printer").gets("done", "printer")
        self.keep(self.demo, "screenshot")

    def paint_blanks(self):
        self.demo.type(":").offers("anything_else")
        self.keep(self.demo, "responses")
        self.demo.clear().type(":delivery").press("Enter")
        expect(self.demo.composer).to_have_value(re.compile("⟦"))
        self.keep(self.demo, "blanks")
        self.demo.clear()

    def paint_forms(self):
        page = self.admin.page
        [command] = self.admin.session.search(
            "discuss.command",
            [("name", "=", "contact"), ("active", "in", [True, False])],
            ["id"],
        )
        page.goto(f"{self.admin.url}/odoo/action-{COMMAND_ACTION}/{command['id']}")
        expect(page.locator(".o_form_view")).to_be_visible()
        self.keep(self.admin, "command")
        page.goto(f"{self.admin.url}/odoo/settings#im_livechat")
        expect(page.locator(".o_setting_container")).to_be_visible()
        setting = page.locator("#livechat_command_commands")
        setting.scroll_into_view_if_needed()
        self.keep(self.admin, "settings")


def main(folder):
    """Take the pictures into a folder."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ["E2E_BROWSER"],
            args=["--no-sandbox", "--disable-gpu"],
        )
        Painter(browser, environment()[1], Path(folder)).paint()
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1])
