"""Makes databases quickly: from templates, kept until the addons change.

A template is made in two steps. The base holds Odoo's own apps and stays as long as
Odoo does; our addons are installed in a copy of it, again whenever they change.
"""

import dataclasses
import os
import re
import shutil

from . import addons, odoo_log, postgres, python_packages
from .cache import CACHE, digest, lock, log_file
from .console import ToolingError, say
from .process import free_port, output_of, run_logged
from .server import serving
from .warm_up import EVERY_PAGE, FOREIGN_BUNDLE, warm_up

FILESTORE = CACHE / "data" / "filestore"
USES = CACHE / "templates"
KEPT_PER_KIND = 12


@dataclasses.dataclass(frozen=True)
class Kind:
    """A kind of database."""

    name: str
    apps: tuple
    with_others: bool
    with_demo: bool
    with_examples: bool = False

    @property
    def addons(self):
        """The names of our addons in it, and of the documentation's."""
        names = set(addons.ours()) if self.with_others else {addons.MAIN}
        return sorted(names | addons.examples().keys() if self.with_examples else names)


APPS = ("crm", "helpdesk_mgmt", "im_livechat", "website_livechat")
MAIN = Kind("main", ("im_livechat",), with_others=False, with_demo=False)
ALL = Kind("all", APPS, with_others=True, with_demo=False, with_examples=True)
# With one more app, for the ready-made command that makes a task.
DEMO = Kind("demo", (*APPS, "project"), with_others=True, with_demo=True)


class Databases:
    """The databases of a workplace's PostgreSQL."""

    def __init__(self, place):
        self.place = place

    # Templates

    def template(self, kind):
        """Return the name of a kind's template, made when there is none."""
        base = self.base(kind)
        name = f"lc_{kind.name}_{digest(base, addons.fingerprint(kind.addons))}"
        with lock(name, waiting=f"Waiting for another run that makes {name}"):
            if not self.exists(name):
                self._build(kind, base, name)
        self._drop_unused(kind, name)
        return name

    def base(self, kind):
        """Return the name of the database with a kind's apps, made at first."""
        addons_of_others = python_packages.pins("requirements-no-deps.txt")
        name = (
            f"lc_base_{kind.name}_{digest(kind, self.place.library, addons_of_others)}"
        )
        with lock(name, waiting=f"Waiting for another run that makes {name}"):
            if not self.exists(name):
                demo = " with demo data" if kind.with_demo else ""
                say(f"Making a database with {', '.join(kind.apps)}{demo}")
                unfinished = f"{name}_unfinished"
                self.drop(unfinished)
                self._install(kind, unfinished, kind.apps, ours=())
                self._build_pages(unfinished)
                self._rename(unfinished, name)
        return name

    def _build_pages(self, database):
        """Let Odoo build what is not ours in its pages, once for all copies.

        It takes seconds a page, which each browser test would wait for again: what is
        built in a test is rolled back after it.
        """
        port = free_port()
        log = log_file(f"pages-{database}")
        with serving(self.place, database, port, (), log):
            url = f"http://127.0.0.1:{port}"
            warm_up(url, database, pages=EVERY_PAGE, bundles=FOREIGN_BUNDLE)

    def _build(self, kind, base, name):
        """Install our addons in a copy of the base."""
        say(f"Installing {', '.join(kind.addons)} in database {name}")
        unfinished = f"{name}_unfinished"
        self.copy(base, unfinished)
        log = self._install(kind, unfinished, kind.addons, ours=kind.addons)
        self._check_log(log)
        self._rename(unfinished, name)

    def _drop_unused(self, kind, used):
        """Note the use of a template; drop the kind's least recently used ones."""
        USES.mkdir(parents=True, exist_ok=True)
        (USES / used).touch()
        uses = sorted(
            USES.glob(f"lc_{kind.name}_*"), key=lambda path: path.stat().st_mtime
        )
        for path in uses[:-KEPT_PER_KIND]:
            path.unlink(missing_ok=True)
            self.drop(path.name)

    # Installing

    def _install(self, kind, database, modules, ours):
        """Install modules in a database, made when missing; return the log."""
        words = ["--init", ",".join(modules)]
        words += ["--with-demo"] if kind.with_demo else []
        # The main addon is tested in the least that it needs; and an update of what
        # another addon pulled in would run none of its tests.
        words += ["--skip-auto-install"] if ours or not kind.with_others else []
        return self.run_odoo(database, words, ours, f"install-{kind.name}")

    def update(self, database, names):
        """Update our addons in a database, and install the missing ones."""
        present = self.installed(database)
        updated = [name for name in names if name in present]
        missing = [name for name in names if name not in present]
        words = ["--update", ",".join(updated)] if updated else []
        words += ["--init", ",".join(missing)] if missing else []
        self._check_log(self.run_odoo(database, words, names, "update"))

    def add(self, database, names, config):
        """Install addons of others in a database, by their configuration."""
        words = ["--init", ",".join(names)]
        self._check_log(self._run_odoo(database, words, config, "add"))

    def run_odoo(self, database, words, ours, name):
        """Run Odoo to change a database, and stop; return its log."""
        return self._run_odoo(database, words, self.place.config(ours), name)

    def _run_odoo(self, database, words, config, name):
        """Run Odoo by a configuration; return its log."""
        log = log_file(name)
        run_logged(
            [self.place.python, "-m", "odoo", "--config", config]
            + ["--database", database, "--stop-after-init", "--no-http", *words],
            log,
            f"Odoo could not prepare the database {database}",
            env=self.place.variables(),
        )
        return log

    @staticmethod
    def _check_log(log):
        """Refuse a database whose installation Odoo complained about."""
        found = odoo_log.problems(log)
        if found:
            raise ToolingError("Odoo complains about our addons:\n" + "\n".join(found))

    def installed(self, database):
        """Return the names of our installed addons."""
        query = "SELECT name FROM ir_module_module WHERE state = 'installed'"
        return set(self.query(query, database).split()) & set(addons.ours())

    # Databases

    def query(self, statement, database="postgres"):
        """Return what a statement prints, its columns separated by bars."""
        command = [*self._program("psql"), "--no-psqlrc", "-Atq", "-d", database]
        return output_of([*command, "-c", statement], env=self.place.variables())

    def exists(self, name):
        """Tell whether there is a database of that name."""
        return name in self.names()

    def names(self):
        """Return the names of all databases."""
        return self.query("SELECT datname FROM pg_database").split()

    def copy(self, source, target):
        """Copy a database with its files, over what may be left of the target."""
        self.drop(target)
        create = [*self._program("createdb"), "-T", source, target]
        output_of(create, env=self.place.variables())
        if (FILESTORE / source).is_dir():
            # Odoo names files by their content and never changes one.
            shutil.copytree(
                FILESTORE / source, FILESTORE / target, copy_function=os.link
            )

    def drop(self, name):
        """Remove a database with its files."""
        drop = [*self._program("dropdb"), "--if-exists", "--force", name]
        output_of(drop, env=self.place.variables())
        shutil.rmtree(FILESTORE / name, ignore_errors=True)

    def _rename(self, old, new):
        """Give a database and its files another name."""
        self.query(f'ALTER DATABASE "{old}" RENAME TO "{new}"')
        shutil.rmtree(FILESTORE / new, ignore_errors=True)
        if (FILESTORE / old).is_dir():
            (FILESTORE / old).rename(FILESTORE / new)

    def note(self, name, text):
        """Keep a note on a database."""
        self.query(f"COMMENT ON DATABASE \"{name}\" IS '{text}'")

    def read_note(self, name):
        """Return the note on a database."""
        return self.query(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database"
            f" WHERE datname = '{name}'"
        ).strip()

    def drop_leftovers(self, prefix):
        """Drop the databases of killed runs, whose names end in a process id."""
        for name in self.names():
            match = re.fullmatch(rf"{prefix}\w*_(\d+)", name)
            if match and not os.path.exists(f"/proc/{match[1]}"):
                self.drop(name)

    @staticmethod
    def _program(name):
        """Return the start of a PostgreSQL command."""
        return [postgres.programs() / name]
