"""Runs the benchmarks; ``make bench`` calls this with a PostgreSQL and a database.

    SCALE=10000      tickets to make, and runs in the log (1,000,000 if not said)
    AGAINST=1000     search among SCALE tickets against so many, and measure that alone
    BENCH_OUT=file   one JSON object a row
    run.py NAME …    only these subjects

Measures in the database BENCH_DB, with AGAINST in BENCH_DB_AGAINST too, and exits with
1 when a goal is missed. Goals that only hold among many tickets, and all times, are
shown but not judged when there are fewer.
"""

import importlib
import os
import sys
from pathlib import Path

import odoo
from odoo import api
from odoo.modules.registry import Registry

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.report import Report

SUBJECTS = (
    "page_weight",
    "transcript",
    "command_help",
    "command_tokens",
    "command_log",
    "canned_responses",
    "helpdesk",
    "likeness",
)
GROWTH = ("growth",)


def main(subjects):
    odoo.tools.config.parse_config(["--log-level=warn"])
    subjects = subjects or (GROWTH if os.environ.get("AGAINST") else SUBJECTS)
    report = Report(scale=int(os.environ.get("SCALE") or 1_000_000))
    with Registry(os.environ["BENCH_DB"]).cursor() as cr:
        env = api.Environment(cr, odoo.SUPERUSER_ID, {})
        for subject in subjects:
            importlib.import_module(f"benchmarks.{subject}").run(env, report)
            cr.rollback()
    report.print()
    if path := os.environ.get("BENCH_OUT"):
        report.write(path)
    return 0 if report.is_met else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
