"""A page that is read from right to left: nothing lies outside or is the wrong way."""

import pytest
from playwright.sync_api import expect

# What is wider than its place, of what this addon shows.
OVERFLOWING = """() => [...document.querySelectorAll("[class*=o-livechat-command-]")]
    .concat(document.documentElement)
    .filter(({ clientWidth }) => clientWidth)
    .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth + 1)
    .filter((element) => getComputedStyle(element).overflowX !== "hidden")
    .map(({ className }) => className)"""
# Where, from the left, a character of an element's text is drawn.
PLACE = """(element, character) => {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const at = walker.currentNode.data.indexOf(character);
        if (at >= 0) {
            const range = document.createRange();
            range.setStart(walker.currentNode, at);
            range.setEnd(walker.currentNode, at + 1);
            return range.getBoundingClientRect().left;
        }
    }
}"""


@pytest.fixture
def hila(new_agent, admin, join):
    """An agent who reads Hebrew: a language that this addon does not speak."""
    admin.call("res.lang", "write", [admin.ref("base.lang_he_IL")], {"active": True})
    return join(new_agent("Hila", lang="he_IL"))


def read(locator, *characters):
    """Return where characters are drawn, each from the left."""
    return [locator.evaluate(PLACE, character) for character in characters]


def assert_in_order(locator, *characters):
    places = read(locator, *characters)
    assert places == sorted(places), dict(zip(characters, places, strict=True))


def assert_nothing_overflows(agent):
    assert agent.page.evaluate(OVERFLOWING) == []


def get_box(locator):
    expect(locator).to_be_visible()
    box = locator.bounding_box()
    return box["x"], box["x"] + box["width"]


def test_list_and_hint(hila):
    hila.type("/note").offers("/note")
    row = hila.rows.first
    _left, right = get_box(row)
    name, argument = row.locator("strong"), row.locator("em")
    # Name and argument stand at the right edge, the help left of them.
    assert get_box(name)[1] + 2 < get_box(argument)[0]
    assert right - get_box(argument)[1] < 40
    assert get_box(row.locator(".text-muted").last)[1] < get_box(name)[0]
    assert_in_order(name, "/", "e")
    assert_nothing_overflows(hila)
    hila.type(" ")
    assert_in_order(hila.page.locator(".o-is-main").first, "E", ":")
    assert_nothing_overflows(hila)
    hila.clear()


def test_answer_and_guard(hila, word):
    hila.run(f"/helpdesk {word}.").gets("done", word)
    hila.run("/helpdesk_search").gets("done", word)
    answer = hila.answers.last
    left, right = get_box(answer)
    # The bar at the beginning of an answer.
    assert answer.evaluate("el => getComputedStyle(el).borderRightWidth") == "3px"
    assert answer.evaluate("el => getComputedStyle(el).borderLeftWidth") != "3px"
    assert right - get_box(answer.locator("code"))[1] < 40
    assert get_box(answer.locator("button:has(.oi-close)"))[0] - left < 40
    assert_nothing_overflows(hila)
    hila.run(f"/helpdsk {word}").is_held("Run", "Send")
    assert_in_order(hila.rows.first, "R", "/", "h")
    assert_nothing_overflows(hila)
    hila.press("Escape").clear()
