"""The same search among many tickets, and among few: ``SCALE`` against ``AGAINST``."""

import os

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry

from .helpdesk import load, search
from .helpdesk_queries import TicketQueries
from .report import measure, median

QUERIES = 20  # of each kind
ROUNDS = 5
TIMES = 1.5


def run(env, report):
    count = int(os.environ["AGAINST"])
    with Registry(os.environ["BENCH_DB_AGAINST"]).cursor() as cr:
        small = api.Environment(cr, SUPERUSER_ID, {})
        many = load(env, report, report.scale)
        few = load(small, report, count)
        for login in ("everything", "personal"):
            users = [getattr(tickets, login) for tickets in (many, few)]
            name = (
                f"search, {users[0].name}, {report.scale:,} tickets against {count:,}"
            )
            report.add_at_most(f"{name}, median", *_measure(users), "ms", TIMES)


def _measure(users):
    """Return the median of each user, by queries made of the tickets that are there."""
    made = [TicketQueries(user.env, seed=8).make(QUERIES) for user in users]
    times = [[], []]
    for kind in made[0]:
        for n in range(QUERIES):
            for side, user in enumerate(users):
                tickets = user.env["helpdesk.ticket"].with_user(user)
                text = made[side][kind][n]
                times[side].append(_measure_one(tickets, text))
    return [median(each) for each in times]


def _measure_one(tickets, text):
    """Return the best of some: what else the machine does is not the search's time."""
    search(tickets, text)
    return min(measure(lambda: search(tickets, text)) for _ in range(ROUNDS))
