"""Runs the benchmarks; ``make bench`` calls this with a PostgreSQL and a template.

    SCALE=10000      tickets to make (1,000,000 if not said)
    BENCH_OUT=file   one JSON object a row
    BENCH_KEEP=name  keep the database under this name, and use it again if it is there
    run.py NAME …    only these subjects

Exits with 1 when a goal is missed.
"""

import importlib
import os
import sys
from contextlib import contextmanager
from pathlib import Path

import psycopg2

import odoo
from odoo import api
from odoo.modules.registry import Registry

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.report import Report

SUBJECTS = (
    "page_weight",
    "transcript",
    "command_help",
    "canned_responses",
    "helpdesk",
)


@contextmanager
def database(template, kept):
    """Yield the name of a copy of ``template``, dropped afterwards if not ``kept``."""
    name = kept or f"bench_{os.getpid()}"
    connection = psycopg2.connect(dbname="postgres")
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute("SELECT FROM pg_database WHERE datname = %s", [name])
        if not cursor.rowcount:
            cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        try:
            yield name
        finally:
            odoo.sql_db.close_all()
            if not kept:
                cursor.execute(f'DROP DATABASE "{name}"')
    connection.close()


def main(subjects):
    odoo.tools.config.parse_config(["--log-level=warn"])
    report = Report(scale=int(os.environ.get("SCALE") or 1_000_000))
    kept = os.environ.get("BENCH_KEEP")
    with database(os.environ["BENCH_TEMPLATE"], kept) as name:
        registry = Registry(name)
        with registry.cursor() as cr:
            env = api.Environment(cr, odoo.SUPERUSER_ID, {})
            for subject in subjects or SUBJECTS:
                importlib.import_module(f"benchmarks.{subject}").run(env, report)
            cr.rollback()
    report.print()
    if path := os.environ.get("BENCH_OUT"):
        report.write(path)
    return 0 if report.is_met else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
