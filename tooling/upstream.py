"""Odoo's own tests, without our addons and with them, compared."""

import dataclasses
import xml.etree.ElementTree as ElementTree

from . import addons, databases, python_packages
from .cache import CACHE, ROOT, checkout_id, log_file
from .odoo import upstream_addons
from .process import run_attached

MODULES = (
    "mail",
    "im_livechat",
    "crm_livechat",
    "website_livechat",
    "test_discuss_full",
    "helpdesk_mgmt",
)
# Odoo's apps with all that they extend in Discuss, and our addons in a second one.
WITHOUT = databases.Kind(
    "upstream", (*databases.APPS, "test_discuss_full"), True, with_demo=False
)
FAILED = {"failure", "error"}


@dataclasses.dataclass
class Side:
    """What came out of the tests on one side: their names, by what they came to."""

    passed: set
    failed: set

    @property
    def count(self):
        """How many tests were run."""
        return len(self.passed | self.failed)


@dataclasses.dataclass
class Comparison:
    """The tests of both sides beside each other."""

    without: Side
    with_ours: Side

    @property
    def broken(self):
        """Tests that fail with our addons and pass without them."""
        return sorted(self.with_ours.failed & self.without.passed)

    @property
    def lost(self):
        """Tests that pass without our addons and are not run with them."""
        return sorted(
            self.without.passed - self.with_ours.passed - self.with_ours.failed
        )


def read_report(path):
    """Return the side that a JUnit report tells of; skipped tests are on neither."""
    side = Side(set(), set())
    for case in ElementTree.parse(path).iter("testcase"):
        test = f"{case.get('classname')}.{case.get('name')}"
        tags = {child.tag for child in case}
        if tags & FAILED:
            side.failed.add(test)
        elif "skipped" not in tags:
            side.passed.add(test)
    side.passed -= side.failed
    return side


def run(place, modules, arguments):
    """Run the tests of Odoo's modules on both sides and return the comparison."""
    store = databases.Databases(place)
    prefix = f"lcupstream_{checkout_id()}"
    store.drop_leftovers(prefix)
    base = store.base(WITHOUT)
    sides = []
    for name, ours in (("without", ()), ("with", sorted(addons.ours()))):
        database = f"{prefix}_{name}"
        store.copy(base, database)
        try:
            if ours:
                store.update(database, ours)
            sides.append(_run_side(place, database, name, modules, ours, arguments))
        finally:
            store.drop(database)
    return Comparison(*sides)


def _run_side(place, database, name, modules, ours, arguments):
    """Run the tests in one database, whatever they come to."""
    log = log_file(f"upstream-{name}")
    log.unlink(missing_ok=True)
    report = log.with_suffix(".xml")
    report.unlink(missing_ok=True)
    links = addons.link_folders("upstream", _find(place, modules))
    command = [place.python, "-m", "pytest", "-c", ROOT / "pyproject.toml"]
    command += ["-o", f"cache_dir={CACHE / 'pytest' / checkout_id()}"]
    command += ["-q", "--junit-xml", report, "--rootdir", links]
    command += ["--odoo-config", place.config(ours), "--odoo-database", database]
    command += ["--odoo-http", "--odoo-log-level=info"]
    command += ["--odoo-extra", f"logfile={log}"]
    command += [f"{module}/tests" for module in modules]
    run_attached([*command, *arguments], cwd=links, env=place.variables())
    return read_report(report)


def _find(place, modules):
    """Return the folders of Odoo's modules by their name."""
    packages = python_packages.site_packages(place.environment)
    folders = upstream_addons(place.library, packages)
    found = {
        module: folder / module
        for folder in folders
        for module in modules
        if (folder / module / "tests").is_dir()
    }
    return {module: found[module] for module in modules if module in found}
