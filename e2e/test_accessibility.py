"""What axe finds in the operator's page is Odoo's own, wherever we show something."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import expect

SCAN = """async () => {
    const { violations } = await axe.run({ resultTypes: ["violations"] });
    return violations
        .filter(({ impact }) => ["critical", "serious"].includes(impact))
        .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}"""


def open_commands(anna):
    anna.type("/").offers("/help").press("ArrowDown")


def open_responses(anna):
    anna.type(":")
    expect(anna.rows.first).to_be_visible()
    anna.press("ArrowDown")


def name_tag(anna):
    anna.type("/helpdesk Refund #")
    expect(anna.rows.first).to_contain_text("#")
    anna.press("ArrowDown")


def offer_title(anna):
    anna.type("/helpdesk ").is_hinted("My printer prints blank pages")


def fill_in(anna):
    anna.type(":delivery").offers("delivery").press("Enter").is_hinted("order number")


def show_hint(anna):
    anna.type("/note ").is_hinted("Expected: text")


def ask(anna):
    anna.type("/note").press("Enter")
    expect(anna.page.locator(".o-is-asked")).to_be_visible()


def hold(anna):
    anna.run("/nte Call back").is_held("Run", "Send")
    anna.press("ArrowDown")


def answer(anna):
    anna.run("/note Call back").gets("done", "Call back")


def show_help(anna):
    anna.run("/help").gets("done", "/note")


SCENES = (
    open_commands,
    open_responses,
    name_tag,
    offer_title,
    fill_in,
    show_hint,
    ask,
    hold,
    answer,
    show_help,
)


# What turns for ever, such as the sign of waiting, is no transition.
ENDED = """() => Promise.allSettled(
    document
        .getAnimations()
        .filter((each) => Number.isFinite(each.effect.getComputedTiming().endTime))
        .map((each) => each.finished)
)"""


def scan(anna):
    """Return the critical and serious findings, once transitions are over."""
    anna.page.evaluate(ENDED)
    return set(anna.page.evaluate(SCAN))


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.__name__)
def test_nothing_critical_or_serious(anna, guest, scene):
    if not anna.page.evaluate("() => Boolean(window.axe)"):
        anna.page.evaluate(Path(os.environ["E2E_AXE"]).read_text())
    known = scan(anna)
    assert known, "axe finds nothing in Odoo's own page: it does not look"
    scene(anna)
    found = scan(anna) - known
    anna.press("Escape").clear()
    assert not found, "\n".join(sorted(found))
