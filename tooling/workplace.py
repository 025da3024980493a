"""Everything a command needs at hand: Odoo, its Python, PostgreSQL, our addons."""

import contextlib
import dataclasses
import os
from pathlib import Path

from . import addons, odoo, postgres, python_packages
from .cache import CACHE, checkout_id
from .process import python_variables


@dataclasses.dataclass(frozen=True)
class Workplace:
    """Where things are, with PostgreSQL running."""

    environment: Path
    library: Path
    connection: dict

    @property
    def python(self):
        """The Python that has Odoo's packages."""
        return self.environment / "bin" / "python"

    def config(self, names):
        """Write the Odoo configuration for these addons of ours, return its path."""
        folders = [addons.link(names)] if names else []
        return self.config_with(addons.purpose(names), folders)

    def config_with(self, name, folders):
        """Write an Odoo configuration with addons folders beside Odoo's own."""
        packages = python_packages.site_packages(self.environment)
        upstream = odoo.upstream_addons(self.library, packages)
        return odoo.write_config(name, [*upstream, *folders], self.connection)

    def variables(self):
        """Return the environment for programs that use Odoo or PostgreSQL."""
        kept = python_variables()
        folders = [self.environment / "bin", postgres.programs()]
        return {
            **kept,
            **self.connection,
            "PATH": os.pathsep.join([*map(str, folders), kept.get("PATH", "")]),
            "PYTHONPATH": str(self.library),
            "HYPOTHESIS_STORAGE_DIRECTORY": str(CACHE / "hypothesis" / checkout_id()),
            "LC_ALL": "C.UTF-8",
        }


@contextlib.contextmanager
def workplace(server=postgres.connection):
    """Yield a workplace, made from nothing where needed.

    :param server: a context manager that yields the PG* variables of a PostgreSQL
    """
    environment = python_packages.odoo_environment()
    library = odoo.odoo_library()
    with server() as connection:
        yield Workplace(environment, library, connection)
