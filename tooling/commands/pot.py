"""Writes the terms to translate, and brings the catalogues up to date with them."""

import importlib
import os
import re
import sys

from .. import addons, databases, python_packages
from ..cache import ROOT, checkout_id, log_file
from ..console import say
from ..process import run_logged
from ..workplace import workplace

# In the head of a template, and new in each export.
DATES = re.compile(r'^"(?:POT-Creation|PO-Revision)-Date: [^"]*"\n', re.MULTILINE)


def main(_arguments):
    """Export each addon's terms as Odoo does, and merge them into its catalogues."""
    with workplace() as place:
        # Odoo has polib; this Python, which made Odoo's environment, need not.
        sys.path.append(str(python_packages.site_packages(place.environment)))
        polib = importlib.import_module("polib")
        paths = {
            name: folder / "i18n" / f"{name}.pot"
            for name, folder in addons.ours().items()
        }
        before = {path: read_terms(path) for path in paths.values()}
        _export(place)
    for name, folder in addons.ours().items():
        template = polib.pofile(paths[name])
        _keep_own_terms(template, name)
        template.save()
        keep_dates(paths[name], before[paths[name]])
        say(f"{name}: {len(template)} terms")
        for path in sorted((folder / "i18n").glob("*.po")):
            _merge(polib.pofile(path), template)
            say(f"Merged into {path.relative_to(ROOT)}")
    return 0


def read_terms(path):
    """Return a template's text, or nothing when there is none yet."""
    return path.read_text() if path.exists() else ""


def keep_dates(path, before):
    """Leave a template as it was when nothing but its dates changed."""
    if DATES.sub("", path.read_text()) == DATES.sub("", before):
        path.write_text(before)


def _export(place):
    """Let Odoo write the template of each addon, with everything installed."""
    store = databases.Databases(place)
    database = f"lcpot_{checkout_id()}_{os.getpid()}"
    # Others copy the template meanwhile, which a connection to it would forbid.
    store.copy(store.template(databases.ALL), database)
    try:
        command = [place.python, "-m", "odoo", "i18n", "export"]
        command += ["--config", place.config(databases.ALL.addons)]
        run_logged(
            [*command, "--database", database, *addons.ours()],
            log_file("pot"),
            "Odoo could not export the terms",
            env=place.variables(),
        )
    finally:
        store.drop(database)


def _keep_own_terms(template, name):
    """Leave out what is not the addon's: Odoo takes all that lies below its folder."""
    strange = tuple(f"/{name}/{folder}/" for folder in (*addons.NOT_MAIN, "tests"))
    for entry in list(template):
        entry.occurrences = [
            (path, line)
            for path, line in entry.occurrences
            if not any(folder in path for folder in strange)
        ]
        if not entry.occurrences:
            template.remove(entry)


def _merge(catalogue, template):
    """Add what is new to a catalogue and drop what is gone, in the template's order."""
    catalogue.merge(template)
    places = {entry.msgid: place for place, entry in enumerate(template)}
    catalogue[:] = sorted(
        (entry for entry in catalogue if not entry.obsolete),
        key=lambda entry: places[entry.msgid],
    )
    catalogue.save()
