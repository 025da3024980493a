"""Each addon is removed and installed again, in several orders, with data there."""

import json
from itertools import permutations
from pathlib import Path

from tooling import addons

SOURCE = Path(__file__).with_name("fill.py").read_text()
SOURCE += Path(__file__).with_name("orders.py").read_text()
BRIDGES = (
    "livechat_command_crm",
    "livechat_command_helpdesk_mgmt",
    "livechat_command_website",
)
SEARCH = "base_word_search"
# Each bridge before and after each other: none needs another.
STEPS = [
    *(("remove", name) for name in BRIDGES),
    *(("add", name) for name in BRIDGES),
    *(("remove", name) for name in reversed(BRIDGES)),
    # It comes back with the first that needs it.
    ("remove", SEARCH),
    *(("add", name) for name in reversed(BRIDGES)),
    # It takes along what needs it, and brings it back.
    ("remove", addons.MAIN),
    ("add", addons.MAIN),
]


def test_the_steps_are_of_all_addons_and_cover_each_pair():
    assert {name for _verb, name in STEPS} == addons.ours().keys()
    for verb in ("remove", "add"):
        order = [name for each, name in STEPS if each == verb]
        pairs = {(a, b) for i, a in enumerate(order) for b in order[i:]}
        assert pairs >= {*permutations(BRIDGES, 2)}


def test_removed_and_installed_again_in_any_order(site):
    config = site.config(addons.link(sorted(addons.ours())))
    site.change(config, "--init", ",".join(sorted(addons.ours())))
    seen = site.ask(config, SOURCE, f"walk(env, {json.dumps(STEPS)})")
    first = seen.pop(0)
    assert all(first["kept"].values()), first
    assert first["found"], first
    for step, look in zip(STEPS, seen, strict=True):
        assert look["kept"] == first["kept"], step
        assert look["broken"] == [], step
    # What belongs to one addon came back with it: commands, and what they find.
    assert seen[-1]["commands"] == first["commands"]
    assert seen[-1]["found"] == first["found"]
