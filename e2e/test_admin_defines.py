"""A functional admin makes a command in the browser, with no code; agents use it."""

import pytest
from odoo_server import Session, eventually
from playwright.sync_api import expect

FORM = ".o_form_view"
IS_TASK = [("name", "=", "task"), ("active", "in", [True, False])]


class Admin:
    """The admin's browser, on Live Chat > Configuration > Commands."""

    def __init__(self, browser, session):
        self.url = session.url
        self.context = browser.new_context(viewport={"width": 1280, "height": 1000})
        self.context.add_cookies(
            [{"name": "session_id", "value": session.cookie, "url": session.url}]
        )
        self.page = self.context.new_page()

    def open_commands(self):
        self.page.goto(f"{self.url}/odoo/action-im_livechat.im_livechat_channel_action")
        self.page.get_by_role("button", name="Configuration").click()
        self.page.get_by_role("menuitem", name="Commands").click()
        self.page.locator(".o_list_view").wait_for()
        return self

    def fill(self, field, text):
        self.page.locator(f"div[name={field}] input").first.fill(text)

    def pick(self, field, text):
        """Type in a link field and take the entry that reads exactly so."""
        box = self.page.locator(f"div[name={field}] input").first
        box.click()
        box.fill(text)
        entries = self.page.locator(".o-autocomplete--dropdown-item")
        entries.get_by_text(text, exact=True).first.click()

    def see(self, field, text):
        expect(self.page.locator(f"{FORM} [name={field}]").first).to_contain_text(text)

    def save(self):
        self.page.locator(".o_form_button_save").click()
        self.is_saved()

    def is_saved(self):
        expect(self.page.locator(".o_form_button_save")).to_be_hidden()


@pytest.fixture
def functional_admin(browser, url, database):
    admin = Admin(browser, Session(url).login(database.name, "admin", "admin"))
    yield admin
    admin.context.close()


@pytest.fixture
def reply(admin, word):
    """The shortcut of a canned response for agents."""
    admin.create(
        "mail.canned.response",
        source=word,
        substitution="I noted it: {{record.name}}.",
        group_ids=[(6, 0, [admin.ref("im_livechat.im_livechat_group_user")])],
    )
    return word


@pytest.fixture
def command(admin):
    """The name of a command that is not there, before and after."""

    def remove():
        found = admin.search("discuss.command", IS_TASK, ["id"])
        admin.call("discuss.command", "unlink", [row["id"] for row in found])

    remove()
    yield "task"
    remove()


@pytest.fixture
def ben_session(url, database, team):
    return Session(url).login(database.name, team.ben_login, "ben")


def _see_answer(agent, text):
    answers = agent.page.locator(".o-livechat-command-Answer")
    expect(answers.filter(has_text=text).last).to_be_visible()


def test_a_command_without_code(
    functional_admin,
    anna,
    ben,
    ben_session,
    admin,
    team,
    guest,
    reply,
    command,
    pictures,
):
    page = functional_admin.page
    in_group = {"group_ids": [(4, admin.ref("project.group_project_user"))]}
    admin.call("res.users", "write", team.anna, in_group)
    [row] = admin.call("res.users", "read", [team.ben], ["partner_id"])
    members = {"partner_ids": [row["partner_id"][0]]}
    admin.call("discuss.channel", "add_members", guest.channel_id, **members)

    functional_admin.open_commands()
    page.locator(".o_list_button_add").click()
    functional_admin.fill("name", "tâche")
    functional_admin.pick("model_id", "Task")
    functional_admin.see("transcript_field_id", "")
    functional_admin.fill("aliases", "job")
    functional_admin.fill("argument_hint", "title")
    functional_admin.fill("help", "Create a task from the conversation")
    functional_admin.pick("group_ids", "Project / User")
    functional_admin.pick("canned_response_id", reply)
    page.locator(".o_form_button_save").click()
    refusal = page.locator(".o_error_dialog, .modal").first
    expect(refusal).to_contain_text("a character that a name cannot have")
    functional_admin.page.screenshot(path=pictures / "admin_bad_name.png")
    page.keyboard.press("Escape")
    functional_admin.fill("name", command)
    functional_admin.save()
    functional_admin.see("audience", "Ben Agent")
    page.screenshot(path=pictures / "admin_command.png", full_page=True)

    anna.open(guest.channel_id)
    anna.type("/tas").offers("/task")
    anna.picture(pictures, "admin_command_in_list")
    anna.clear().composer.focus()
    anna.run("/task Blank pages")
    _see_answer(anna, "Created: Blank pages")
    anna.has_in_composer("I noted it: Blank pages.")
    anna.picture(pictures, "admin_command_answer")
    fields = ["description", "create_uid"]
    named = [("name", "=", "Blank pages")]
    [task] = anna.session.search("project.task", named, fields)
    assert "My printer prints blank pages." in task["description"]
    assert task["create_uid"][0] == team.anna
    anna.clear().composer.focus()
    anna.run("/job By its alias")
    _see_answer(anna, "Created: By its alias")

    ben.reload(guest.channel_id)
    ben.type("/")
    expect(ben.rows.filter(has_text="/note").first).to_be_visible()
    expect(ben.rows.filter(has_text="/task")).to_have_count(0)
    ben.clear()
    answer = ben_session.run(guest.channel_id, "/task x", "request-of-ben")
    assert answer["status"] == "refused"
    assert "members of other groups" in answer["body"]

    anna.clear().composer.focus()
    anna.type("/task").offers("/task")
    # The switch saves by itself, as everywhere in Odoo.
    page.locator("div[name=active] input").first.click()
    functional_admin.is_saved()

    def is_gone():
        anna.clear().composer.focus()
        anna.type("/")
        expect(anna.rows.filter(has_text="/note").first).to_be_visible()
        return not any("/task" in row for row in anna.row_texts())

    eventually(is_gone, "the command that was switched off is out of Anna's list")
    anna.clear()
