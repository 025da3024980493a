"""Simulates many agents on workers, with our addons and on Odoo's own, side by side.

USERS= (200), SECONDS= (90), EVERY= (5, seconds between two actions of an agent) and
WORKERS= (2) choose how much. BEHIND=standby lets a second PostgreSQL serve what only
reads, BEHIND=pooler puts pgbouncer in transaction mode before the first.
"""

import json
import os
import subprocess

from .. import addons, databases
from ..cache import ROOT, checkout_id, log_file
from ..console import ToolingError, say
from ..load import actors, clusters, report
from ..load.crowd import crowd
from ..process import free_port
from ..server import serving_by_workers
from ..workplace import workplace

LIMITS = {
    "USERS": (200, 1000),
    "SECONDS": (90, 900),
    "EVERY": (5, 60),
    "WORKERS": (2, 16),
}
BOTH = ("message", "message", "visitor", "visitor")
SIDES = {
    "Odoo": (*BOTH, "odoo_responses", "odoo_responses", "odoo_help", "odoo_lead"),
    "ours": (
        *BOTH,
        *("commands", "responses", "help", "note", "ticket", "lead", "again"),
    ),
}
# What each of some agents does before that, one after another.
ALONE = {
    "Odoo": tuple(dict.fromkeys(SIDES["Odoo"])),
    "ours": (
        *(name for name in dict.fromkeys(SIDES["ours"]) if name != "again"),
        "line",
    ),
}
ALONE_AGENTS = 40
ANSWER = "ANSWER "


def main(_arguments):
    """Print the table; fail on an error, on what is lost or doubled."""
    numbers = {name: _number(name) for name in LIMITS}
    behind = clusters.arrangement(os.environ.get("BEHIND", ""))
    lines = ["| side | action | times | median | p95 |", "|---|---|---|---|---|"]
    problems = []
    with workplace(behind.server) as place:
        for side in SIDES:
            problems += _run_side(place, behind, side, numbers, lines)
    print("\n" + "\n".join(lines))
    for problem in problems:
        print(problem)
    return 1 if problems else 0


def _number(name):
    """Return the number that a variable says."""
    default, limit = LIMITS[name]
    text = os.environ.get(name) or str(default)
    if not text.isdecimal() or not 0 < int(text) <= limit:
        raise ToolingError(f"{name}={text}: say a number up to {limit}.")
    return int(text)


def _run_side(place, behind, side, numbers, lines):
    """Run one side and return its problems; rows of the table are added."""
    store = databases.Databases(place)
    is_ours = side == "ours"
    names = sorted(addons.ours()) if is_ours else ()
    database = f"lcload_{checkout_id()}_{side.lower()}"
    store.copy(store.base(databases.ALL), database)
    try:
        if is_ours:
            store.update(database, names)
        say(f"Preparing {numbers['USERS']} agents: {side}")
        people = _prepare(place, names, database, numbers["USERS"])
        log = log_file(f"load-{side.lower()}")
        with behind.serving(place, database) as front:
            heard = _play(front, database, names, log, people, side, numbers)
        alone, record, counts = heard
        lines += report.rows(f"{side}, alone", alone)
        lines += report.rows(side, record)
        retries = report.count_retries(log)
        errors = alone.errors + record.errors
        lost, doubled = report.count_rows(store, database, alone, record)
    finally:
        store.drop(database)
    say(f"{side}: {len(errors)} errors, {lost} lost, {doubled} doubled")
    say(f"{side}: websockets: {counts}")
    for query, count in retries.most_common():
        say(f"{side}: {count} requests repeated by Odoo after: {query}")
    wrong = {"lost": lost, "doubled": doubled, "overheard by visitors": counts.leaked}
    problems = [f"{side}: {count} {name}" for name, count in wrong.items() if count]
    problems += [f"{side}: {failure}" for failure in counts.failed[:20]]
    return problems + [f"{side}: {error}" for error in errors[:20]]


def _prepare(place, names, database, count):
    """Make the agents in Odoo's shell and return what each needs."""
    source = (ROOT / "tooling/load/prepare.py").read_text()
    script = f"{source}\nimport json\n"
    script += f"print({ANSWER!r} + json.dumps(prepare(env, {count})))\n"
    command = [place.python, "-m", "odoo", "shell", "--config", place.config(names)]
    result = subprocess.run(
        [*command, "--database", database, "--no-http", "--log-level=warn"],
        env=place.variables(),
        input=script,
        capture_output=True,
        text=True,
        check=False,
    )
    found = [x for x in result.stdout.splitlines() if x.startswith(ANSWER)]
    if not found:
        raise ToolingError(f"The agents could not be made: {result.stderr[-1000:]}")
    return json.loads(found[0].removeprefix(ANSWER))


def _play(front, database, names, log, people, side, numbers):
    """Serve the database by workers while all act.

    :return: the records of those who acted alone and of all, and what was heard
    """
    place, words = front
    port = free_port()
    workers = numbers["WORKERS"]
    with serving_by_workers(place, database, port, names, log, workers, words):
        url = f"http://127.0.0.1:{port}"
        # The first requests of each worker load its registry.
        actors.play(url, people[: 2 * workers], ["message"], 1, 5)
        alone = actors.play_alone(url, people[:ALONE_AGENTS], ALONE[side])
        with crowd(place, url, people) as counts:
            say(f"Acting for {numbers['SECONDS']} s: {side}")
            seconds, every = numbers["SECONDS"], numbers["EVERY"]
            record = actors.play(url, people, SIDES[side], every, seconds)
        return alone, record, counts
