"""Fetches Debian packages without installing them and without being root.

A private apt, with its own lists and sources, downloads from the mirror that the
machine's own apt is set up with, and verifies the signatures as ever. Nothing of the
system is changed.
"""

import os
from pathlib import Path

from .cache import CACHE, log_file
from .console import ToolingError
from .process import find_program, output_of, run_logged

KEYRINGS = Path("/usr/share/keyrings")
SUITES = ("sid", "bookworm")


def _options(folder, *, own_sources):
    """Return apt's options for state kept in ``folder``."""
    for name in ("lists/partial", "archives/partial"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    options = {
        "Dir::State::Lists": folder / "lists",
        "Dir::Cache": folder,
        "Dir::Cache::archives": folder / "archives",
        "Acquire::Languages": "none",
        "APT::Sandbox::User": "root" if os.geteuid() == 0 else "",
    }
    if own_sources:
        options["Dir::Etc::SourceList"] = folder / "sources.list"
        options["Dir::Etc::SourceParts"] = "/dev/null"
    return [word for key, value in options.items() for word in ("-o", f"{key}={value}")]


def download(packages, folder):
    """Download packages (``name`` or ``name/suite``) into a folder, verified."""
    if not find_program("apt-get"):
        raise ToolingError(
            "This machine has no apt-get to fetch Odoo with: set ODOO_HOME to an Odoo"
            " 19 checkout."
        )
    options = _prepare_sources()
    run_logged(
        ["apt-get", *options, "download", *packages],
        log_file("apt-download"),
        "Debian packages could not be downloaded",
        cwd=folder,
    )


def _prepare_sources():
    """Write the private source list, fetch its indexes, return apt's options."""
    folder = CACHE / "apt"
    folder.mkdir(parents=True, exist_ok=True)
    signed = f"[signed-by={_keyring()}]"
    mirror = _mirror()
    lines = [f"deb {signed} {mirror} {suite} main\n" for suite in SUITES]
    (folder / "sources.list").write_text("".join(lines))
    options = _options(folder, own_sources=True)
    run_logged(
        ["apt-get", *options, "-o", "Acquire::Retries=2", "update", "--error-on=any"],
        log_file("apt-update"),
        "Debian's package lists could not be downloaded",
    )
    return options


def _mirror():
    """Return the Debian mirror of the machine's own apt configuration."""
    mirror = os.environ.get("DEBIAN_MIRROR") or _known_mirror([])
    if not mirror:
        options = _options(CACHE / "apt" / "machine", own_sources=False)
        run_logged(
            ["apt-get", *options, "update"],
            log_file("apt-machine"),
            "The package lists of this machine could not be downloaded",
        )
        mirror = _known_mirror(options)
    if not mirror:
        raise ToolingError(
            "This machine's apt knows no Debian mirror: set DEBIAN_MIRROR to one, or"
            " ODOO_HOME to an Odoo 19 checkout."
        )
    return mirror


def _known_mirror(options):
    """Return the mirror that apt's downloaded lists come from, or None."""
    rows = output_of(
        ["apt-get", *options, "indextargets", "--format", "$(REPO_URI) $(CODENAME)"]
        + ["Origin: Debian", "Created-By: Packages"]
    )
    for row in rows.splitlines():
        uri, codename = row.split()
        if not codename.endswith("-security"):
            return uri
    return None


def _keyring():
    """Return the file of Debian's keys, fetched where the system lacks it."""
    for name in ("debian-archive-keyring.gpg", "debian-archive-keyring.pgp"):
        if (KEYRINGS / name).exists():
            return KEYRINGS / name
    raise ToolingError(
        "Debian's keys are missing: install the package debian-archive-keyring."
    )


def unpack(package, folder):
    """Unpack a downloaded package into a folder."""
    run_logged(
        ["dpkg-deb", "-x", package, folder],
        log_file("dpkg-deb"),
        f"{package.name} could not be unpacked",
    )
