"""Gets Odoo 19 Community, and tells how to call it."""

import os
import re
from pathlib import Path

from . import apt
from .cache import CACHE, checkout_id, prepared
from .console import ToolingError, say

# Odoo itself, and the packages that its links to web libraries and fonts lead to.
# Font Awesome 7, newer in Debian, has other file names than the 4.7 that Odoo uses.
PACKAGES = (
    "odoo-19/sid",
    "libjs-jquery/sid",
    "libjs-jquery-form/sid",
    "libjs-underscore/sid",
    "fonts-roboto-unhinted/sid",
    "fonts-montserrat/sid",
    "fonts-inconsolata/sid",
    "fonts-ocr-b/sid",
    "fonts-font-awesome/bookworm",
)
LIBRARY = Path("usr/lib/python3/dist-packages")
# Left out by Debian, and named in an asset bundle: without a file, an error is logged.
ABSENT = "odoo/addons/mail/static/lib/selfie_segmentation/selfie_segmentation.js"


def odoo_library():
    """Return the folder that holds the ``odoo`` package: ODOO_HOME or our own."""
    home = os.environ.get("ODOO_HOME")
    if home:
        return _checked_home(Path(home).expanduser().resolve())
    return prepared("odoo", PACKAGES, _fetch, gigabytes=3) / LIBRARY


def _checked_home(home):
    """Return ODOO_HOME once it is known to be an Odoo 19."""
    release = home / "odoo" / "release.py"
    if not release.is_file():
        raise ToolingError(f"ODOO_HOME={home} is no Odoo: {release} is not there.")
    version = re.search(r"^version_info = \((\d+), *(\d+)", release.read_text(), re.M)
    if not version or version.groups() != ("19", "0"):
        raise ToolingError(f"ODOO_HOME={home} is another version than Odoo 19.0.")
    return home


def _fetch(folder):
    """Download Odoo and unpack it into a folder."""
    say("Downloading Odoo 19 (130 MB)")
    apt.download(PACKAGES, folder)
    say("Unpacking Odoo")
    for package in sorted(folder.glob("*.deb")):
        apt.unpack(package, folder)
        package.unlink()
    absent = folder / LIBRARY / ABSENT
    absent.parent.mkdir(parents=True, exist_ok=True)
    absent.touch()


def upstream_addons(library, site_packages):
    """Return the addons folders that are not ours."""
    folders = (
        library / "odoo" / "addons",
        library / "addons",
        site_packages / "odoo" / "addons",
    )
    if not os.environ.get("ODOO_HOME"):
        # Debian's second ``addons`` folder holds left-overs of the first.
        folders = (folders[0], folders[2])
    return [folder for folder in folders if folder.is_dir()]


def write_config(name, addons_path, connection):
    """Write an Odoo configuration of this checkout and return its path."""
    options = {
        "addons_path": ",".join(map(str, addons_path)),
        "data_dir": CACHE / "data",
        "db_host": connection["PGHOST"],
        "db_port": connection["PGPORT"],
        "db_user": connection["PGUSER"],
        "db_password": connection["PGPASSWORD"],
        "http_interface": "127.0.0.1",
        "list_db": False,
        "max_cron_threads": 0,
        "server_wide_modules": "base,rpc,web",
    }
    path = CACHE / "config" / f"{checkout_id()}-{name}.conf"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)
    lines = [f"{name} = {value}\n" for name, value in options.items()]
    path.write_text("[options]\n" + "".join(lines))
    return path
