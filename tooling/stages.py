"""The stages of ``make test``: what each one runs, and on which database."""

import contextlib
import dataclasses
import os
import xml.etree.ElementTree as ElementTree
from pathlib import Path

from . import addons, databases, node, odoo_log
from .browser import browser
from .cache import CACHE, ROOT, checkout_id, lock, log_file
from .console import ToolingError
from .process import free_port, run_attached
from .server import serving
from .warm_up import EVERY_PAGE, warm_up


@dataclasses.dataclass
class Result:
    """What came out of a stage."""

    passed: int = 0
    failed: int = 0
    complaints: list = dataclasses.field(default_factory=list)
    # Failures that are no test: no test at all, a warning in Odoo's log.
    others: int = 0

    @property
    def all_failed(self):
        """The number of failures, tests or not."""
        return self.failed + self.others

    def complain(self, text):
        """Note a failure that is no test."""
        self.complaints.append(text)
        self.others += 1

    def __add__(self, other):
        return Result(
            self.passed + other.passed,
            self.failed + other.failed,
            self.complaints + other.complaints,
            self.others + other.others,
        )


@dataclasses.dataclass(frozen=True)
class Stage:
    """A named part of the tests, on a copy of one kind of database or on none."""

    name: str
    kind: databases.Kind | None
    # Tests that another stage runs, as pytest names them.
    elsewhere: tuple = ()

    @property
    def folders(self):
        """Folders of tests in the checkout, as they are now."""
        names = addons.folders(self.kind.addons)
        found = {name: path / "tests" for name, path in names.items()}
        return {name: path for name, path in found.items() if path.is_dir()}

    def run(self, place, database, arguments):
        """Run Odoo's tests in this process's terminal, return the result."""
        # A selection may hold no browser test, and is to start at once.
        if not arguments:
            self._build_pages(place, database)
        config = place.config(self.kind.addons)
        links = addons.link(self.kind.addons)
        return self._run_in_odoo(place, database, arguments, config, links)

    def _run_in_odoo(self, place, database, arguments, config, links):
        """Run the tests of the folders by pytest-odoo, return the result."""
        log = log_file(f"test-{self.name}")
        log.unlink(missing_ok=True)
        words = [
            *("--odoo-config", config, "--odoo-database", database),
            # Without these: browser tests are skipped, read-only cursors are not
            # used, and no warning is seen.
            *("--odoo-http", "--odoo-dev=replica", "--odoo-log-level=info"),
            *("--odoo-extra", f"logfile={log}", "--rootdir", links),
            # A browser on two cores may lose a race for time, and says so by R.
            *("--reruns", "1", "--only-rerun", "Some js test failed"),
            *(f"--deselect={test}" for test in self.elsewhere),
            *(f"{name}/tests" for name in self.folders),
        ]
        return _pytest(self.name, place, [*words, *arguments], log, links)

    def _build_pages(self, place, database):
        """Let Odoo build its pages once, and not again in each browser test."""
        port = free_port()
        log = log_file(f"pages-{self.name}")
        with serving(place, database, port, self.kind.addons, log):
            url = f"http://127.0.0.1:{port}"
            warm_up(url, database, pages=EVERY_PAGE)


@dataclasses.dataclass(frozen=True)
class Foreign(Stage):
    """Tests of somebody else's addons, with all of ours installed."""

    path: Path = ROOT

    @property
    def folders(self):
        """Folders of tests of these addons."""
        found = addons.foreign(self.path)
        if not found:
            raise ToolingError(f"ADDONS={self.path} is no addon, and holds none.")
        return {name: path / "tests" for name, path in found.items()}

    def run(self, place, database, arguments):
        """Install the addons beside ours and run their tests, return the result."""
        theirs = addons.foreign(self.path)
        ours = addons.folders(self.kind.addons)
        links = addons.link_folders("foreign", {**ours, **theirs})
        config = place.config_with("foreign", [links])
        databases.Databases(place).add(database, sorted(theirs), config)
        return self._run_in_odoo(place, database, arguments, config, links)


@dataclasses.dataclass(frozen=True)
class Tooling(Stage):
    """Tests that lie in the tooling: of itself, and of what an addon goes through."""

    tests: str = "tests"

    @property
    def folders(self):
        """The one folder of these tests."""
        return {"tooling": ROOT / "tooling"}

    def run(self, place, database, arguments):
        """Run pytest, return the result."""
        log = log_file(f"test-{self.name}")
        links = addons.link_folders("tooling", self.folders)
        words = [
            "-p",
            "no:odoo",
            "--rootdir",
            links,
            f"tooling/{self.tests}",
            *arguments,
        ]
        return _pytest(self.name, place, words, log, links)


@dataclasses.dataclass(frozen=True)
class EndToEnd(Stage):
    """Tests that drive browsers against a served database."""

    @property
    def folders(self):
        """The one folder of these tests."""
        folder = ROOT / "e2e"
        return {"e2e": folder} if folder.is_dir() else {}

    def run(self, place, database, arguments):
        """Serve the database while the tests run, return the result."""
        log = log_file(f"test-{self.name}")
        port = free_port()
        variables = {
            "E2E_URL": f"http://127.0.0.1:{port}",
            "E2E_DB": database,
            "E2E_BROWSER": browser(),
            "E2E_AXE": str(node.axe()),
            "E2E_LOG": str(log),
        }
        # Through a link: above the folder itself is the addon, which pytest would
        # import, and which only Odoo can import.
        links = addons.link_folders("e2e", self.folders)
        # Two browsers and a server on two cores: a test may lose a race for time, and
        # says so by R. What fails twice has failed.
        words = ["-p", "no:odoo", "--rootdir", links, "--reruns", "1"]
        words += ["e2e", *arguments]
        # No replica here: Website tracks no page that one serves.
        options = ["--log-level=info"]
        path = {"PATH": node.with_rtlcss(place.variables()["PATH"])}
        with serving(place, database, port, self.kind.addons, log, options, path):
            # A browser's patience is shorter than building the pages may take.
            warm_up(variables["E2E_URL"], database)
            return _pytest(self.name, place, words, log, links, variables)


UNITS_OF_ODOO = "livechat_command/tests/test_js.py::TestUnits::test_units_of_odoo"
RIGHTS_TABLE = "livechat_command/tests/test_rights_table.py"
RANDOM_UNDO = "livechat_command/tests/test_discuss_command_undo_random.py"
STAGES = (
    Tooling("tooling", None),
    Tooling("lifecycle", None, tests="lifecycle"),
    Tooling("faults", None, tests="faults"),
    # What takes long and says the same, or more, where all of our addons are.
    Stage("main", databases.MAIN, elsewhere=(UNITS_OF_ODOO, RIGHTS_TABLE)),
    # The bridges have random tests of their own.
    Stage("all", databases.ALL, elsewhere=(RANDOM_UNDO,)),
    EndToEnd("e2e", databases.DEMO),
)


@contextlib.contextmanager
def database_of(stage, store, template):
    """Yield a copy of a template that lives as long as the stage, or None."""
    if not template:
        yield None
        return
    prefix = f"lctest_{checkout_id()}_{stage.name}"
    # The log is one file a stage: two runs would read each other's.
    with lock(prefix, waiting="Waiting for this checkout's other run of the stage"):
        store.drop_leftovers(prefix)
        name = f"{prefix}_{os.getpid()}"
        store.copy(template, name)
        try:
            yield name
        finally:
            store.drop(name)


def _pytest(name, place, words, log, folder, variables=()):
    """Call pytest and weigh its outcome with what stands in Odoo's log."""
    report = log.with_suffix(".xml")
    report.unlink(missing_ok=True)
    command = [place.python, "-m", "pytest", "-c", ROOT / "pyproject.toml"]
    command += ["-o", f"cache_dir={CACHE / 'pytest' / checkout_id()}"]
    command += ["--junit-xml", report, *words]
    variables = {**place.variables(), **dict(variables)}
    status = run_attached(command, cwd=folder, env=variables)
    return weigh(name, status, report, log)


def weigh(name, status, report, log):
    """Return the result of a stage; whatever is not a pass is a failure.

    :param int status: pytest's exit status
    :param Path report: pytest's JUnit report
    :param Path log: Odoo's log
    """
    result = _read_report(name, report) if report.exists() else Result()
    if not (result.passed or result.failed):
        result.complain(f"{name}: no test was run (pytest's status: {status})")
    elif status and not result.failed:
        result.complain(f"{name}: pytest ended with status {status}")
    for problem in odoo_log.problems(log) if log.exists() else ():
        result.complain(f"{name}: in Odoo's log: {problem}")
    return result


def _read_report(name, report):
    """Count the tests of a JUnit report; a skipped one did not pass."""
    result = Result()
    outcomes = {}
    for case in ElementTree.parse(report).iter("testcase"):
        # One that was run again stands there twice.
        test = f"{case.get('classname')}.{case.get('name')}"
        outcomes.setdefault(test, set()).update(child.tag for child in case)
    for test, tags in outcomes.items():
        tags &= {"failure", "error", "skipped"}
        result.failed += bool(tags)
        result.passed += not tags
        if "skipped" in tags:
            result.complaints.append(f"{name}: skipped: {test}")
    return result
