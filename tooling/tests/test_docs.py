import re

import pytest

from tooling import addons, operators_page
from tooling.cache import ROOT

BLOCK = re.compile(r"^`([\w/.]+)`:\n\n```\w+\n(.*?)```$", re.DOTALL | re.MULTILINE)
# What docs/bridges.md promises: a command of another app in under 40 lines.
LINES = 40
LINK = re.compile(r"\]\(([^)\s]*?)(?:#([^)\s]*))?\)")
CODE = re.compile(r"^```.*?^```$|`[^`\n]*`", re.DOTALL | re.MULTILINE)
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


def _example():
    (folder,) = addons.examples().values()
    return folder


def test_the_documentation_shows_the_example_as_it_is():
    blocks = dict(BLOCK.findall((ROOT / "docs" / "bridges.md").read_text()))
    assert blocks == {name: (_example() / name).read_text() for name in blocks}
    shown = {
        str(path.relative_to(_example()))
        for path in _example().rglob("*")
        if path.suffix in (".py", ".xml") and path.name != "__init__.py"
    }
    assert set(blocks) == shown


def test_the_example_is_short():
    code = (_example() / "models" / "discuss_command.py").read_text()
    assert len(code.splitlines()) < LINES


def test_the_page_that_help_links_to_is_up_to_date():
    page = operators_page.TARGET.read_text()
    assert page == operators_page.render(), "make pages"
    assert "|" not in page and "**" not in page


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page):
    for path, heading in _find_links(page):
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), path
        assert not heading or heading in _find_anchors(target), f"{path}#{heading}"


def test_every_page_is_linked():
    linked = {
        (page.parent / path).resolve()
        for page in PAGES
        for path, _heading in _find_links(page)
        if path
    }
    assert set(PAGES[1:]) <= linked


def _find_links(page):
    text = CODE.sub("", page.read_text())
    return [link for link in LINK.findall(text) if ":" not in link[0]]


def _find_anchors(page):
    headings = re.findall(r"^#+ (.+)$", CODE.sub("", page.read_text()), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", head.lower()).replace(" ", "-") for head in headings}
