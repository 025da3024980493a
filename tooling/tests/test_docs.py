import re

from tooling import addons, operators_page
from tooling.cache import ROOT

BLOCK = re.compile(r"^`([\w/.]+)`:\n\n```\w+\n(.*?)```$", re.DOTALL | re.MULTILINE)
# What docs/bridges.md promises: a command of another app in under 40 lines.
LINES = 40


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
