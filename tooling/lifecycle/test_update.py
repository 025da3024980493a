import shutil
from pathlib import Path

from tooling import addons
from tooling.cache import ROOT

SOURCE = Path(__file__).with_name("fill.py").read_text()
# Other names that fill.py types.
NAMES = {"/memo": "/note", "/ticket": "/helpdesk"}
# What the log says of names that commands of this release have.
GIVING_WAY = ("/tag is switched off", "/crmtags loses its other name 'status'")
FIRST_RELEASE = ROOT / "tooling/tests/data/livechat_command-19.0.1.0.0.zip"


def test_a_database_of_the_first_release_loses_nothing(site, tmp_path):
    shutil.unpack_archive(FIRST_RELEASE, tmp_path)
    names = ",".join(sorted(path.name for path in tmp_path.iterdir()))
    old = site.config(tmp_path)
    site.change(old, "--init", names)
    site.ask(old, SOURCE, "[fill(env), take_names(env), env.cr.commit()]")
    before = site.ask(old, SOURCE, "look(env)")
    assert before["found"]["mouse"][1:], before["found"]

    new = site.config(addons.link(sorted(addons.ours())))
    site.change(new, "--update", names, warnings=GIVING_WAY)
    after = site.ask(new, SOURCE, "look(env)")

    _let_own_commands_give_way(before["commands"], after["commands"])
    _log_commands_by_one_name(before)
    assert [key for key in after["order"] if key in before["order"]] == before["order"]
    for part in ("commands", "responses"):
        assert {key: after[part][key] for key in before[part]} == before[part]
    for part in before.keys() - {"commands", "responses", "order"}:
        assert after[part] == before[part], part
    origins = site.ask(new, SOURCE, "look_at_origins(env)")
    assert origins["made"] == origins["known"] != [], origins


def _log_commands_by_one_name(before):
    """Expect runs under the name of the command, and the argument alone."""
    for run in before["runs"]:
        run[0] = NAMES.get(run[0], run[0])
        if run[2] in ("usage", "failed"):
            run[1] = (run[1] or "").partition(" ")[2] or False
    before["answers"] = [NAMES.get(name, name) for name in before["answers"]]


def _let_own_commands_give_way(before, after):
    """Expect what an admin defined to give way where its name is now built in."""
    names = {key.split(" ")[0] for key in after.keys() - before.keys()}
    for key, command in before.items():
        if key.split(" ")[0] in names:
            command["active"] = False
        if command["aliases"] in names:
            command["aliases"] = False
