"""Runs the tests: STAGE= chooses one stage, K= and ARGS= go to pytest.

ADDONS= names an addon, or a folder of addons, whose tests are run instead of ours.
"""

import concurrent.futures
import os
import shlex
from pathlib import Path

from .. import databases
from ..browser import browser
from ..console import ToolingError, say
from ..stages import STAGES, Foreign, Result, database_of
from ..workplace import workplace


def main(_arguments):
    """Run the chosen stages, print the total, fail on anything but passes."""
    chosen = _chosen_stages()
    arguments = shlex.split(os.environ.get("ARGS", ""))
    if os.environ.get("K"):
        arguments += ["-k", os.environ["K"]]
    browser()
    present = [stage for stage in chosen if stage.folders]
    total = Result()
    with workplace() as place:
        store = databases.Databases(place)
        templates = _templates(store, {stage.kind for stage in present} - {None})
        for stage in chosen:
            if stage in present:
                template = templates.get(stage.kind)
                total += _run(stage, place, store, template, arguments)
            else:
                say(f"Stage {stage.name}: nothing there yet")
    return _conclude(total)


def _chosen_stages():
    """Return the stages that STAGE= names, or all; or the one of ADDONS=."""
    if path := os.environ.get("ADDONS"):
        path = Path(path).expanduser().resolve()
        return [Foreign("foreign", databases.ALL, path=path)]
    name = os.environ.get("STAGE")
    names = [stage.name for stage in STAGES]
    if name and name not in names:
        raise ToolingError(f"STAGE={name} is no stage: say {', '.join(names)}.")
    return [stage for stage in STAGES if not name or stage.name == name]


def _templates(store, kinds):
    """Return the templates of the kinds, made side by side where missing."""
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        made = {kind: pool.submit(store.template, kind) for kind in kinds}
        return {kind: future.result() for kind, future in made.items()}


def _run(stage, place, store, template, arguments):
    """Run one stage on a database of its own."""
    say(f"Stage {stage.name}: {', '.join(stage.folders)}")
    with database_of(stage, store, template) as database:
        return stage.run(place, database, arguments)


def _conclude(total):
    """Print what failed and the total; return the exit status."""
    for complaint in total.complaints:
        print(f"Failure: {complaint}")
    # All failures are in the line, so that it tells the truth.
    print(f"{total.passed} passed, {total.all_failed} failed", flush=True)
    return 1 if total.all_failed or not total.passed else 0
