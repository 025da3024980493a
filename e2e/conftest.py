"""Two browsers on one running Odoo: a visitor on the website, an operator in Discuss.

``make test STAGE=e2e`` starts Odoo on a copy of the demo database and gives its address
(E2E_URL), the database (E2E_DB) and the browser (E2E_BROWSER).
"""

import os
import shutil
import uuid
from pathlib import Path
from types import SimpleNamespace

import pytest
from agent import PATIENCE, Agent
from guest import Guest
from odoo_server import Database, Session, environment, eventually
from playwright.sync_api import expect, sync_playwright
from visitor import Visitor

FIRST_MESSAGE = "My printer prints blank pages. Help!"
AGENT_GROUPS = (
    "im_livechat.im_livechat_group_user",
    "helpdesk_mgmt.group_helpdesk_user",
    "sales_team.group_sale_salesman",
)


@pytest.fixture(scope="session")
def url():
    return environment()[0]


@pytest.fixture(scope="session")
def database():
    return Database(environment()[1])


@pytest.fixture(scope="session")
def admin(url, database):
    return Session(url).login(database.name, "admin", "admin")


@pytest.fixture(scope="session")
def installed(admin):
    """Names of the installed addons: a bridge's commands need the bridge."""
    domain = [("state", "=", "installed")]
    return {row["name"] for row in admin.search("ir.module.module", domain, ["name"])}


@pytest.fixture(scope="session")
def team(admin):
    """Two agents who answer the website's live chat, each with a session."""
    groups = [admin.ref(xmlid) for xmlid in AGENT_GROUPS]
    members = SimpleNamespace()
    for first_name in ("anna", "ben"):
        login = f"{first_name}-{uuid.uuid4().hex[:6]}@example.com"
        uid = admin.create(
            "res.users",
            login=login,
            name=f"{first_name.title()} Agent",
            password=first_name,
            email=login,
            livechat_username=first_name.title(),
            group_ids=[(6, 0, groups)],
        )
        setattr(members, first_name, uid)
        setattr(members, f"{first_name}_login", login)
    members.livechat = admin.ref("im_livechat.im_livechat_channel_data")
    admin.call(
        "im_livechat.channel",
        "write",
        members.livechat,
        {"user_ids": [(6, 0, [members.anna])]},
    )
    return members


@pytest.fixture(scope="session")
def browser():
    path = os.environ.get("E2E_BROWSER") or shutil.which("chromium")
    with sync_playwright() as playwright:
        expect.set_options(timeout=PATIENCE)
        chromium = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--disable-gpu"]
        )
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def anna(browser, url, database, admin, team):
    """The operator's page. It stays open: an agent without one gets no visitors."""
    agent = Agent(browser, Session(url).login(database.name, team.anna_login, "anna"))
    agent.open_discuss()
    wait_until_available(admin, team.livechat, team.anna)
    yield agent
    agent.close()


def wait_until_available(admin, livechat_id, user_id):
    """Wait until a live chat gives its visitors to an agent, whose page is open."""

    def is_available():
        fields = ["available_operator_ids"]
        [channel] = admin.call("im_livechat.channel", "read", [livechat_id], fields)
        return user_id in channel["available_operator_ids"]

    eventually(is_available, "the agent is there for visitors")


@pytest.fixture(scope="session")
def ben(browser, url, database, team):
    """A second operator, whom the website gives no visitors."""
    agent = Agent(browser, Session(url).login(database.name, team.ben_login, "ben"))
    yield agent
    agent.close()


@pytest.fixture(scope="module")
def new_agent(browser, url, database, admin):
    """Make an agent whom no live chat has, with a page of her own."""
    agents = []

    def make(first_name, lang="en_US", **options):
        login = f"{first_name.lower()}-{uuid.uuid4().hex[:6]}@example.com"
        admin.create(
            "res.users",
            login=login,
            name=f"{first_name} Agent",
            password=login,
            lang=lang,
            group_ids=[(6, 0, [admin.ref(xmlid) for xmlid in AGENT_GROUPS])],
        )
        session = Session(url).login(database.name, login, login)
        agents.append(Agent(browser, session, **options))
        return agents[-1]

    yield make
    for agent in agents:
        agent.close()


@pytest.fixture
def join(admin, chat):
    """Let an agent take part in the visitor's conversation, and show it."""

    def let_join(agent):
        [user] = admin.call("res.users", "read", [agent.session.uid], ["partner_id"])
        partner_ids = [user["partner_id"][0]]
        admin.call(
            "discuss.channel", "add_members", chat.channel_id, partner_ids=partner_ids
        )
        return agent.reload(chat.channel_id)

    return let_join


@pytest.fixture
def new_visitor(browser, url):
    """Make a visitor on the website's first page; closed after the test."""
    visitors = []

    def make(path="/"):
        visitors.append(Visitor(browser, url).visit(path))
        return visitors[-1]

    yield make
    for visitor in visitors:
        visitor.close()


@pytest.fixture
def chat(anna, admin, team, new_visitor):
    """A visitor who has just written, in front of the operator."""
    wait_until_available(admin, team.livechat, team.anna)
    visitor = new_visitor().start_chat(FIRST_MESSAGE)
    anna.reload(visitor.channel_id)
    return visitor


@pytest.fixture
def guest(anna, url, team):
    """A visitor without a browser who has just written, in front of the operator."""
    guest = Guest(url).start_chat(team.livechat, FIRST_MESSAGE)
    anna.open(guest.channel_id)
    return guest


@pytest.fixture
def word():
    """A word that stands nowhere else, to look for where it must not be."""
    return "zq" + uuid.uuid4().hex[:12]


@pytest.fixture(scope="session")
def pictures():
    """The folder for screenshots, outside of the checkout."""
    return _get_picture_folder()


def _get_picture_folder():
    default = Path.home() / ".cache" / "livechat_command" / "screenshots"
    folder = Path(os.environ.get("E2E_PICTURES") or default)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def pytest_collection_modifyitems(items):
    """Uninstall last: nothing of the addon is there afterwards."""
    items.sort(key=lambda item: item.path.name == "test_uninstall.py")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """Keep a picture of every page that is open when a test fails."""
    report = yield
    browser = getattr(item, "funcargs", {}).get("browser")
    if report.failed and browser:
        folder = item.funcargs.get("pictures") or _get_picture_folder()
        pages = [page for context in browser.contexts for page in context.pages]
        for number, page in enumerate(pages):
            page.screenshot(path=folder / f"failed-{item.name}-{number}.png")
    return report


def pytest_terminal_summary(terminalreporter):
    """Print the figures that tests recorded."""
    for report in terminalreporter.getreports("passed"):
        for name, value in report.user_properties:
            terminalreporter.write_line(f"{name}: {value}")
