import re
import subprocess
import zipfile
from pathlib import PurePosixPath

import pytest

from tooling import addons, packages
from tooling.cache import ROOT
from tooling.process import output_of

NAMES = ",".join(sorted(addons.ours()))
NEEDED = ("__init__.py", "__manifest__.py", "README.md", "LICENSE")
NEEDED += ("static/description/icon.png",)
LINK = re.compile(r"\]\((?!\w+:|#)([^)#\s]+)")
LICENCES = {"LGPL-3": "LESSER GENERAL PUBLIC", "AGPL-3": "AFFERO GENERAL PUBLIC"}


@pytest.fixture(scope="session")
def built(tmp_path_factory):
    """Return the packages of the sources as they are, committed or not."""
    commit = output_of(["git", "stash", "create"], cwd=ROOT).strip() or "HEAD"
    return packages.build(tmp_path_factory.mktemp("packages") / "built", commit)


def _read(package):
    """Return the files of an addon's package by their path in the addon."""
    files = {}
    with zipfile.ZipFile(package) as archive:
        for name in archive.namelist():
            inside = name.removeprefix("odoo/addons/")
            if not name.endswith("/") and ".dist-info" not in name:
                folder, _slash, path = inside.partition("/")
                files[path] = archive.read(name)
                assert package.name.split("-")[0].endswith(folder)
    return files


@pytest.mark.parametrize("name", sorted(addons.ours()))
@pytest.mark.parametrize("number", [0, 1], ids=["zip", "wheel"])
def test_a_package_holds_the_addon_and_no_more(built, name, number):
    files = _read(built[name][number])
    assert not [path for path in NEEDED if path not in files]
    strange = {path.split("/")[0] for path in files} & (addons.NOT_MAIN - {"docs"})
    assert not strange
    manifests = [path for path in files if path.endswith("__manifest__.py")]
    assert manifests == ["__manifest__.py"], "no other addon lies inside"
    licence = addons.manifest(addons.ours()[name])["license"]
    assert LICENCES[licence] in files["LICENSE"].decode()[:200]


@pytest.mark.parametrize("name", sorted(addons.ours()))
def test_links_lead_to_what_is_in_the_package(built, name):
    files = _read(built[name][0])
    for path, content in files.items():
        if path.endswith(".md"):
            for link in LINK.findall(content.decode()):
                assert _follow(path, link) in files, f"{link} in {path}"


def _follow(path, link):
    parts = []
    for part in (PurePosixPath(path).parent / link).parts:
        parts = parts[:-1] if part == ".." else [*parts, part]
    return "/".join(parts)


@pytest.mark.parametrize("name", sorted(addons.ours()))
def test_a_wheel_names_its_licence(built, name):
    with zipfile.ZipFile(built[name][1]) as wheel:
        [path] = [each for each in wheel.namelist() if each.endswith("/METADATA")]
        metadata = wheel.read(path).decode()
    manifest = addons.manifest(addons.ours()[name])
    assert f"\nLicense: {manifest['license']}\n" in metadata
    assert f"\nVersion: {manifest['version']}" in metadata


def test_wheels_and_zip_files_install_in_another_odoo(site, built, tmp_path):
    wheels = [paths[1] for paths in built.values()]
    target = tmp_path / "wheels"
    pip = [site.place.python, "-m", "pip", "install", "--no-deps", "--no-index"]
    subprocess.run([*pip, "--quiet", "--target", target, *wheels], check=True)
    site.change(site.config(target / "odoo" / "addons"), "--init", NAMES)
    unpacked = tmp_path / "unpacked"
    for archive, _wheel in built.values():
        with zipfile.ZipFile(archive) as files:
            files.extractall(unpacked)
    site.change(site.config(unpacked), "--update", NAMES)


INSTALL = """
def install(env, name):
    from odoo.exceptions import UserError

    env["ir.module.module"].update_list()
    env.cr.commit()
    try:
        env["ir.module.module"]._get(name).button_immediate_install()
    except UserError as error:
        return str(error)
"""


def test_a_folder_of_another_name_is_refused(site, tmp_path):
    (tmp_path / "livechat_commands").symlink_to(ROOT)
    config = site.config(tmp_path)
    answer = site.ask(config, INSTALL, "install(env, 'livechat_commands')")
    assert f"{tmp_path}/livechat_commands must be called livechat_command," in answer
    module = "env['ir.module.module']._get('livechat_commands').state"
    assert site.ask(config, "", module) == "uninstalled", "and Odoo goes on"
